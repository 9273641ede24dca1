package io.distillwatch.family;

import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.ListCodec;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.settings.DetectionSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;

/**
 * One key for the whole job: the catalog of families. It sees popular features only, each a few
 * times in its life.
 */
public final class FamilyCatalog
        extends PaneFunction<
                Integer, PopularFeature, List<PopularFeature>, Catalog, Void, CatalogUpdate> {

    private static final long DAY = 86_400_000;

    private final long memory;

    private transient int features;
    private transient int families;

    public FamilyCatalog(DetectionSettings.Families settings) {
        this.memory = settings.memory().toMillis();
    }

    @Override
    protected void open(MetricGroup metrics) {
        metrics.gauge("popularFeatures", () -> features);
        metrics.gauge("families", () -> families);
    }

    @Override
    protected long paneEnd(PopularFeature input) {
        return input.paneEnd();
    }

    @Override
    protected List<PopularFeature> newPane(Integer key) {
        return new ArrayList<>();
    }

    @Override
    protected void add(List<PopularFeature> pane, PopularFeature input) {
        pane.add(input);
    }

    @Override
    protected Catalog newState(Integer key) {
        return new Catalog();
    }

    @Override
    protected void closePane(
            Integer key,
            long paneEnd,
            List<PopularFeature> pane,
            Context<Catalog, CatalogUpdate> context) {
        Catalog catalog = context.state();
        catalog.add(paneEnd, pane, context::emit);
        features = catalog.features();
        families = catalog.families();
        context.timer(paneEnd + DAY);
    }

    @Override
    protected boolean timersAtEnd() {
        // They only forget, and at the end of a log there is nothing to make room for.
        return false;
    }

    @Override
    protected void onTimer(Integer key, long time, Context<Catalog, CatalogUpdate> context) {
        if (context.state().expire(time, time - memory, context::emit)) {
            context.timer(time + DAY);
        } else {
            context.clearState();
        }
    }

    @Override
    protected RecordCodec<List<PopularFeature>> paneCodec() {
        return new ListCodec<>(new PopularFeature.Codec());
    }

    @Override
    protected RecordCodec<Catalog> stateCodec() {
        return new Catalog.Codec();
    }
}
