package io.distillwatch.exchange;

import io.distillwatch.serial.CodecTypeInfo;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes of an {@link Intake}. They are hardly ever written, since the gate is chained to the
 * source; what counts is that the codec's serializer hands an intake on without copying its
 * original.
 */
public final class IntakeCodec implements RecordCodec<Intake> {

    private static final ExchangeCodec EXCHANGE = new ExchangeCodec();

    /** Type information for a source. */
    public static TypeInformation<Intake> type() {
        return new CodecTypeInfo<>(Intake.class, new IntakeCodec());
    }

    @Override
    public void write(Intake intake, DataOutputView out) throws IOException {
        out.writeBoolean(intake.refused());
        if (intake.refused()) {
            Wire.writeText(out, intake.refusal().reason());
            Wire.writeText(out, intake.refusal().field());
            Wire.writeText(out, intake.refusal().message());
        } else {
            EXCHANGE.write(intake.exchange(), out);
        }
        Wire.writeText(out, intake.topic());
        Wire.writeVarInt(out, intake.partition());
        Wire.writeVarLong(out, intake.offset());
        out.writeLong(intake.ingestedAt());
        Wire.writeBytes(out, intake.original());
    }

    @Override
    public Intake read(DataInputView in) throws IOException {
        Exchange exchange = null;
        Refusal refusal = null;
        if (in.readBoolean()) {
            refusal = new Refusal(Wire.readText(in), Wire.readText(in), Wire.readText(in));
        } else {
            exchange = EXCHANGE.read(in);
        }
        return new Intake(
                exchange,
                refusal,
                Wire.readText(in),
                Wire.readVarInt(in),
                Wire.readVarLong(in),
                in.readLong(),
                Wire.readBytes(in));
    }
}
