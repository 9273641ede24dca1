package io.distillwatch.metrics;

import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.ExchangeCodec;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import io.distillwatch.sketch.LongMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The exchanges of one account in one pane, each id once. Most accounts have one or two, which are
 * compared; only where there are more are they looked up.
 */
final class DistinctExchanges {

    private static final int FEW = 8;
    private static final Comparator<Exchange> BY_TIME =
            Comparator.comparingLong(Exchange::eventTime).thenComparingLong(Exchange::exchangeHash);

    private final List<Exchange> exchanges = new ArrayList<>(1);
    /* Null while there are few. */
    private LongMap<Exchange> byId;

    /** Takes an exchange unless its id is there; whether it was not. */
    boolean add(Exchange exchange) {
        if (has(exchange.exchangeHash())) {
            return false;
        }
        exchanges.add(exchange);
        if (byId != null) {
            byId.put(exchange.exchangeHash(), exchange);
        } else if (exchanges.size() > FEW) {
            byId = new LongMap<>(2 * FEW);
            exchanges.forEach(each -> byId.put(each.exchangeHash(), each));
        }
        return true;
    }

    private boolean has(long id) {
        if (byId != null) {
            return byId.get(id) != null;
        }
        for (int i = 0; i < exchanges.size(); i++) {
            if (exchanges.get(i).exchangeHash() == id) {
                return true;
            }
        }
        return false;
    }

    /** All of them by event time, then id. */
    List<Exchange> inOrder() {
        if (exchanges.size() > 1) {
            exchanges.sort(BY_TIME);
        }
        return exchanges;
    }

    /** Bytes of {@link DistinctExchanges}. */
    static final class Codec implements RecordCodec<DistinctExchanges> {

        private final ExchangeCodec codec = new ExchangeCodec();

        @Override
        public void write(DistinctExchanges pane, DataOutputView out) throws IOException {
            Wire.writeVarInt(out, pane.exchanges.size());
            for (Exchange exchange : pane.inOrder()) {
                codec.write(exchange, out);
            }
        }

        @Override
        public DistinctExchanges read(DataInputView in) throws IOException {
            DistinctExchanges pane = new DistinctExchanges();
            int size = Wire.readVarInt(in);
            for (int i = 0; i < size; i++) {
                pane.add(codec.read(in));
            }
            return pane;
        }
    }
}
