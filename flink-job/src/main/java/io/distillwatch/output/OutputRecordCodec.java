package io.distillwatch.output;

import io.distillwatch.serial.CodecTypeInfo;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an {@link OutputRecord}. */
public final class OutputRecordCodec implements RecordCodec<OutputRecord> {

    /** Type information for streams of output records. */
    public static TypeInformation<OutputRecord> type() {
        return new CodecTypeInfo<>(OutputRecord.class, new OutputRecordCodec());
    }

    @Override
    public void write(OutputRecord record, DataOutputView out) throws IOException {
        Wire.writeBytes(out, record.key());
        Wire.writeBytes(out, record.value());
        out.writeLong(record.timestamp());
    }

    @Override
    public OutputRecord read(DataInputView in) throws IOException {
        return new OutputRecord(Wire.readBytes(in), Wire.readBytes(in), in.readLong());
    }
}
