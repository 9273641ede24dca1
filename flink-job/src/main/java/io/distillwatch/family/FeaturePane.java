package io.distillwatch.family;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The features of one bucket in one pane, as far as one upstream subtask saw them.
 *
 * @param bucket feature modulo the number of buckets
 */
public record FeaturePane(int bucket, long paneEnd, FeatureRun run) {

    /** Bytes of a {@link FeaturePane}. */
    public static final class Codec implements RecordCodec<FeaturePane> {

        private final FeatureRun.Codec runs = new FeatureRun.Codec();

        @Override
        public void write(FeaturePane pane, DataOutputView out) throws IOException {
            Wire.writeVarInt(out, pane.bucket);
            out.writeLong(pane.paneEnd);
            runs.write(pane.run, out);
        }

        @Override
        public FeaturePane read(DataInputView in) throws IOException {
            return new FeaturePane(Wire.readVarInt(in), in.readLong(), runs.read(in));
        }
    }
}
