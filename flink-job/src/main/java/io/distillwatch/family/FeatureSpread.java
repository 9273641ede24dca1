package io.distillwatch.family;

import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.sketch.LongMap;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Keyed by feature bucket: finds the features that many accounts share. */
public final class FeatureSpread
        extends PaneFunction<
                Integer, FeaturePane, LongMap<FeatureHits>, FeatureTable, Void, PopularFeature> {

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
    protected LongMap<FeatureHits> newPane(Integer bucket) {
        return new LongMap<>();
    }

    @Override
    protected void add(LongMap<FeatureHits> pane, FeaturePane input) {
        input.hits()
                .forEach(
                        (feature, hits) -> {
                            FeatureHits known = pane.get(feature);
                            if (known == null) {
                                pane.put(feature, hits);
                            } else {
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
            LongMap<FeatureHits> pane,
            Context<FeatureTable, PopularFeature> context) {
        context.state().add(paneEnd, pane, minAccounts, capacity).forEach(context::emit);
        context.timer(paneEnd + DAY);
    }

    @Override
    protected boolean timersAtEnd() {
        // They only forget, and at the end of a log there is nothing to make room for.
        return false;
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
    protected RecordCodec<LongMap<FeatureHits>> paneCodec() {
        return new HitsCodec();
    }

    @Override
    protected RecordCodec<FeatureTable> stateCodec() {
        return new FeatureTable.Codec();
    }

    /** Bytes of an open pane. */
    static final class HitsCodec implements RecordCodec<LongMap<FeatureHits>> {

        @Override
        public void write(LongMap<FeatureHits> hits, DataOutputView out) throws IOException {
            FeaturePane.writeHits(hits, out);
        }

        @Override
        public LongMap<FeatureHits> read(DataInputView in) throws IOException {
            return FeaturePane.readHits(in);
        }
    }
}
