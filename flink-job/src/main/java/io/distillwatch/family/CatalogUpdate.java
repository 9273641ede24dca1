package io.distillwatch.family;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which family a feature belongs to, from a pane on.
 *
 * @param family id of the family: its oldest feature; 0 when the feature is forgotten
 * @param accounts distinct accounts that show the feature, an estimate
 */
public record CatalogUpdate(long paneEnd, long feature, long family, long accounts) {

    /** Bytes of a {@link CatalogUpdate}. */
    public static final class Codec implements RecordCodec<CatalogUpdate> {

        @Override
        public void write(CatalogUpdate update, DataOutputView out) throws IOException {
            out.writeLong(update.paneEnd);
            out.writeLong(update.feature);
            out.writeLong(update.family);
            Wire.writeVarLong(out, update.accounts);
        }

        @Override
        public CatalogUpdate read(DataInputView in) throws IOException {
            return new CatalogUpdate(
                    in.readLong(), in.readLong(), in.readLong(), Wire.readVarLong(in));
        }
    }
}
