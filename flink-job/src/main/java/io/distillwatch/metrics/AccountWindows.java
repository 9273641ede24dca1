package io.distillwatch.metrics;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.ExchangeCodec;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        extends PaneFunction<
                String, Exchange, Map<Long, Exchange>, WindowState, Void, AccountPane> {

    private static final Comparator<Exchange> BY_TIME =
            Comparator.comparingLong(Exchange::eventTime).thenComparingLong(Exchange::exchangeHash);

    private final WindowPlan plan;
    private final WindowEmitter windows;

    private transient Counter duplicates;

    public AccountWindows(WindowPlan plan, OutputTag<OutputRecord> metrics) {
        this.plan = plan;
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
    protected Map<Long, Exchange> newPane(String account) {
        return new HashMap<>();
    }

    @Override
    protected void add(Map<Long, Exchange> pane, Exchange exchange) {
        if (pane.putIfAbsent(exchange.exchangeHash(), exchange) != null) {
            duplicates.inc();
        }
    }

    @Override
    protected WindowState newState(String account) {
        return new WindowState();
    }

    @Override
    protected void closePane(
            String account,
            long paneEnd,
            Map<Long, Exchange> pane,
            Context<WindowState, AccountPane> context) {
        List<Exchange> exchanges = new ArrayList<>(pane.values());
        exchanges.sort(BY_TIME);
        Slice slice = new Slice();
        for (Exchange exchange : exchanges) {
            slice.add(exchange, Hashes.of(exchange.prefix()));
        }
        windows.paneClosed(account, paneEnd, slice, context);
        WindowState state = context.state();
        context.emit(
                new AccountPane(
                        account, paneEnd, state.firstSeen(), state.recentExchanges(), exchanges));
    }

    @Override
    protected void onTimer(String account, long time, Context<WindowState, AccountPane> context) {
        windows.timer(account, time, context);
    }

    @Override
    protected RecordCodec<Map<Long, Exchange>> paneCodec() {
        return new PaneCodec();
    }

    @Override
    protected RecordCodec<WindowState> stateCodec() {
        return new WindowState.Codec(plan);
    }

    /** Bytes of an open pane. */
    static final class PaneCodec implements RecordCodec<Map<Long, Exchange>> {

        private final ExchangeCodec codec = new ExchangeCodec();

        @Override
        public void write(Map<Long, Exchange> pane, DataOutputView out) throws IOException {
            Wire.writeVarInt(out, pane.size());
            for (Exchange exchange : pane.values()) {
                codec.write(exchange, out);
            }
        }

        @Override
        public Map<Long, Exchange> read(DataInputView in) throws IOException {
            Map<Long, Exchange> pane = new HashMap<>();
            int size = Wire.readVarInt(in);
            for (int i = 0; i < size; i++) {
                Exchange exchange = codec.read(in);
                pane.put(exchange.exchangeHash(), exchange);
            }
            return pane;
        }
    }
}
