package io.distillwatch.workbench.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * One stripe of the merged logs.
 *
 * @param stripe from 0
 * @param stripes how many there are
 * @param passed lines of the merged logs that are done with, of all stripes
 */
public record ReplaySplit(int stripe, int stripes, long passed) implements SourceSplit {

    static final SimpleVersionedSerializer<ReplaySplit> SERIALIZER =
            new SimpleVersionedSerializer<>() {
                @Override
                public int getVersion() {
                    return 1;
                }

                @Override
                public byte[] serialize(ReplaySplit split) {
                    return ByteBuffer.allocate(16)
                            .putInt(split.stripe)
                            .putInt(split.stripes)
                            .putLong(split.passed)
                            .array();
                }

                @Override
                public ReplaySplit deserialize(int version, byte[] bytes) throws IOException {
                    if (version != 1 || bytes.length != 16) {
                        throw new IOException("not a replay split of version 1");
                    }
                    ByteBuffer in = ByteBuffer.wrap(bytes);
                    return new ReplaySplit(in.getInt(), in.getInt(), in.getLong());
                }
            };

    static final SimpleVersionedSerializer<Integer> COUNT_SERIALIZER =
            new SimpleVersionedSerializer<>() {
                @Override
                public int getVersion() {
                    return 1;
                }

                @Override
                public byte[] serialize(Integer count) {
                    return ByteBuffer.allocate(4).putInt(count).array();
                }

                @Override
                public Integer deserialize(int version, byte[] bytes) {
                    return ByteBuffer.wrap(bytes).getInt();
                }
            };

    @Override
    public String splitId() {
        return stripe + "/" + stripes;
    }
}
