package io.distillwatch.exchange;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an {@link Exchange}. */
public final class ExchangeCodec implements RecordCodec<Exchange> {

    @Override
    public void write(Exchange e, DataOutputView out) throws IOException {
        Wire.writeText(out, e.accountId());
        writeBody(e, e.features(), out);
    }

    @Override
    public Exchange read(DataInputView in) throws IOException {
        return readBody(Wire.readText(in), in);
    }

    /**
     * Everything but the account.
     *
     * @param features of the exchange, or none where nobody asks for them any more
     */
    public static void writeBody(Exchange e, long[] features, DataOutputView out)
            throws IOException {
        out.writeLong(e.exchangeHash());
        out.writeLong(e.eventTime());
        Wire.writeText(out, e.prefix());
        Wire.writeText(out, e.organizationId());
        Wire.writeText(out, e.model());
        Wire.writeVarLong(out, e.inputTokens());
        Wire.writeVarLong(out, e.outputTokens());
        out.writeLong(e.promptHash());
        out.writeLong(e.familyHash());
        out.writeLong(e.tailHash());
        out.writeLong(e.systemHash());
        out.writeLong(e.clientHash());
        out.writeLong(e.paymentHash());
        out.writeLong(e.conversationHash());
        out.writeLong(e.accountCreatedAt());
        Wire.writeVarInt(out, e.promptTokens());
        Wire.writeVarInt(out, e.earlierTurns());
        Wire.writeVarInt(out, e.cues());
        Wire.writeLongs(out, features);
        Wire.writeVarInt(out, e.partition());
        Wire.writeVarLong(out, e.offset());
    }

    /** Reads what {@link #writeBody} wrote. */
    public static Exchange readBody(String accountId, DataInputView in) throws IOException {
        return new Exchange(
                in.readLong(),
                accountId,
                in.readLong(),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readVarLong(in),
                Wire.readVarLong(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Wire.readVarInt(in),
                Wire.readVarInt(in),
                Wire.readVarInt(in),
                Wire.readLongs(in),
                Wire.readVarInt(in),
                Wire.readVarLong(in));
    }
}
