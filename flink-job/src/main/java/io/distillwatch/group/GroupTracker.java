package io.distillwatch.group;

import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.Baseline;
import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.pane.PaneFunction;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.serial.ListCodec;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.settings.DetectionSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Keyed by group: follows a group's accounts, assesses the group when it has grown enough or an
 * hour has gone by, and reports it once it is flagged. The cost of assessing, which looks at every
 * member, is so a constant an exchange.
 */
public final class GroupTracker
        extends PaneFunction<
                Long, GroupActivity, List<AccountPane>, GroupState, Guidance, GroupReport> {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final double GROWTH = 1.1;

    private final int maxAccounts;
    private final long memory;

    private transient Baseline baseline;
    private transient DetectionPolicy policy;
    private transient Counter evaluations;
    /* Pane that is being closed, its groups so far, and the groups of the one before. */
    private transient long closingPane;
    private transient int closingGroups;
    private transient int candidateGroups;

    public GroupTracker(DetectionSettings.Groups settings) {
        this.maxAccounts = settings.maxAccounts();
        this.memory = settings.memory().toMillis();
    }

    @Override
    protected void open(MetricGroup metrics) {
        evaluations = metrics.counter("evaluations");
        metrics.gauge("candidateGroups", () -> Math.max(candidateGroups, closingGroups));
    }

    private Baseline baseline() {
        if (baseline == null) {
            baseline = new Baseline();
            policy = policy == null ? DetectionPolicy.defaults() : policy;
        }
        return baseline;
    }

    @Override
    protected long guidanceTime(Guidance guidance) {
        return guidance.time();
    }

    @Override
    protected void onGuidance(Guidance guidance) {
        baseline();
        if (guidance.policy() != null) {
            policy = guidance.policy();
        } else if (guidance.baseline() != null) {
            baseline.update(guidance.baseline());
        }
    }

    @Override
    protected Collection<Guidance> guidance() {
        List<Guidance> all = new ArrayList<>();
        baseline().groups().forEach(group -> all.add(Guidance.of(group)));
        all.add(Guidance.of(policy));
        return all;
    }

    @Override
    protected RecordCodec<Guidance> guidanceCodec() {
        return new Guidance.Codec();
    }

    @Override
    protected long paneEnd(GroupActivity input) {
        return input.pane().paneEnd();
    }

    @Override
    protected List<AccountPane> newPane(Long group) {
        return new ArrayList<>();
    }

    @Override
    protected void add(List<AccountPane> pane, GroupActivity input) {
        pane.add(input.pane());
    }

    @Override
    protected GroupState newState(Long group) {
        return new GroupState();
    }

    @Override
    protected void closePane(
            Long group,
            long paneEnd,
            List<AccountPane> pane,
            Context<GroupState, GroupReport> context) {
        countCandidate(paneEnd);
        GroupState state = context.state();
        state.add(pane, maxAccounts);
        context.timer(paneEnd + DAY);
        if (isDue(state, paneEnd, policy())) {
            assess(group, paneEnd, state);
        }
        if (state.flagged) {
            report(group, paneEnd, state, context);
        }
    }

    /** Whether a group is to be assessed with this pane, having grown or waited long enough. */
    static boolean isDue(GroupState state, long paneEnd, DetectionPolicy policy) {
        boolean due =
                state.exchanges >= policy.minExchanges()
                        && (state.exchanges >= GROWTH * state.assessedExchanges
                                || paneEnd - state.assessedAt >= HOUR);
        if (!due) {
            return false;
        }
        // Counted as looked at even if too few can be named: the look costs a pass as well.
        state.assessedAt = paneEnd;
        state.assessedExchanges = state.exchanges;
        return state.named(policy.minMemberExchanges()) >= policy.minAccounts();
    }

    private void assess(long group, long paneEnd, GroupState state) {
        evaluations.inc();
        GroupStatistics statistics = state.statistics(group, paneEnd, baseline().start());
        state.assessment = Assessor.assess(statistics, baseline, policy);
        if (state.assessment.flagged() && !state.flagged) {
            state.flagged = true;
            state.flaggedAt = paneEnd;
        }
    }

    private void countCandidate(long paneEnd) {
        if (paneEnd != closingPane) {
            closingPane = paneEnd;
            candidateGroups = closingGroups;
            closingGroups = 0;
        }
        closingGroups++;
    }

    private DetectionPolicy policy() {
        baseline();
        return policy;
    }

    /** Reports new members at once and the rest when the group was assessed anew. */
    private void report(
            long group, long paneEnd, GroupState state, Context<GroupState, GroupReport> context) {
        boolean full = state.assessedAt == paneEnd;
        Belonging belonging = Belonging.of(group, state);
        List<MemberReport> changed = new ArrayList<>();
        for (Map.Entry<String, Member> entry : state.members.entrySet()) {
            Member member = entry.getValue();
            boolean named = member.exchanges >= policy().minMemberExchanges();
            boolean news = member.reportedAt == 0 || (full && member.lastSeen > member.reportedAt);
            if (named && news && belonging.test(member)) {
                member.reportedAt = paneEnd;
                changed.add(
                        new MemberReport(
                                entry.getKey(),
                                member.firstSeen,
                                member.lastSeen,
                                member.exchanges,
                                member.lastClock - member.joinedClock + 1,
                                member.recentExchanges,
                                member.prefix,
                                member.payment));
            }
        }
        if (!full && changed.isEmpty()) {
            return;
        }
        changed.sort(Comparator.comparing(MemberReport::accountId));
        context.emit(
                new GroupReport(
                        group,
                        paneEnd,
                        state.flaggedAt,
                        state.firstSeen,
                        state.lastSeen,
                        state.members.size(),
                        state.exchanges,
                        state.inputTokens,
                        state.outputTokens,
                        state.assessment.score(),
                        new TreeMap<>(state.models),
                        state.assessment.evidence(),
                        changed));
    }

    @Override
    protected boolean timersAtEnd() {
        // They only forget, and at the end of a log there is nothing to make room for.
        return false;
    }

    @Override
    protected void onTimer(Long group, long time, Context<GroupState, GroupReport> context) {
        if (context.state().expire(time - memory)) {
            context.timer(time + DAY);
        } else {
            context.clearState();
        }
    }

    @Override
    protected RecordCodec<List<AccountPane>> paneCodec() {
        return new ListCodec<>(new AccountPane.Codec());
    }

    @Override
    protected RecordCodec<GroupState> stateCodec() {
        return new GroupStateCodec();
    }
}
