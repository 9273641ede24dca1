package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.evidence.GroupStatisticsCodec;
import io.distillwatch.family.CatalogUpdate;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.policy.PolicyParser;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What every subtask is told: exactly one of the three is not null. */
public record Guidance(CatalogUpdate catalog, GroupStatistics baseline, DetectionPolicy policy) {

    public static Guidance of(CatalogUpdate catalog) {
        return new Guidance(catalog, null, null);
    }

    public static Guidance of(GroupStatistics baseline) {
        return new Guidance(null, baseline, null);
    }

    public static Guidance of(DetectionPolicy policy) {
        return new Guidance(null, null, policy);
    }

    /** In force with the pane that it was made from; a policy at once. */
    public long time() {
        if (catalog != null) {
            return catalog.paneEnd();
        }
        return baseline != null ? baseline.at() : Long.MIN_VALUE;
    }

    /** Bytes of {@link Guidance}. */
    public static final class Codec implements RecordCodec<Guidance> {

        private final CatalogUpdate.Codec catalogs = new CatalogUpdate.Codec();
        private final GroupStatisticsCodec baselines = new GroupStatisticsCodec();

        @Override
        public void write(Guidance guidance, DataOutputView out) throws IOException {
            if (guidance.catalog != null) {
                out.writeByte(0);
                catalogs.write(guidance.catalog, out);
            } else if (guidance.baseline != null) {
                out.writeByte(1);
                baselines.write(guidance.baseline, out);
            } else {
                out.writeByte(2);
                Wire.writeBytes(out, PolicyParser.format(guidance.policy));
            }
        }

        @Override
        public Guidance read(DataInputView in) throws IOException {
            return switch (in.readByte()) {
                case 0 -> of(catalogs.read(in));
                case 1 -> of(baselines.read(in));
                default -> readPolicy(in);
            };
        }

        private static Guidance readPolicy(DataInputView in) throws IOException {
            try {
                return of(PolicyParser.parse(Wire.readBytes(in)));
            } catch (PolicyParser.InvalidPolicyException e) {
                throw new IOException("a policy in a checkpoint is not valid", e);
            }
        }
    }
}
