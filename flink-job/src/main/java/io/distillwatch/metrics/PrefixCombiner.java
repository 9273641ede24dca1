package io.distillwatch.metrics;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.pane.Combiner;
import java.util.Map;
import java.util.function.BiConsumer;

/** Gathers account panes by prefix in front of the shuffle: a carrier's prefix is a hot key. */
public final class PrefixCombiner
        implements Combiner<AccountPane, PrefixCombiner.Key, Slice, PrefixPane> {

    /** A prefix in a pane. */
    public record Key(String prefix, long paneEnd) {}

    @Override
    public void add(Map<Key, Slice> partials, AccountPane input) {
        long account = Hashes.of(input.accountId());
        for (Exchange exchange : input.exchanges()) {
            partials.computeIfAbsent(
                            new Key(exchange.prefix(), input.paneEnd()), key -> new Slice())
                    .add(exchange, account);
        }
    }

    @Override
    public void emit(Key key, Slice partial, BiConsumer<PrefixPane, Long> out) {
        out.accept(new PrefixPane(key.prefix, key.paneEnd, partial), key.paneEnd - 1);
    }
}
