package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.metrics.Hashes;
import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.ListCodec;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.settings.DetectionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keyed by baseline group: follows groups of accounts that were drawn by hash, by the same
 * statistics as candidate groups. They are what ordinary traffic looks like.
 */
public final class BaselineTracker
        extends PaneFunction<
                Long, GroupActivity, List<AccountPane>, GroupState, Void, GroupStatistics> {

    /** Number of baseline groups. */
    public static final int GROUPS = 8;

    /* One account in four, until a group is full. */
    private static final int ONE_IN = 4;
    private static final int MAX_ACCOUNTS = 2048;
    private static final long DAY = 86_400_000;
    private static final long EVERY = 3_600_000;
    /* In a stream's first hours every pane is news. */
    private static final long YOUNG = 6 * EVERY;

    private final long memory;

    public BaselineTracker(DetectionSettings.Groups settings) {
        this.memory = settings.memory().toMillis();
    }

    /** The baseline group of an account, 1 to {@link #GROUPS}; 0 for most accounts, in none. */
    public static long groupOf(String account) {
        long hash = Hashes.of(account) >>> 16;
        return Long.remainderUnsigned(hash, ONE_IN) != 0
                ? 0
                : 1 + Long.remainderUnsigned(hash / ONE_IN, GROUPS);
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
            Context<GroupState, GroupStatistics> context) {
        follow(context.state(), group, paneEnd, pane).ifPresent(context::emit);
        context.timer(paneEnd + DAY);
    }

    /** Takes a pane of a baseline group; its statistics where they are due. */
    static Optional<GroupStatistics> follow(
            GroupState state, long group, long paneEnd, List<AccountPane> pane) {
        state.add(pane, MAX_ACCOUNTS);
        boolean young = paneEnd - state.firstSeen < YOUNG;
        if (!young && paneEnd - state.assessedAt < EVERY) {
            return Optional.empty();
        }
        state.assessedAt = paneEnd;
        return Optional.of(state.statistics(group, paneEnd, state.firstSeen));
    }

    @Override
    protected boolean timersAtEnd() {
        // They only forget, and at the end of a log there is nothing to make room for.
        return false;
    }

    @Override
    protected void onTimer(Long group, long time, Context<GroupState, GroupStatistics> context) {
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
