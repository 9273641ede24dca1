package io.distillwatch.sql.function;

import io.distillwatch.sketch.DistinctSketch;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The job's sketch as an accumulator of SQL. */
public final class DistinctSketchSerializer extends MergedSerializer<DistinctSketch> {

    /** For Flink, which makes it by reflection. */
    public DistinctSketchSerializer() {}

    @Override
    public DistinctSketch createInstance() {
        return new DistinctSketch();
    }

    @Override
    public DistinctSketch copy(DistinctSketch from) {
        DistinctSketch copy = new DistinctSketch();
        copy.merge(from);
        return copy;
    }

    @Override
    public void serialize(DistinctSketch sketch, DataOutputView out) throws IOException {
        sketch.write(out);
    }

    @Override
    public DistinctSketch deserialize(DataInputView in) throws IOException {
        return DistinctSketch.read(in);
    }

    @Override
    public TypeSerializerSnapshot<DistinctSketch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to remember: the bytes say themselves what they are. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DistinctSketch> {

        /** For Flink, which makes it by reflection. */
        public Snapshot() {
            super(DistinctSketchSerializer::new);
        }
    }
}
