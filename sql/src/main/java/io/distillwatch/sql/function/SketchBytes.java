package io.distillwatch.sql.function;

import io.distillwatch.sketch.DistinctSketch;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Sketches as values of SQL: the bytes that the job itself would keep. */
final class SketchBytes {

    private SketchBytes() {}

    static byte[] write(DistinctSketch sketch) {
        DataOutputSerializer out = new DataOutputSerializer(64);
        try {
            sketch.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.getCopyOfBuffer();
    }

    /**
     * @param function name of the SQL function, for the message
     * @throws IllegalArgumentException if these are not the bytes of a sketch
     */
    static DistinctSketch read(byte[] bytes, String function) {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        try {
            DistinctSketch sketch = DistinctSketch.read(in);
            if (in.available() == 0) {
                return sketch;
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(refusal(function), e);
        }
        throw new IllegalArgumentException(refusal(function));
    }

    private static String refusal(String function) {
        return function + ": the bytes are not a sketch; DISTINCT_SKETCH makes one";
    }
}
