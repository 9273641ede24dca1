package io.distillwatch.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Packs slices that are over: one array each, where a slice of several exchanges is a dozen objects
 * all over the heap. A slice is written once, read by every window that it is part of, and kept as
 * it is in the checkpoint.
 */
final class SlicePacker {

    private final DataOutputSerializer out = new DataOutputSerializer(256);
    private final DataInputDeserializer in = new DataInputDeserializer();

    byte[] pack(Slice slice) {
        out.clear();
        try {
            slice.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.getCopyOfBuffer();
    }

    /** The union of packed slices, oldest first; at least one. */
    byte[] merge(List<byte[]> packed) {
        if (packed.size() == 1) {
            return packed.get(0);
        }
        Slice union = new Slice();
        try {
            for (byte[] each : packed) {
                in.setBuffer(each);
                union.merge(Slice.read(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pack(union);
    }
}
