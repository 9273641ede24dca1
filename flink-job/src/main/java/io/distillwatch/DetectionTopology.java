package io.distillwatch;

import io.distillwatch.campaign.Campaigns;
import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.evidence.GroupStatisticsCodec;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.ExchangeCodec;
import io.distillwatch.exchange.Gate;
import io.distillwatch.exchange.Intake;
import io.distillwatch.family.CatalogUpdate;
import io.distillwatch.family.FamilyCatalog;
import io.distillwatch.family.FeatureCombiner;
import io.distillwatch.family.FeaturePane;
import io.distillwatch.family.FeatureSpread;
import io.distillwatch.family.PopularFeature;
import io.distillwatch.group.BaselineTracker;
import io.distillwatch.group.FamilyAssigner;
import io.distillwatch.group.GroupActivity;
import io.distillwatch.group.GroupReport;
import io.distillwatch.group.GroupTracker;
import io.distillwatch.group.Guidance;
import io.distillwatch.metrics.AccountWindows;
import io.distillwatch.metrics.PrefixCombiner;
import io.distillwatch.metrics.PrefixPane;
import io.distillwatch.metrics.PrefixWindows;
import io.distillwatch.metrics.WindowPlan;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputRecordCodec;
import io.distillwatch.output.OutputSinks;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.pane.CombineOperator;
import io.distillwatch.pane.GuidedPaneOperator;
import io.distillwatch.pane.PaneOperator;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.serial.CodecTypeInfo;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.settings.DetectionSettings;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The whole graph. It knows neither Kafka nor files: sources and sinks are handed in, so that the
 * job, a replay, the demo and the tests run the same one.
 *
 * <pre>
 * exchanges ── gate ──┬─► exchanges-dead-letter, exchanges-late
 *   (parsed,          │
 *    fingerprinted)   └─ by account ─ account windows ──► account-metrics
 *                                          │ account panes
 *       ┌──────────────────┬───────────────┼──────────────────┐
 *       │                  │               │                  │ one account in four
 *   combine by         combine by          │              by random group
 *   prefix             feature             │              baseline tracker
 *       │                  │               │                  │
 *   prefix windows     feature spread      │                  │
 *       │                  │ popular       │                  │
 *       ▼              family catalog ─┐   │                  │
 *   prefix-metrics      (one key)      ▼   ▼                  │
 *                       broadcast ► family assigner           │
 *                                          │ by family        ▼
 *   detection-policy ──────► broadcast ► group tracker ◄ broadcast
 *                     │                    │ flagged groups
 *                     └────► broadcast ► campaigns (one key)
 *                                          └─► distillation-campaigns, -members
 * </pre>
 *
 * <p>Everything from the account windows on happens when a pane of event time closes, in step with
 * the watermark, so results do not depend on arrival, order or parallelism.
 */
public final class DetectionTopology {

    private static final OutputTag<OutputRecord> DEAD_LETTERS = tag("dead-letters");
    private static final OutputTag<OutputRecord> LATE = tag("late");
    private static final OutputTag<OutputRecord> METRICS = tag("metrics");
    private static final OutputTag<OutputRecord> MEMBERS = tag("members");

    private final DetectionSettings settings;
    private final OutputSinks sinks;

    private DetectionTopology(DetectionSettings settings, OutputSinks sinks) {
        this.settings = settings;
        this.sinks = sinks;
    }

    /**
     * Builds the graph.
     *
     * @param intake what the source made of the log, with event time and watermarks
     * @param policies versions of the detection policy, already checked; its watermark must not
     *     hold back the exchanges
     * @param settings settings of the job
     * @param sinks where the results go
     */
    public static void build(
            DataStream<Intake> intake,
            DataStream<DetectionPolicy> policies,
            DetectionSettings settings,
            OutputSinks sinks) {
        new DetectionTopology(settings, sinks).build(intake, policies);
    }

    private void build(DataStream<Intake> intake, DataStream<DetectionPolicy> policies) {
        DataStream<Guidance> policy =
                policies.map(Guidance::of, type(Guidance.class, new Guidance.Codec()))
                        .uid(OperatorId.POLICY_GUIDANCE.uid())
                        .name(OperatorId.POLICY_GUIDANCE.displayName())
                        .setParallelism(1);
        SingleOutputStreamOperator<Exchange> exchanges = gate(intake);
        SingleOutputStreamOperator<AccountPane> accounts = accountWindows(exchanges);
        sink(
                exchanges.getSideOutput(LATE).union(accounts.getSideOutput(LATE)),
                OutputTopic.LATE,
                OperatorId.LATE_SINK);
        prefixWindows(accounts);
        DataStream<Guidance> catalog = familyCatalog(accounts);
        DataStream<GroupActivity> activity = assignFamilies(accounts, catalog.union(policy));
        DataStream<Guidance> baseline = baseline(accounts);
        DataStream<GroupReport> groups = trackGroups(activity, baseline.union(policy));
        campaigns(groups, policy);
    }

    private SingleOutputStreamOperator<Exchange> gate(DataStream<Intake> intake) {
        SingleOutputStreamOperator<Exchange> exchanges =
                named(
                        intake.transform(
                                OperatorId.GATE.displayName(),
                                type(Exchange.class, new ExchangeCodec()),
                                new Gate(settings, DEAD_LETTERS, LATE)),
                        OperatorId.GATE);
        sink(
                exchanges.getSideOutput(DEAD_LETTERS),
                OutputTopic.DEAD_LETTERS,
                OperatorId.DEAD_LETTER_SINK);
        return exchanges;
    }

    private SingleOutputStreamOperator<AccountPane> accountWindows(DataStream<Exchange> exchanges) {
        WindowPlan plan = new WindowPlan(settings);
        SingleOutputStreamOperator<AccountPane> accounts =
                named(
                        exchanges
                                .keyBy(Exchange::accountId)
                                .transform(
                                        OperatorId.ACCOUNT_WINDOWS.displayName(),
                                        type(AccountPane.class, new AccountPane.Codec()),
                                        new PaneOperator<>(
                                                new AccountWindows(plan, METRICS, LATE))),
                        OperatorId.ACCOUNT_WINDOWS);
        sink(
                accounts.getSideOutput(METRICS),
                OutputTopic.ACCOUNT_METRICS,
                OperatorId.ACCOUNT_METRICS_SINK);
        return accounts;
    }

    private void prefixWindows(DataStream<AccountPane> accounts) {
        WindowPlan plan = new WindowPlan(settings);
        SingleOutputStreamOperator<PrefixPane> partials =
                named(
                        accounts.transform(
                                OperatorId.PREFIX_COMBINER.displayName(),
                                type(PrefixPane.class, new PrefixPane.Codec()),
                                new CombineOperator<>(new PrefixCombiner())),
                        OperatorId.PREFIX_COMBINER);
        SingleOutputStreamOperator<Void> prefixes =
                named(
                        partials.keyBy(PrefixPane::prefix)
                                .transform(
                                        OperatorId.PREFIX_WINDOWS.displayName(),
                                        Types.VOID,
                                        new PaneOperator<>(new PrefixWindows(plan, METRICS))),
                        OperatorId.PREFIX_WINDOWS);
        sink(
                prefixes.getSideOutput(METRICS),
                OutputTopic.PREFIX_METRICS,
                OperatorId.PREFIX_METRICS_SINK);
    }

    private DataStream<Guidance> familyCatalog(DataStream<AccountPane> accounts) {
        SingleOutputStreamOperator<FeaturePane> features =
                named(
                        accounts.transform(
                                OperatorId.FEATURE_COMBINER.displayName(),
                                type(FeaturePane.class, new FeaturePane.Codec()),
                                new CombineOperator<>(
                                        new FeatureCombiner(settings.families().buckets()))),
                        OperatorId.FEATURE_COMBINER);
        SingleOutputStreamOperator<PopularFeature> popular =
                named(
                        features.keyBy(FeaturePane::bucket)
                                .transform(
                                        OperatorId.FEATURE_SPREAD.displayName(),
                                        type(PopularFeature.class, new PopularFeature.Codec()),
                                        new PaneOperator<>(new FeatureSpread(settings.families()))),
                        OperatorId.FEATURE_SPREAD);
        SingleOutputStreamOperator<CatalogUpdate> catalog =
                named(
                        popular.keyBy(feature -> 0, Types.INT)
                                .transform(
                                        OperatorId.FAMILY_CATALOG.displayName(),
                                        type(CatalogUpdate.class, new CatalogUpdate.Codec()),
                                        new PaneOperator<>(new FamilyCatalog(settings.families()))),
                        OperatorId.FAMILY_CATALOG);
        catalog.setParallelism(1);
        return named(
                        catalog.map(Guidance::of, type(Guidance.class, new Guidance.Codec())),
                        OperatorId.CATALOG_GUIDANCE)
                .setParallelism(1);
    }

    private DataStream<GroupActivity> assignFamilies(
            DataStream<AccountPane> accounts, DataStream<Guidance> guidance) {
        // The account windows put out what they are keyed by: no second shuffle.
        KeyedStream<AccountPane, String> byAccount =
                DataStreamUtils.reinterpretAsKeyedStream(
                        accounts, AccountPane::accountId, Types.STRING);
        return named(
                byAccount
                        .connect(guidance.broadcast())
                        .transform(
                                OperatorId.FAMILY_ASSIGNER.displayName(),
                                type(GroupActivity.class, new GroupActivity.Codec()),
                                new GuidedPaneOperator<>(
                                        new FamilyAssigner(settings.groups().maxAccounts()))),
                OperatorId.FAMILY_ASSIGNER);
    }

    private DataStream<Guidance> baseline(DataStream<AccountPane> accounts) {
        SingleOutputStreamOperator<GroupActivity> sample =
                named(
                        accounts.flatMap(
                                (pane, out) -> {
                                    long group = BaselineTracker.groupOf(pane.accountId());
                                    if (group != 0) {
                                        out.collect(new GroupActivity(group, pane));
                                    }
                                },
                                type(GroupActivity.class, new GroupActivity.Codec())),
                        OperatorId.BASELINE_SAMPLE);
        SingleOutputStreamOperator<GroupStatistics> statistics =
                named(
                        sample.keyBy(GroupActivity::group)
                                .transform(
                                        OperatorId.BASELINE_TRACKER.displayName(),
                                        type(GroupStatistics.class, new GroupStatisticsCodec()),
                                        new PaneOperator<>(new BaselineTracker(settings.groups()))),
                        OperatorId.BASELINE_TRACKER);
        return named(
                        statistics.map(Guidance::of, type(Guidance.class, new Guidance.Codec())),
                        OperatorId.BASELINE_GUIDANCE)
                .setParallelism(1);
    }

    private DataStream<GroupReport> trackGroups(
            DataStream<GroupActivity> activity, DataStream<Guidance> guidance) {
        return named(
                activity.keyBy(GroupActivity::group)
                        .connect(guidance.broadcast())
                        .transform(
                                OperatorId.GROUP_TRACKER.displayName(),
                                type(GroupReport.class, new GroupReport.Codec()),
                                new GuidedPaneOperator<>(new GroupTracker(settings.groups()))),
                OperatorId.GROUP_TRACKER);
    }

    private void campaigns(DataStream<GroupReport> groups, DataStream<Guidance> policy) {
        SingleOutputStreamOperator<OutputRecord> campaigns =
                named(
                        groups.keyBy(group -> 0, Types.INT)
                                .connect(policy.broadcast())
                                .transform(
                                        OperatorId.CAMPAIGNS.displayName(),
                                        OutputRecordCodec.type(),
                                        new GuidedPaneOperator<>(new Campaigns(MEMBERS))),
                        OperatorId.CAMPAIGNS);
        campaigns.setParallelism(1);
        sink(campaigns, OutputTopic.CAMPAIGNS, OperatorId.CAMPAIGNS_SINK).setParallelism(1);
        sink(
                        campaigns.getSideOutput(MEMBERS),
                        OutputTopic.CAMPAIGN_MEMBERS,
                        OperatorId.MEMBERS_SINK)
                .setParallelism(1);
    }

    private org.apache.flink.streaming.api.datastream.DataStreamSink<OutputRecord> sink(
            DataStream<OutputRecord> stream, OutputTopic topic, OperatorId id) {
        return stream.sinkTo(sinks.sink(topic)).uid(id.uid()).name(id.displayName());
    }

    private static <T> SingleOutputStreamOperator<T> named(
            SingleOutputStreamOperator<T> operator, OperatorId id) {
        return operator.uid(id.uid()).name(id.displayName());
    }

    private static <T> TypeInformation<T> type(Class<T> type, RecordCodec<T> codec) {
        return new CodecTypeInfo<>(type, codec);
    }

    private static OutputTag<OutputRecord> tag(String id) {
        return new OutputTag<>(id, OutputRecordCodec.type());
    }
}
