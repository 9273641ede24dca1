package io.distillwatch.family;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import io.distillwatch.sketch.LongMap;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The features of one bucket in one pane, as far as one upstream subtask saw them.
 *
 * @param bucket feature modulo the number of buckets
 */
public record FeaturePane(int bucket, long paneEnd, LongMap<FeatureHits> hits) {

    static void writeHits(LongMap<FeatureHits> hits, DataOutputView out) throws IOException {
        Wire.writeVarInt(out, hits.size());
        for (long feature : hits.sortedKeys()) {
            out.writeLong(feature);
            hits.get(feature).write(out);
        }
    }

    static LongMap<FeatureHits> readHits(DataInputView in) throws IOException {
        int size = Wire.readVarInt(in);
        LongMap<FeatureHits> hits = new LongMap<>(size);
        for (int i = 0; i < size; i++) {
            hits.put(in.readLong(), FeatureHits.read(in));
        }
        return hits;
    }

    /** Bytes of a {@link FeaturePane}. */
    public static final class Codec implements RecordCodec<FeaturePane> {

        @Override
        public void write(FeaturePane pane, DataOutputView out) throws IOException {
            Wire.writeVarInt(out, pane.bucket);
            out.writeLong(pane.paneEnd);
            writeHits(pane.hits, out);
        }

        @Override
        public FeaturePane read(DataInputView in) throws IOException {
            return new FeaturePane(Wire.readVarInt(in), in.readLong(), readHits(in));
        }
    }
}
