package io.distillwatch.metrics;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What came from one prefix in one pane, as far as one upstream subtask saw it. */
public record PrefixPane(String prefix, long paneEnd, Slice slice) {

    /** Bytes of a {@link PrefixPane}. */
    public static final class Codec implements RecordCodec<PrefixPane> {

        @Override
        public void write(PrefixPane pane, DataOutputView out) throws IOException {
            Wire.writeText(out, pane.prefix);
            out.writeLong(pane.paneEnd);
            pane.slice.write(out);
        }

        @Override
        public PrefixPane read(DataInputView in) throws IOException {
            return new PrefixPane(Wire.readText(in), in.readLong(), Slice.read(in));
        }
    }
}
