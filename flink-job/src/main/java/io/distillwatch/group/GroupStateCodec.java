package io.distillwatch.group;

import io.distillwatch.evidence.Assessment;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of a {@link GroupState}. */
final class GroupStateCodec implements RecordCodec<GroupState> {

    private static final byte VERSION = 8;

    @Override
    public void write(GroupState state, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        Wire.writeVarInt(out, state.members.size());
        for (Map.Entry<String, Member> entry : state.members.entrySet()) {
            Wire.writeText(out, entry.getKey());
            entry.getValue().write(out);
        }
        out.writeLong(state.firstSeen);
        out.writeLong(state.lastSeen);
        out.writeLong(state.exchanges);
        out.writeLong(state.inputTokens);
        out.writeLong(state.outputTokens);
        Wire.writeVarInt(out, state.models.size());
        for (Map.Entry<String, Long> entry : state.models.entrySet()) {
            Wire.writeText(out, entry.getKey());
            out.writeLong(entry.getValue());
        }
        state.bodies.write(out);
        state.tails.write(out);
        state.halves.write(out);
        state.conversations.write(out);
        state.modelUse.write(out);
        state.heads.write(out);
        Wire.writeCounts(out, state.lengths);
        Wire.writeVarLong(out, state.returning);
        Wire.writeVarLong(out, state.returned);
        Wire.writeVarLong(out, state.cameBack);
        Wire.writeLongs(out, state.cues);
        out.writeLong(state.singleTurn);
        state.halfHours.write(out);
        state.gaps.write(out);
        state.pooled.write(out);
        out.writeDouble(state.clock);
        out.writeInt(state.living);
        out.writeLong(state.assessedAt);
        out.writeLong(state.assessedExchanges);
        out.writeBoolean(state.flagged);
        out.writeLong(state.flaggedAt);
        out.writeDouble(state.assessment.score());
        GroupReport.writeEvidence(state.assessment.evidence(), out);
    }

    @Override
    public GroupState read(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new IOException("group state of unknown version " + version);
        }
        GroupState state = new GroupState();
        int members = Wire.readVarInt(in);
        for (int i = 0; i < members; i++) {
            state.members.put(Wire.readText(in), Member.read(in));
        }
        state.firstSeen = in.readLong();
        state.lastSeen = in.readLong();
        state.exchanges = in.readLong();
        state.inputTokens = in.readLong();
        state.outputTokens = in.readLong();
        int models = Wire.readVarInt(in);
        for (int i = 0; i < models; i++) {
            state.models.put(Wire.readText(in), in.readLong());
        }
        state.bodies = Askers.read(in);
        state.tails = Askers.read(in);
        state.halves = Askers.read(in);
        state.conversations = Askers.read(in);
        state.modelUse = ModelUse.read(in);
        state.heads = Heads.read(in);
        state.lengths = Wire.readCounts(in);
        state.returning = Wire.readVarLong(in);
        state.returned = Wire.readVarLong(in);
        state.cameBack = Wire.readVarLong(in);
        long[] cues = Wire.readLongs(in);
        System.arraycopy(cues, 0, state.cues, 0, Math.min(cues.length, GroupState.CUES));
        state.singleTurn = in.readLong();
        state.halfHours = HalfHours.read(in);
        state.gaps = Gaps.read(in);
        state.pooled = PooledStreams.read(in);
        state.clock = in.readDouble();
        state.living = in.readInt();
        state.assessedAt = in.readLong();
        state.assessedExchanges = in.readLong();
        state.flagged = in.readBoolean();
        state.flaggedAt = in.readLong();
        state.assessment =
                new Assessment(
                        in.readDouble(), state.flagged, List.of(), GroupReport.readEvidence(in));
        return state;
    }
}
