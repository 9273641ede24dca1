package io.distillwatch.group;

import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.Signal;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The state of a flagged group at the end of a pane.
 *
 * @param group id of the group
 * @param at end of the pane, epoch milliseconds
 * @param flaggedAt when the group was first flagged
 * @param accounts accounts in the group, named or not
 * @param models exchanges by model
 * @param evidence strongest first
 * @param members members that are new or changed since the last report
 */
public record GroupReport(
        long group,
        long at,
        long flaggedAt,
        long firstSeen,
        long lastSeen,
        int accounts,
        long exchanges,
        long inputTokens,
        long outputTokens,
        double score,
        Map<String, Long> models,
        List<Evidence> evidence,
        List<MemberReport> members) {

    /** The same, but of these accounts only. */
    public GroupReport only(Set<String> accountIds) {
        return of(member -> accountIds.contains(member.accountId()));
    }

    /** The same, but without these accounts. */
    public GroupReport without(Set<String> accountIds) {
        return of(member -> !accountIds.contains(member.accountId()));
    }

    private GroupReport of(Predicate<MemberReport> which) {
        return new GroupReport(
                group,
                at,
                flaggedAt,
                firstSeen,
                lastSeen,
                accounts,
                exchanges,
                inputTokens,
                outputTokens,
                score,
                models,
                evidence,
                members.stream().filter(which).toList());
    }

    /** Bytes of a {@link GroupReport}. */
    public static final class Codec implements RecordCodec<GroupReport> {

        @Override
        public void write(GroupReport report, DataOutputView out) throws IOException {
            out.writeLong(report.group);
            out.writeLong(report.at);
            out.writeLong(report.flaggedAt);
            out.writeLong(report.firstSeen);
            out.writeLong(report.lastSeen);
            Wire.writeVarInt(out, report.accounts);
            Wire.writeVarLong(out, report.exchanges);
            Wire.writeVarLong(out, report.inputTokens);
            Wire.writeVarLong(out, report.outputTokens);
            out.writeDouble(report.score);
            writeModels(report.models, out);
            writeEvidence(report.evidence, out);
            Wire.writeVarInt(out, report.members.size());
            for (MemberReport member : report.members) {
                member.write(out);
            }
        }

        @Override
        public GroupReport read(DataInputView in) throws IOException {
            return new GroupReport(
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    Wire.readVarInt(in),
                    Wire.readVarLong(in),
                    Wire.readVarLong(in),
                    Wire.readVarLong(in),
                    in.readDouble(),
                    readModels(in),
                    readEvidence(in),
                    readMembers(in));
        }

        private static List<MemberReport> readMembers(DataInputView in) throws IOException {
            int size = Wire.readVarInt(in);
            List<MemberReport> members = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                members.add(MemberReport.read(in));
            }
            return members;
        }
    }

    /** Writes counts by model. */
    public static void writeModels(Map<String, Long> models, DataOutputView out)
            throws IOException {
        Wire.writeVarInt(out, models.size());
        for (Map.Entry<String, Long> entry : models.entrySet()) {
            Wire.writeText(out, entry.getKey());
            Wire.writeVarLong(out, entry.getValue());
        }
    }

    /** Reads what {@link #writeModels} wrote. */
    public static Map<String, Long> readModels(DataInputView in) throws IOException {
        TreeMap<String, Long> models = new TreeMap<>();
        int size = Wire.readVarInt(in);
        for (int i = 0; i < size; i++) {
            models.put(Wire.readText(in), Wire.readVarLong(in));
        }
        return models;
    }

    /** Writes evidence. */
    public static void writeEvidence(List<Evidence> evidence, DataOutputView out)
            throws IOException {
        Wire.writeVarInt(out, evidence.size());
        for (Evidence one : evidence) {
            Wire.writeText(out, one.signal().name());
            out.writeDouble(one.value());
            out.writeDouble(one.expected());
            out.writeDouble(one.score());
        }
    }

    /** Reads what {@link #writeEvidence} wrote. */
    public static List<Evidence> readEvidence(DataInputView in) throws IOException {
        int size = Wire.readVarInt(in);
        List<Evidence> evidence = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            evidence.add(
                    new Evidence(
                            Signal.valueOf(Wire.readText(in)),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble()));
        }
        return evidence;
    }
}
