package io.distillwatch.family;

import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keyed by feature bucket: finds the features that many accounts share. */
public final class FeatureSpread
        extends PaneFunction<
                Integer, FeaturePane, Map<Long, FeatureHits>, FeatureTable, Void, PopularFeature> {

    private static final long DAY = 86_400_000;

    private final int minAccounts;
    private final int capacity;
    private final long memory;

    public FeatureSpread(DetectionSettings.Families settings) {
        this.minAccounts = settings.minAccounts();
        this.capacity = settings.featuresPerBucket();
        this.memory = settings.memory().toMillis();
    }

    @Override
    protected long paneEnd(FeaturePane input) {
        return input.paneEnd();
    }

    @Override
    protected Map<Long, FeatureHits> newPane(Integer bucket) {
        return new HashMap<>();
    }

    @Override
    protected void add(Map<Long, FeatureHits> pane, FeaturePane input) {
        input.hits()
                .forEach(
                        (feature, hits) -> {
                            FeatureHits known = pane.putIfAbsent(feature, hits);
                            if (known != null) {
                                known.merge(hits);
                            }
                        });
    }

    @Override
    protected FeatureTable newState(Integer bucket) {
        return new FeatureTable();
    }

    @Override
    protected void closePane(
            Integer bucket,
            long paneEnd,
            Map<Long, FeatureHits> pane,
            Context<FeatureTable, PopularFeature> context) {
        context.state().add(paneEnd, pane, minAccounts, capacity).forEach(context::emit);
        context.timer(paneEnd + DAY);
    }

    @Override
    protected void onTimer(
            Integer bucket, long time, Context<FeatureTable, PopularFeature> context) {
        if (context.state().expire(time - memory)) {
            context.timer(time + DAY);
        } else {
            context.clearState();
        }
    }

    @Override
    protected RecordCodec<Map<Long, FeatureHits>> paneCodec() {
        return new HitsCodec();
    }

    @Override
    protected RecordCodec<FeatureTable> stateCodec() {
        return new FeatureTable.Codec();
    }

    /** Bytes of an open pane. */
    static final class HitsCodec implements RecordCodec<Map<Long, FeatureHits>> {

        @Override
        public void write(Map<Long, FeatureHits> hits, DataOutputView out) throws IOException {
            FeaturePane.writeHits(hits, out);
        }

        @Override
        public Map<Long, FeatureHits> read(DataInputView in) throws IOException {
            return FeaturePane.readHits(in);
        }
    }
}
