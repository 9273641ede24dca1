package io.distillwatch.metrics;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.pane.Combiner;
import java.util.HashMap;
import java.util.Map;

/** Gathers account panes by prefix in front of the shuffle: a carrier's prefix is a hot key. */
public final class PrefixCombiner implements Combiner<AccountPane, PrefixPane> {

    private transient Map<String, Slice> slices;

    @Override
    public void open() {
        slices = new HashMap<>();
    }

    @Override
    public long paneEnd(AccountPane input) {
        return input.paneEnd();
    }

    @Override
    public void add(AccountPane input) {
        long account = Hashes.of(input.accountId());
        for (Exchange exchange : input.exchanges()) {
            slices.computeIfAbsent(exchange.prefix(), prefix -> new Slice()).add(exchange, account);
        }
    }

    @Override
    public int size() {
        return slices.size();
    }

    @Override
    public void flush(long paneEnd, Output<PrefixPane> out) {
        slices.forEach(
                (prefix, slice) -> out.send(new PrefixPane(prefix, paneEnd, slice), paneEnd - 1));
        slices.clear();
    }
}
