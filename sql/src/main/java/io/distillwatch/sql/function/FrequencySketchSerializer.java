package io.distillwatch.sql.function;

import io.distillwatch.sketch.FrequencySketch;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The job's sketch as an accumulator of SQL. */
public final class FrequencySketchSerializer extends MergedSerializer<FrequencySketch> {

    /** For Flink, which makes it by reflection. */
    public FrequencySketchSerializer() {}

    @Override
    public FrequencySketch createInstance() {
        return new FrequencySketch();
    }

    @Override
    public FrequencySketch copy(FrequencySketch from) {
        FrequencySketch copy = new FrequencySketch();
        copy.merge(from);
        return copy;
    }

    @Override
    public void serialize(FrequencySketch sketch, DataOutputView out) throws IOException {
        sketch.write(out);
    }

    @Override
    public FrequencySketch deserialize(DataInputView in) throws IOException {
        return FrequencySketch.read(in);
    }

    @Override
    public TypeSerializerSnapshot<FrequencySketch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to remember: the bytes say themselves what they are. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FrequencySketch> {

        /** For Flink, which makes it by reflection. */
        public Snapshot() {
            super(FrequencySketchSerializer::new);
        }
    }
}
