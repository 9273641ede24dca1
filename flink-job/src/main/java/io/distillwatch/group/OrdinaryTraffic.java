package io.distillwatch.group;

import io.distillwatch.evidence.Baseline;
import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.evidence.GroupStatisticsCodec;
import io.distillwatch.exchange.AccountPane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Ordinary traffic outside the job's graph: the random groups that {@link BaselineTracker} follows,
 * drawn from whatever accounts are handed in.
 */
public final class OrdinaryTraffic {

    private static final GroupStateCodec STATES = new GroupStateCodec();
    private static final GroupStatisticsCodec STATISTICS = new GroupStatisticsCodec();

    private final Map<Long, GroupState> groups = new TreeMap<>();
    private final Baseline baseline = new Baseline();

    /** Takes all accounts of one pane; none of an earlier pane than before. */
    public void add(long paneEnd, List<AccountPane> panes) {
        Map<Long, List<AccountPane>> sample = new TreeMap<>();
        for (AccountPane pane : panes) {
            long group = BaselineTracker.groupOf(pane.accountId());
            if (group != 0) {
                sample.computeIfAbsent(group, id -> new ArrayList<>()).add(pane);
            }
        }
        sample.forEach(
                (group, own) ->
                        BaselineTracker.follow(
                                        groups.computeIfAbsent(group, id -> new GroupState()),
                                        group,
                                        paneEnd,
                                        own)
                                .ifPresent(baseline::update));
    }

    /** What ordinary traffic looks like up to now. */
    public Baseline baseline() {
        return baseline;
    }

    /** Everything that is known of ordinary traffic. */
    public void write(DataOutputView out) throws IOException {
        out.writeInt(groups.size());
        for (Map.Entry<Long, GroupState> group : groups.entrySet()) {
            out.writeLong(group.getKey());
            STATES.write(group.getValue(), out);
        }
        out.writeInt(baseline.groups().size());
        for (GroupStatistics statistics : baseline.groups()) {
            STATISTICS.write(statistics, out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static OrdinaryTraffic read(DataInputView in) throws IOException {
        OrdinaryTraffic traffic = new OrdinaryTraffic();
        for (int left = in.readInt(); left > 0; left--) {
            traffic.groups.put(in.readLong(), STATES.read(in));
        }
        for (int left = in.readInt(); left > 0; left--) {
            traffic.baseline.update(STATISTICS.read(in));
        }
        return traffic;
    }
}
