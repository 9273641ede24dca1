package io.distillwatch.sql.function;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.ExchangeCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The exchanges of a pane by account, and by candidate group and account. The same exchange twice
 * counts once, as in the job.
 */
final class OpenPane {

    private static final ExchangeCodec EXCHANGES = new ExchangeCodec();
    private static final Comparator<Exchange> BY_TIME =
            Comparator.comparingLong(Exchange::eventTime).thenComparingLong(Exchange::exchangeHash);

    private final long end;
    private final TreeMap<String, List<Exchange>> byAccount = new TreeMap<>();
    private final TreeMap<String, TreeMap<String, List<Exchange>>> byCandidate = new TreeMap<>();
    private final Set<Long> seen = new HashSet<>();

    OpenPane(long end) {
        this.end = end;
    }

    /**
     * @param candidate group that the exchange may belong to; null for none
     */
    static byte[] write(String candidate, Exchange exchange) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(128);
        out.writeBoolean(candidate != null);
        if (candidate != null) {
            out.writeUTF(candidate);
        }
        EXCHANGES.write(exchange, out);
        return out.getCopyOfBuffer();
    }

    /** Takes what belongs to this pane; what is left belongs to later ones. */
    List<byte[]> take(Iterable<byte[]> written) throws IOException {
        List<byte[]> later = new ArrayList<>();
        for (byte[] bytes : written) {
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            String candidate = in.readBoolean() ? in.readUTF() : null;
            Exchange exchange = EXCHANGES.read(in);
            if (exchange.eventTime() >= end) {
                later.add(bytes);
            } else if (exchange.exchangeHash() == 0 || seen.add(exchange.exchangeHash())) {
                add(byAccount, exchange);
                if (candidate != null) {
                    add(byCandidate.computeIfAbsent(candidate, c -> new TreeMap<>()), exchange);
                }
            }
        }
        return later;
    }

    long end() {
        return end;
    }

    List<AccountPane> accounts() {
        return panes(byAccount);
    }

    Map<String, List<AccountPane>> candidates() {
        Map<String, List<AccountPane>> candidates = new TreeMap<>();
        byCandidate.forEach((candidate, accounts) -> candidates.put(candidate, panes(accounts)));
        return candidates;
    }

    private static void add(Map<String, List<Exchange>> byAccount, Exchange exchange) {
        byAccount.computeIfAbsent(exchange.accountId(), id -> new ArrayList<>()).add(exchange);
    }

    private List<AccountPane> panes(Map<String, List<Exchange>> byAccount) {
        List<AccountPane> panes = new ArrayList<>();
        byAccount.forEach(
                (account, exchanges) -> {
                    exchanges.sort(BY_TIME);
                    panes.add(
                            new AccountPane(
                                    account,
                                    end,
                                    exchanges.get(0).eventTime(),
                                    exchanges.size(),
                                    AccountPane.NO_HOURS, // of use for the job's families only
                                    exchanges));
                });
        return panes;
    }
}
