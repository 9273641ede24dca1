package io.distillwatch.metrics;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.DeadLetters;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.ExchangeCodec;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import io.distillwatch.sketch.LongMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;

/**
 * Keyed by account: drops duplicates, keeps the account's windows and hands its panes on.
 *
 * <p>A duplicate has the event time of its original, so it either meets it in the same open pane or
 * comes after that pane has closed and is late: the ids of the open panes are all that is needed.
 */
public final class AccountWindows
        extends PaneFunction<String, Exchange, LongMap<Exchange>, WindowState, Void, AccountPane> {

    private static final Comparator<Exchange> BY_TIME =
            Comparator.comparingLong(Exchange::eventTime).thenComparingLong(Exchange::exchangeHash);

    private final WindowPlan plan;
    private final WindowEmitter windows;
    private final OutputTag<OutputRecord> late;

    private transient Counter duplicates;

    public AccountWindows(
            WindowPlan plan, OutputTag<OutputRecord> metrics, OutputTag<OutputRecord> late) {
        this.plan = plan;
        this.late = late;
        this.windows = new WindowEmitter(plan, MetricsJson.ofAccounts(), metrics);
    }

    @Override
    protected void open(MetricGroup metrics) {
        duplicates = metrics.addGroup("outcome", "duplicate").counter("exchanges");
    }

    @Override
    protected long paneEnd(Exchange exchange) {
        return WindowPlan.paneEnd(exchange.eventTime(), plan.pane());
    }

    @Override
    protected LongMap<Exchange> newPane(String account) {
        return new LongMap<>();
    }

    @Override
    protected void add(LongMap<Exchange> pane, Exchange exchange) {
        if (pane.get(exchange.exchangeHash()) == null) {
            pane.put(exchange.exchangeHash(), exchange);
        } else {
            duplicates.inc();
        }
    }

    @Override
    protected WindowState newState(String account) {
        return new WindowState(plan.levels().size());
    }

    @Override
    protected void closePane(
            String account,
            long paneEnd,
            LongMap<Exchange> pane,
            Context<WindowState, AccountPane> context) {
        List<Exchange> exchanges = inOrder(pane);
        Slice slice = new Slice();
        for (Exchange exchange : exchanges) {
            slice.add(exchange, Hashes.of(exchange.prefix()));
        }
        WindowState state = context.state();
        exchanges.forEach(exchange -> state.day().add(exchange.eventTime()));
        windows.paneClosed(account, paneEnd, slice, context);
        context.emit(
                new AccountPane(
                        account,
                        paneEnd,
                        state.firstSeen(),
                        state.day().exchanges(),
                        state.day().hoursIfSteady(),
                        exchanges));
    }

    private static List<Exchange> inOrder(LongMap<Exchange> pane) {
        List<Exchange> exchanges = new ArrayList<>(pane.size());
        pane.forEach((hash, exchange) -> exchanges.add(exchange));
        if (exchanges.size() > 1) {
            exchanges.sort(BY_TIME);
        }
        return exchanges;
    }

    @Override
    protected void missedPane(
            Exchange exchange, long closedUpTo, Context<WindowState, AccountPane> context) {
        context.emit(late, DeadLetters.lateAfterIdleness(exchange, closedUpTo));
    }

    @Override
    protected void onTimer(String account, long time, Context<WindowState, AccountPane> context) {
        windows.timer(account, time, context);
    }

    @Override
    protected RecordCodec<LongMap<Exchange>> paneCodec() {
        return new PaneCodec();
    }

    @Override
    protected RecordCodec<WindowState> stateCodec() {
        return new WindowState.Codec(plan);
    }

    /** Bytes of an open pane. */
    static final class PaneCodec implements RecordCodec<LongMap<Exchange>> {

        private final ExchangeCodec codec = new ExchangeCodec();

        @Override
        public void write(LongMap<Exchange> pane, DataOutputView out) throws IOException {
            Wire.writeVarInt(out, pane.size());
            for (Exchange exchange : inOrder(pane)) {
                codec.write(exchange, out);
            }
        }

        @Override
        public LongMap<Exchange> read(DataInputView in) throws IOException {
            LongMap<Exchange> pane = new LongMap<>();
            int size = Wire.readVarInt(in);
            for (int i = 0; i < size; i++) {
                Exchange exchange = codec.read(in);
                pane.put(exchange.exchangeHash(), exchange);
            }
            return pane;
        }
    }
}
