package io.distillwatch.campaign;

import io.distillwatch.evidence.Evidence;
import io.distillwatch.group.GroupReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What a group contributes to a campaign. Mutable. */
final class CampaignPart {

    long lastSeen;
    long firstSeen;
    long exchanges;
    long inputTokens;
    long outputTokens;
    /* When the group was last seen with a score that flags. */
    long heldAt;
    double score;
    Map<String, Long> models = new TreeMap<>();
    List<Evidence> evidence = new ArrayList<>();

    /**
     * Takes the group's latest report.
     *
     * @param holds whether its score flags it
     */
    void take(GroupReport report, boolean holds) {
        heldAt = holds || heldAt == 0 ? report.at() : heldAt;
        firstSeen = report.firstSeen();
        lastSeen = report.lastSeen();
        exchanges = report.exchanges();
        inputTokens = report.inputTokens();
        outputTokens = report.outputTokens();
        score = report.score();
        models = report.models();
        evidence = report.evidence();
    }

    CampaignPart copy() {
        CampaignPart copy = new CampaignPart();
        copy.lastSeen = lastSeen;
        copy.firstSeen = firstSeen;
        copy.exchanges = exchanges;
        copy.inputTokens = inputTokens;
        copy.outputTokens = outputTokens;
        copy.heldAt = heldAt;
        copy.score = score;
        copy.models = models;
        copy.evidence = evidence;
        return copy;
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
        CampaignPart part = new CampaignPart();
        part.firstSeen = in.readLong();
        part.lastSeen = in.readLong();
        part.exchanges = in.readLong();
        part.inputTokens = in.readLong();
        part.outputTokens = in.readLong();
        part.heldAt = in.readLong();
        part.score = in.readDouble();
        part.models = GroupReport.readModels(in);
        part.evidence = GroupReport.readEvidence(in);
        return part;
    }
}
