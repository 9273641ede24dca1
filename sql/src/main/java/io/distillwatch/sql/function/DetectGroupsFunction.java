package io.distillwatch.sql.function;

import io.distillwatch.evidence.Assessment;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.group.GroupTrial;
import io.distillwatch.group.OrdinaryTraffic;
import io.distillwatch.metrics.WindowPlan;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.types.ColumnList;
import org.apache.flink.types.Row;

/**
 * {@code DETECT_GROUPS(input => TABLE …, group_by => DESCRIPTOR(…), on_time => DESCRIPTOR(…), …)}:
 * the detector's grouping stage over any table of exchanges, with thresholds of the analyst's own.
 * Exchanges that agree in the columns of {@code group_by} are one candidate group; ordinary traffic
 * is drawn from the same table as the job draws it. A row comes out each time that a group is found
 * to pass the thresholds: when it first does, then whenever it has grown by a tenth or an hour has
 * gone by.
 *
 * <p>Each partition of the table is a world of its own, with ordinary traffic of its own. Without
 * {@code group_by} a partition is one candidate group, and ordinary traffic is what the statistics
 * take it to be before a job has seen any.
 *
 * <p>The table needs the column {@code account_id}; of {@code exchange_key, ip_prefix, prompt,
 * body, client, payment, conversation, model, input_tokens, output_tokens, account_created_at,
 * earlier_turns, cues}, as the view {@code exchanges} has them, those that are there are used.
 *
 * <p>Runs in streaming mode. The groups are the analyst's and not the job's families, which are
 * made of several features: for a group of the same exchanges it comes to the job's score.
 */
@DataTypeHint(
        "ROW<candidate STRING, assessed_at TIMESTAMP_LTZ(3), accounts INT, exchanges BIGINT,"
                + " score DOUBLE, axes ARRAY<STRING>,"
                + " evidence ARRAY<ROW<signal STRING, `value` DOUBLE, expected DOUBLE, score DOUBLE>>,"
                + " members ARRAY<STRING>>")
public final class DetectGroupsFunction extends ProcessTableFunction<Row> {

    private static final String NAME = "DETECT_GROUPS";
    private static final long PANE = DetectionSettings.defaults().time().pane().toMillis();
    /* A group by its id: of a cohort, which the job selects by machine timing, it demands more. */
    private static final long NO_COHORT = 0;
    private static final int MAX_ACCOUNTS = DetectionSettings.defaults().groups().maxAccounts();

    /** What is known of one partition, but for its groups. */
    public static final class World {
        /** {@link OrdinaryTraffic}; null before the first pane has closed. */
        public byte[] ordinary;

        /** The arguments, which timers are not given. */
        public Boolean grouped;

        /** See {@link DetectionPolicy#flagThreshold}. */
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
            @StateHint(name = "world", ttl = "8 d") World world,
            @StateHint(name = "open", ttl = "8 d") ListView<byte[]> open,
            @StateHint(name = "groups", ttl = "8 d") MapView<String, byte[]> groups,
            @ArgumentHint(
                            value = {
                                ArgumentTrait.SET_SEMANTIC_TABLE,
                                ArgumentTrait.OPTIONAL_PARTITION_BY,
                                ArgumentTrait.REQUIRE_ON_TIME
                            },
                            name = "input")
                    Row input,
            @ArgumentHint(value = ArgumentTrait.SCALAR, name = "group_by", isOptional = true)
                    ColumnList groupBy,
            @ArgumentHint(value = ArgumentTrait.SCALAR, name = "flag_threshold", isOptional = true)
                    Double flagThreshold,
            @ArgumentHint(value = ArgumentTrait.SCALAR, name = "min_accounts", isOptional = true)
                    Integer minAccounts,
            @ArgumentHint(value = ArgumentTrait.SCALAR, name = "min_exchanges", isOptional = true)
                    Integer minExchanges,
            @ArgumentHint(value = ArgumentTrait.SCALAR, name = "required_axes", isOptional = true)
                    Integer requiredAxes)
            throws Exception {
        world.grouped = groupBy != null;
        world.flagThreshold = flagThreshold;
        world.minAccounts = minAccounts;
        world.minExchanges = minExchanges;
        world.requiredAxes = requiredAxes;
        check(policy(world));
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
        String candidate = groupBy == null ? "" : columns.text(NAME, groupBy.getNames());
        open.add(OpenPane.write(candidate, columns.exchange(at)));
        time.registerOnTime("pane-" + paneEnd, paneEnd - 1);
    }

    /** A pane is over. */
    public void onTimer(
            OnTimerContext context,
            World world,
            ListView<byte[]> open,
            MapView<String, byte[]> groups)
            throws Exception {
        OpenPane pane = new OpenPane(context.timeContext(Long.class).time() + 1);
        List<byte[]> later = pane.take(open.get());
        open.clear();
        open.addAll(later);
        OrdinaryTraffic ordinary = ordinary(world);
        if (world.grouped) {
            ordinary.add(pane.end(), pane.accounts());
            world.ordinary = bytes(ordinary::write);
        }
        DetectionPolicy policy = policy(world);
        for (Map.Entry<String, List<AccountPane>> candidate : pane.candidates().entrySet()) {
            String name = candidate.getKey();
            GroupTrial trial = trial(groups.get(name));
            trial.add(candidate.getValue(), MAX_ACCOUNTS);
            trial.assess(NO_COHORT, pane.end(), ordinary.baseline(), policy)
                    .filter(assessment -> passes(assessment, policy))
                    .ifPresent(
                            assessment ->
                                    collect(row(name, trial, pane.end(), assessment, policy)));
            groups.put(name, bytes(trial::write));
        }
    }

    private static DetectionPolicy policy(World world) {
        return new DetectionPolicy(
                NAME,
                world.flagThreshold,
                world.minAccounts,
                world.minExchanges,
                null,
                world.requiredAxes,
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

    private static Row row(
            String candidate,
            GroupTrial trial,
            long at,
            Assessment assessment,
            DetectionPolicy policy) {
        List<String> accounts = trial.accounts(policy.minMemberExchanges());
        return Row.of(
                candidate.isEmpty() ? null : candidate,
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

    private static OrdinaryTraffic ordinary(World world) throws IOException {
        return world.ordinary == null
                ? new OrdinaryTraffic()
                : OrdinaryTraffic.read(new DataInputDeserializer(world.ordinary));
    }

    private static GroupTrial trial(byte[] bytes) throws IOException {
        return bytes == null
                ? GroupTrial.empty()
                : GroupTrial.read(new DataInputDeserializer(bytes));
    }

    private interface Writer {
        void write(DataOutputSerializer out) throws IOException;
    }

    private static byte[] bytes(Writer writer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        writer.write(out);
        return out.getCopyOfBuffer();
    }
}
