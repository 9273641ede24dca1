package io.distillwatch.sql.function;

import io.distillwatch.evidence.Assessment;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.ExchangeCodec;
import io.distillwatch.group.GroupTrial;
import io.distillwatch.metrics.WindowPlan;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.Row;

/**
 * {@code DETECT_GROUPS(input => TABLE … PARTITION BY …, on_time => DESCRIPTOR(…), …)}: the
 * detector's grouping stage over any table of exchanges, with thresholds of the analyst's own. Each
 * partition is one candidate group. A row comes out each time that a group is found to pass the
 * thresholds: when it first does, then whenever it has grown by a tenth or an hour has gone by.
 *
 * <p>The table needs the column {@code account_id}; of {@code exchange_key, ip_prefix, prompt,
 * body, client, payment, conversation, model, input_tokens, output_tokens, account_created_at,
 * earlier_turns, cues}, as the view {@code exchanges} has them, those that are there are used.
 *
 * <p>Runs in streaming mode. Ordinary traffic is what the statistics take it to be before a job has
 * seen any: scores come near to the job's and need not equal them.
 */
@DataTypeHint(
        "ROW<assessed_at TIMESTAMP_LTZ(3), accounts INT, exchanges BIGINT, score DOUBLE,"
                + " axes ARRAY<STRING>,"
                + " evidence ARRAY<ROW<signal STRING, `value` DOUBLE, expected DOUBLE, score DOUBLE>>,"
                + " members ARRAY<STRING>>")
public final class DetectGroupsFunction extends ProcessTableFunction<Row> {

    private static final String NAME = "DETECT_GROUPS";
    private static final long PANE = DetectionSettings.defaults().time().pane().toMillis();
    private static final int MAX_ACCOUNTS = DetectionSettings.defaults().groups().maxAccounts();
    private static final ExchangeCodec EXCHANGES = new ExchangeCodec();

    /** What is known of one group. */
    public static final class Group {
        /** A {@link GroupTrial}; null before the first pane has closed. */
        public byte[] trial;

        /** The thresholds, which timers are not given. */
        public Double flagThreshold;

        /** See {@link DetectionPolicy#minAccounts}. */
        public Integer minAccounts;

        /** See {@link DetectionPolicy#minExchanges}. */
        public Integer minExchanges;

        /** See {@link DetectionPolicy#requiredAxes}. */
        public Integer requiredAxes;
    }

    /** Takes one exchange. */
    public void eval(
            Context context,
            @StateHint(name = "group", ttl = "8 d") Group group,
            @StateHint(name = "open", ttl = "8 d") ListView<byte[]> open,
            @ArgumentHint(
                            value = {
                                ArgumentTrait.SET_SEMANTIC_TABLE,
                                ArgumentTrait.REQUIRE_ON_TIME
                            },
                            name = "input")
                    Row input,
            @ArgumentHint(value = ArgumentTrait.SCALAR, name = "flag_threshold", isOptional = true)
                    Double flagThreshold,
            @ArgumentHint(value = ArgumentTrait.SCALAR, name = "min_accounts", isOptional = true)
                    Integer minAccounts,
            @ArgumentHint(value = ArgumentTrait.SCALAR, name = "min_exchanges", isOptional = true)
                    Integer minExchanges,
            @ArgumentHint(value = ArgumentTrait.SCALAR, name = "required_axes", isOptional = true)
                    Integer requiredAxes)
            throws Exception {
        group.flagThreshold = flagThreshold;
        group.minAccounts = minAccounts;
        group.minExchanges = minExchanges;
        group.requiredAxes = requiredAxes;
        check(policy(group));
        TimeContext<Long> time = context.timeContext(Long.class);
        ExchangeColumns columns = new ExchangeColumns(NAME, input);
        Long at = time.time();
        if (at == null || columns.account() == null) {
            return;
        }
        long paneEnd = WindowPlan.paneEnd(at, PANE);
        Long watermark = time.currentWatermark();
        if (watermark != null && paneEnd <= watermark) {
            return; // its pane has been assessed
        }
        DataOutputSerializer out = new DataOutputSerializer(128);
        EXCHANGES.write(columns.exchange(at), out);
        open.add(out.getCopyOfBuffer());
        time.registerOnTime("pane-" + paneEnd, paneEnd - 1);
    }

    /** A pane is over. */
    public void onTimer(OnTimerContext context, Group group, ListView<byte[]> open)
            throws Exception {
        long paneEnd = context.timeContext(Long.class).time() + 1;
        List<byte[]> later = new ArrayList<>();
        TreeMap<String, List<Exchange>> byAccount = new TreeMap<>();
        Set<Long> seen = new HashSet<>();
        for (byte[] bytes : open.get()) {
            Exchange exchange = EXCHANGES.read(new DataInputDeserializer(bytes));
            if (exchange.eventTime() >= paneEnd) {
                later.add(bytes);
            } else if (exchange.exchangeHash() == 0 || seen.add(exchange.exchangeHash())) {
                byAccount
                        .computeIfAbsent(exchange.accountId(), account -> new ArrayList<>())
                        .add(exchange);
            }
        }
        open.clear();
        open.addAll(later);
        List<AccountPane> panes = new ArrayList<>();
        byAccount.forEach(
                (account, exchanges) -> {
                    exchanges.sort(
                            Comparator.comparingLong(Exchange::eventTime)
                                    .thenComparingLong(Exchange::exchangeHash));
                    panes.add(
                            new AccountPane(
                                    account,
                                    paneEnd,
                                    exchanges.get(0).eventTime(),
                                    exchanges.size(),
                                    false,
                                    exchanges));
                });
        if (panes.isEmpty()) {
            return;
        }
        GroupTrial trial = read(group.trial);
        trial.add(panes, MAX_ACCOUNTS);
        trial.assess(0, paneEnd, policy(group))
                .filter(assessment -> passes(assessment, policy(group)))
                .ifPresent(assessment -> collect(row(trial, paneEnd, assessment)));
        group.trial = bytes(trial);
    }

    private static DetectionPolicy policy(Group group) {
        return new DetectionPolicy(
                NAME,
                group.flagThreshold,
                group.minAccounts,
                group.minExchanges,
                null,
                group.requiredAxes,
                null,
                null,
                null,
                null);
    }

    /** With no axis asked for, the score alone decides. */
    private static boolean passes(Assessment assessment, DetectionPolicy policy) {
        return policy.requiredAxes() == 0
                ? assessment.score() >= policy.flagThreshold()
                : assessment.flagged();
    }

    private static void check(DetectionPolicy policy) {
        Arguments.between(NAME, "flag_threshold", policy.flagThreshold(), 0.0, 1.0);
        Arguments.between(NAME, "min_accounts", policy.minAccounts(), 1, Integer.MAX_VALUE);
        Arguments.between(NAME, "min_exchanges", policy.minExchanges(), 1, Integer.MAX_VALUE);
        Arguments.between(NAME, "required_axes", policy.requiredAxes(), 0, 7);
    }

    private static Row row(GroupTrial trial, long at, Assessment assessment) {
        List<String> accounts = trial.accounts();
        return Row.of(
                Instant.ofEpochMilli(at),
                accounts.size(),
                trial.exchanges(),
                assessment.score(),
                assessment.axes().stream().map(Enum::name).toArray(String[]::new),
                assessment.evidence().stream()
                        .map(
                                one ->
                                        Row.of(
                                                one.signal().signalName(),
                                                one.value(),
                                                one.expected(),
                                                one.score()))
                        .toArray(Row[]::new),
                accounts.toArray(new String[0]));
    }

    private static GroupTrial read(byte[] bytes) throws IOException {
        return bytes == null
                ? GroupTrial.empty()
                : GroupTrial.read(new DataInputDeserializer(bytes));
    }

    private static byte[] bytes(GroupTrial trial) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        trial.write(out);
        return out.getCopyOfBuffer();
    }
}
