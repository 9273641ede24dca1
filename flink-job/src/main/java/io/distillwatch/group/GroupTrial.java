package io.distillwatch.group;

import io.distillwatch.evidence.Assessment;
import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.Baseline;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.policy.DetectionPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One group outside the job's graph: follows accounts and assesses them as {@link GroupTracker}
 * does, under whatever policy is asked for. Ordinary traffic is what the statistics take it to be
 * before a job has seen any.
 */
public final class GroupTrial {

    private static final GroupState.Codec CODEC = new GroupState.Codec();
    private static final long HOUR = 3_600_000;
    private static final double GROWTH = 1.1;

    private final GroupState state;

    private GroupTrial(GroupState state) {
        this.state = state;
    }

    /** A group in which nobody has been seen. */
    public static GroupTrial empty() {
        return new GroupTrial(new GroupState());
    }

    /** Reads what {@link #write} wrote. */
    public static GroupTrial read(DataInputView in) throws IOException {
        return new GroupTrial(CODEC.read(in));
    }

    /** Everything that is known of the group. */
    public void write(DataOutputView out) throws IOException {
        CODEC.write(state, out);
    }

    /**
     * Takes the accounts of one pane.
     *
     * @param panes one an account, none of an earlier pane than before; is sorted
     */
    public void add(List<AccountPane> panes, int maxAccounts) {
        state.add(panes, maxAccounts);
    }

    /**
     * Assesses the group if it is large enough and has grown, or an hour has gone by, since the
     * last time.
     *
     * @param at end of the pane that was taken last, epoch milliseconds
     */
    public Optional<Assessment> assess(long group, long at, DetectionPolicy policy) {
        boolean largeEnough =
                state.members.size() >= policy.minAccounts()
                        && state.exchanges >= policy.minExchanges();
        boolean due =
                state.exchanges >= GROWTH * state.assessedExchanges
                        || at - state.assessedAt >= HOUR;
        if (!largeEnough || !due) {
            return Optional.empty();
        }
        state.assessedAt = at;
        state.assessedExchanges = state.exchanges;
        Baseline ordinary = new Baseline();
        return Optional.of(
                Assessor.assess(state.statistics(group, at, ordinary.start()), ordinary, policy));
    }

    /** Exchanges taken so far. */
    public long exchanges() {
        return state.exchanges;
    }

    /** Accounts followed, in alphabetical order. */
    public List<String> accounts() {
        return state.members.keySet().stream().sorted().toList();
    }
}
