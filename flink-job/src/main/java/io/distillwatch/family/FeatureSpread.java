package io.distillwatch.family;

import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.ListCodec;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.settings.DetectionSettings;
import java.util.ArrayList;
import java.util.List;

/** Keyed by feature bucket: finds the features that many accounts share. */
public final class FeatureSpread
        extends PaneFunction<
                Integer, FeaturePane, List<FeatureRun>, FeatureTable, Void, PopularFeature> {

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
    protected List<FeatureRun> newPane(Integer bucket) {
        return new ArrayList<>(2);
    }

    @Override
    protected void add(List<FeatureRun> pane, FeaturePane input) {
        pane.add(input.run());
    }

    @Override
    protected FeatureTable newState(Integer bucket) {
        return new FeatureTable();
    }

    @Override
    protected void closePane(
            Integer bucket,
            long paneEnd,
            List<FeatureRun> pane,
            Context<FeatureTable, PopularFeature> context) {
        context.state()
                .add(paneEnd, FeatureRun.union(pane), minAccounts, capacity)
                .forEach(context::emit);
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
    protected RecordCodec<List<FeatureRun>> paneCodec() {
        return new ListCodec<>(new FeatureRun.Codec());
    }

    @Override
    protected RecordCodec<FeatureTable> stateCodec() {
        return new FeatureTable.Codec();
    }
}
