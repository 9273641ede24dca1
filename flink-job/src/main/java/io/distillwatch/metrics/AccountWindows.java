package io.distillwatch.metrics;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.DeadLetters;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.RecordCodec;
import java.util.List;
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
        extends PaneFunction<String, Exchange, DistinctExchanges, WindowState, Void, AccountPane> {

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
    protected DistinctExchanges newPane(String account) {
        return new DistinctExchanges();
    }

    @Override
    protected void add(DistinctExchanges pane, Exchange exchange) {
        if (!pane.add(exchange)) {
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
            DistinctExchanges pane,
            Context<WindowState, AccountPane> context) {
        List<Exchange> exchanges = pane.inOrder();
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
    protected RecordCodec<DistinctExchanges> paneCodec() {
        return new DistinctExchanges.Codec();
    }

    @Override
    protected RecordCodec<WindowState> stateCodec() {
        return new WindowState.Codec(plan);
    }
}
