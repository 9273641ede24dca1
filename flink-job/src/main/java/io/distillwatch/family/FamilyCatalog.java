package io.distillwatch.family;

import io.distillwatch.pane.PaneFunction;
import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
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
        return new ListCodec();
    }

    @Override
    protected RecordCodec<Catalog> stateCodec() {
        return new Catalog.Codec();
    }

    /** Bytes of an open pane. */
    static final class ListCodec implements RecordCodec<List<PopularFeature>> {

        private final PopularFeature.Codec codec = new PopularFeature.Codec();

        @Override
        public void write(List<PopularFeature> list, DataOutputView out) throws IOException {
            Wire.writeVarInt(out, list.size());
            for (PopularFeature feature : list) {
                codec.write(feature, out);
            }
        }

        @Override
        public List<PopularFeature> read(DataInputView in) throws IOException {
            int size = Wire.readVarInt(in);
            List<PopularFeature> list = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                list.add(codec.read(in));
            }
            return list;
        }
    }
}
