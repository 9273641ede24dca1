package io.distillwatch.campaign;

import io.distillwatch.evidence.Evidence;
import io.distillwatch.group.GroupReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a group contributes to a campaign, as of its latest report; times in epoch milliseconds.
 *
 * @param heldAt when the group was last seen with a score that flags
 */
record CampaignPart(
        long firstSeen,
        long lastSeen,
        long exchanges,
        long inputTokens,
        long outputTokens,
        long heldAt,
        double score,
        Map<String, Long> models,
        List<Evidence> evidence) {

    /** The part that a group's report tells of. */
    static CampaignPart of(GroupReport report, long heldAt) {
        return new CampaignPart(
                report.firstSeen(),
                report.lastSeen(),
                report.exchanges(),
                report.inputTokens(),
                report.outputTokens(),
                heldAt,
                report.score(),
                report.models(),
                report.evidence());
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(firstSeen);
        out.writeLong(lastSeen);
        out.writeLong(exchanges);
        out.writeLong(inputTokens);
        out.writeLong(outputTokens);
        out.writeLong(heldAt);
        out.writeDouble(score);
        GroupReport.writeModels(models, out);
        GroupReport.writeEvidence(evidence, out);
    }

    /** Reads what {@link #write} wrote. */
    static CampaignPart read(DataInputView in) throws IOException {
        return new CampaignPart(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                GroupReport.readModels(in),
                GroupReport.readEvidence(in));
    }
}
