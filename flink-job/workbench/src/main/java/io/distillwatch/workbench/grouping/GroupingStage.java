package io.distillwatch.workbench.grouping;

import io.distillwatch.DetectionTopology;
import io.distillwatch.OperatorId;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.Intake;
import io.distillwatch.exchange.IntakeCodec;
import io.distillwatch.group.GroupActivity;
import io.distillwatch.metrics.Hashes;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.workbench.local.LocalFlink;
import io.distillwatch.workbench.local.WorkDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;

/**
 * The job's own grouping of accounts, and nothing of its judgement: runs acts through {@link
 * DetectionTopology} on a Flink cluster in this process and listens behind the family assigner.
 *
 * <p>An act stands for an exchange that shows one prompt feature, which stands for its target.
 * Features that never come in the same exchange are never joined, so each target is a family.
 */
final class GroupingStage {

    /* The two lowest bits of a feature say what it is: 0 for text. */
    private static final long FEATURE_KIND = 3;

    /** RocksDB is not used; Flink wants some managed memory all the same. */
    private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(32);

    private final DetectionSettings settings;
    private final Map<Long, Life> living = new HashMap<>();
    private final List<Set<String>> groups = new ArrayList<>();

    /** What is seen of a group until it is forgotten. */
    private static final class Life {
        final Set<String> accounts = new HashSet<>();
        long lastSeen;
    }

    private GroupingStage(DetectionSettings settings) {
        this.settings = settings;
    }

    /** The job's defaults, but for the metrics, which nobody reads here and which cost the most. */
    static DetectionSettings settings() {
        DetectionSettings defaults = DetectionSettings.defaults();
        Duration day = Duration.ofDays(1);
        return new DetectionSettings(
                defaults.intake(),
                defaults.time(),
                List.of(new DetectionSettings.Window(day, day)),
                defaults.families(),
                defaults.groups());
    }

    /**
     * The accounts of each group that the job would follow. A group begins with the pane in which
     * its target has become popular, and who acted on it before is not in it. It ends when it has
     * not been seen for as long as the job remembers one; a later one on the same target is another
     * group.
     *
     * @param acts in order of time
     * @throws IOException when the run fails
     */
    static List<Set<String>> groups(List<Act> acts, DetectionSettings settings) throws IOException {
        return new GroupingStage(settings).run(acts);
    }

    private List<Set<String>> run(List<Act> acts) throws IOException {
        try (WorkDirectory work = WorkDirectory.create("distillwatch-grouping-")) {
            Configuration configuration = LocalFlink.configuration(1, MANAGED_MEMORY, work.path());
            configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
            // Flink's own sink that brings results here has none, and nothing is restored.
            configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
            DetectionTopology.build(
                    intake(environment, acts),
                    environment.fromData(
                            TypeInformation.of(DetectionPolicy.class), DetectionPolicy.defaults()),
                    settings,
                    topic -> new DiscardingSink<>());
            try (CloseableIterator<GroupActivity> activity =
                    assigned(environment).executeAndCollect("distillwatch grouping")) {
                activity.forEachRemaining(this::see);
            } catch (Exception e) {
                throw new IOException("the grouping stage failed: " + e.getMessage(), e);
            }
        }
        living.values().forEach(life -> groups.add(life.accounts));
        return groups;
    }

    private static DataStream<Intake> intake(
            StreamExecutionEnvironment environment, List<Act> acts) {
        List<Intake> intake = new ArrayList<>(acts.size());
        for (Act act : acts) {
            intake.add(new Intake(exchange(act), null, "acts", 0, 0, act.time(), new byte[0]));
        }
        return environment
                .fromData(intake, IntakeCodec.type())
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Intake>forGenerator(context -> new EveryAct())
                                .withTimestampAssigner(
                                        (each, before) -> each.exchange().eventTime()));
    }

    /** Of all that an exchange may have, an act has an account, a family and a time. */
    private static Exchange exchange(Act act) {
        long family = Hashes.of(act.target());
        return new Exchange(
                Hashes.of(act.account() + '\n' + act.target() + '\n' + act.time()),
                act.account(),
                act.time(),
                act.account(), // its network: nobody else's
                null,
                null,
                0,
                0,
                family,
                family,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                new long[] {family & ~FEATURE_KIND},
                0,
                0);
    }

    @SuppressWarnings("unchecked") // the topology says what its assigner puts out
    private static DataStream<GroupActivity> assigned(StreamExecutionEnvironment environment) {
        for (Transformation<?> each : environment.getTransformations()) {
            if (OperatorId.FAMILY_ASSIGNER.uid().equals(each.getUid())) {
                return new DataStream<>(environment, (Transformation<GroupActivity>) each);
            }
        }
        throw new IllegalStateException("the topology has no family assigner");
    }

    private void see(GroupActivity activity) {
        long paneEnd = activity.pane().paneEnd();
        Life life = living.get(activity.group());
        if (life != null && paneEnd - life.lastSeen > settings.groups().memory().toMillis()) {
            groups.add(life.accounts);
            life = null;
        }
        if (life == null) {
            life = new Life();
            living.put(activity.group(), life);
        }
        life.accounts.add(activity.pane().accountId());
        life.lastSeen = paneEnd;
    }

    /** Event time after each act: with every one, what is too old is forgotten in time. */
    private static final class EveryAct implements WatermarkGenerator<Intake> {

        @Override
        public void onEvent(Intake act, long timestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(timestamp - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
