package io.distillwatch.family;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A feature that many accounts share; said when it becomes so, at every doubling, and once a day.
 *
 * @param accounts distinct accounts so far, an estimate above 64
 * @param exchanges sample of the exchanges that show it
 */
public record PopularFeature(long feature, long paneEnd, long accounts, SmallestHashes exchanges) {

    /** Bytes of a {@link PopularFeature}. */
    public static final class Codec implements RecordCodec<PopularFeature> {

        @Override
        public void write(PopularFeature popular, DataOutputView out) throws IOException {
            out.writeLong(popular.feature);
            out.writeLong(popular.paneEnd);
            Wire.writeVarLong(out, popular.accounts);
            popular.exchanges.write(out);
        }

        @Override
        public PopularFeature read(DataInputView in) throws IOException {
            return new PopularFeature(
                    in.readLong(),
                    in.readLong(),
                    Wire.readVarLong(in),
                    SmallestHashes.read(FeatureHits.EXCHANGES, in));
        }
    }
}
