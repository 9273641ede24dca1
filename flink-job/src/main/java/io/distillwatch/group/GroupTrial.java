package io.distillwatch.group;

import io.distillwatch.evidence.Assessment;
import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.Baseline;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.policy.DetectionPolicy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One group outside the job's graph: follows accounts and assesses them as {@link GroupTracker}
 * does, under whatever policy is asked for.
 */
public final class GroupTrial {

    private static final GroupStateCodec CODEC = new GroupStateCodec();

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
     * @param ordinary what ordinary traffic looks like up to then
     */
    public Optional<Assessment> assess(
            long group, long at, Baseline ordinary, DetectionPolicy policy) {
        return GroupTracker.isDue(state, at, policy)
                ? Optional.of(
                        Assessor.assess(
                                state.statistics(group, at, ordinary.start()), ordinary, policy))
                : Optional.empty();
    }

    /** Exchanges taken so far. */
    public long exchanges() {
        return state.exchanges;
    }

    /** Accounts with enough exchanges to be named, in alphabetical order. */
    public List<String> accounts(int minExchanges) {
        return state.members.entrySet().stream()
                .filter(member -> member.getValue().exchanges >= minExchanges)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
