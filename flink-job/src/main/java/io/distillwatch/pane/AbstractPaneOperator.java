package io.distillwatch.pane;

import io.distillwatch.serial.RecordCodec;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Runs a {@link PaneFunction}: gathers open panes on the heap, closes them in order of time as the
 * watermark passes, and keeps each key's state in a {@link StateCache}. RocksDB is touched at
 * checkpoints and for keys that come back, not for every record.
 *
 * <p>Panes and timers are interleaved by time even when the watermark leaps over many of them, and
 * a watermark follows each pane, so that downstream panes close in step.
 *
 * <p>How far panes are closed is part of the state. Flink's watermarks are not: after a restore
 * they begin anew, and a record of a pane that was closed before it would open that pane once more.
 */
abstract class AbstractPaneOperator<K, I, P, S, B, O> extends AbstractStreamOperator<O>
        implements Triggerable<K, VoidNamespace> {

    /** A pane of one key, and whether an older version of it lies in the keyed state. */
    private static final class OpenPane<P> {
        final P pane;
        boolean dirty = true;
        boolean stored;

        OpenPane(P pane) {
            this.pane = pane;
        }
    }

    final PaneFunction<K, I, P, S, B, O> function;

    private transient TreeMap<Long, Map<K, OpenPane<P>>> open;
    /* The pane that the last record went to: the next one mostly goes there too. */
    private transient long latestEnd;
    private transient Map<K, OpenPane<P>> latest;
    private transient Function<K, OpenPane<P>> newPane;
    /* Of the record at hand, and the one that the state backend was told last. */
    private transient K recordKey;
    private transient Object selected;
    private transient MapState<Long, byte[]> storedPanes;
    private transient ListState<Long> storedProgress;
    private transient StateCache<K, S> cache;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient KeyContext context;
    private transient Counter tooLate;
    /* Reads and writes of keyed state: what the caches are there to avoid. */
    private transient Counter accesses;
    private transient DataOutputSerializer out;
    /* Event time up to which panes are closed: the same in all subtasks at a checkpoint. */
    private transient long closedUpTo;
    /* Keys of the pane that was closed last. */
    private transient int activeKeys;

    AbstractPaneOperator(PaneFunction<K, I, P, S, B, O> function) {
        this.function = function;
    }

    @Override
    public void initializeState(StateInitializationContext initialization) throws Exception {
        super.initializeState(initialization);
        open = new TreeMap<>();
        accesses = new SimpleCounter();
        out = new DataOutputSerializer(1024);
        MapStateDescriptor<Long, byte[]> panes =
                new MapStateDescriptor<>(
                        "open-panes",
                        LongSerializer.INSTANCE,
                        BytePrimitiveArraySerializer.INSTANCE);
        storedPanes = initialization.getKeyedStateStore().getMapState(panes);
        ValueStateDescriptor<byte[]> state =
                new ValueStateDescriptor<>("state", BytePrimitiveArraySerializer.INSTANCE);
        cache =
                new StateCache<>(
                        this::select,
                        initialization.getKeyedStateStore().getState(state),
                        function.stateCodec(),
                        function.maxCachedStates(),
                        accesses);
        timers = getInternalTimerService("timers", VoidNamespaceSerializer.INSTANCE, this);
        storedProgress =
                initialization
                        .getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>("closed-up-to", LongSerializer.INSTANCE));
        closedUpTo = Long.MIN_VALUE;
        for (long each : storedProgress.get()) {
            closedUpTo = Math.max(closedUpTo, each);
        }
        if (initialization.isRestored()) {
            restorePanes(panes);
        }
    }

    private void restorePanes(MapStateDescriptor<Long, byte[]> descriptor) throws Exception {
        RecordCodec<P> codec = function.paneCodec();
        DataInputDeserializer in = new DataInputDeserializer();
        backend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        descriptor,
                        (key, panes) -> {
                            for (Map.Entry<Long, byte[]> entry : panes.entries()) {
                                in.setBuffer(entry.getValue());
                                OpenPane<P> pane = new OpenPane<>(codec.read(in));
                                pane.dirty = false;
                                pane.stored = true;
                                panesAt(entry.getKey()).put(key, pane);
                            }
                        });
    }

    @Override
    public void open() throws Exception {
        super.open();
        context = new KeyContext();
        newPane = key -> new OpenPane<>(function.newPane(key));
        MetricGroup metrics = getMetricGroup().addGroup("distillwatch");
        tooLate = metrics.counter("recordsAfterClosedPane");
        metrics.counter("stateAccesses", accesses);
        metrics.gauge("activeKeys", () -> activeKeys);
        metrics.gauge("stateBytesPerKey", () -> cache.meanBytes());
        function.open(metrics);
    }

    /**
     * A record goes into a pane on the heap: of its key nothing more is needed than the key. The
     * state backend, which writes each key out as bytes that it is told, hears of those that it is
     * asked about.
     */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public void setKeyContextElement1(StreamRecord element) throws Exception {
        recordKey = ((KeySelector<I, K>) stateKeySelector1).getKey((I) element.getValue());
    }

    @Override
    public void setCurrentKey(Object key) {
        selected = key;
        super.setCurrentKey(key);
    }

    private void select(K key) {
        if (key != selected) {
            setCurrentKey(key);
        }
    }

    /** Takes a record of the keyed input. */
    final void take(StreamRecord<I> element) throws Exception {
        I input = element.getValue();
        long paneEnd = function.paneEnd(input);
        if (paneEnd - 1 <= closedUpTo) {
            tooLate.inc();
            context.enter(recordKey, paneEnd - 1);
            function.missedPane(input, closedUpTo, context);
            context.leave();
            return;
        }
        OpenPane<P> pane = panesAt(paneEnd).computeIfAbsent(recordKey, newPane);
        function.add(pane.pane, input);
        pane.dirty = true;
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        while (!open.isEmpty() && open.firstKey() - 1 <= watermark.getTimestamp()) {
            long paneEnd = open.firstKey();
            advanceTimers(paneEnd - 2);
            beforePane(paneEnd);
            Map<K, OpenPane<P>> panes = open.get(paneEnd);
            for (Map.Entry<K, OpenPane<P>> entry : panes.entrySet()) {
                OpenPane<P> pane = entry.getValue();
                context.enter(entry.getKey(), paneEnd - 1);
                if (pane.stored) {
                    accesses.inc();
                    select(entry.getKey());
                    storedPanes.remove(paneEnd);
                }
                function.closePane(entry.getKey(), paneEnd, pane.pane, context);
                context.leave();
            }
            activeKeys = panes.size();
            open.remove(paneEnd);
            latest = null;
            closedUpTo = paneEnd - 1;
            cache.trim();
            if (paneEnd - 1 < watermark.getTimestamp()) {
                advanceTimers(paneEnd - 1);
                output.emitWatermark(new Watermark(paneEnd - 1));
            }
        }
        boolean end = Watermark.MAX_WATERMARK.equals(watermark);
        if (!end) {
            // The end of the input is no time: a job that is drained and restored goes on.
            closedUpTo = Math.max(closedUpTo, watermark.getTimestamp());
        }
        if (end && !function.timersAtEnd()) {
            output.emitWatermark(watermark);
        } else {
            super.processWatermark(watermark);
        }
        cache.trim();
    }

    /** Hook for guidance that comes into force with a pane. */
    void beforePane(long paneEnd) throws Exception {}

    private void advanceTimers(long time) throws Exception {
        if (getTimeServiceManager().isPresent()) {
            getTimeServiceManager().get().advanceWatermark(new Watermark(time));
        }
    }

    @Override
    public void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
        context.enter(timer.getKey(), timer.getTimestamp());
        if (context.timerFired()) {
            function.onTimer(timer.getKey(), timer.getTimestamp(), context);
        }
        context.leave();
    }

    @Override
    public void onProcessingTime(InternalTimer<K, VoidNamespace> timer) {
        throw new IllegalStateException("no processing-time timer is ever set");
    }

    @Override
    public void snapshotState(StateSnapshotContext snapshot) throws Exception {
        super.snapshotState(snapshot);
        RecordCodec<P> codec = function.paneCodec();
        for (Map.Entry<Long, Map<K, OpenPane<P>>> panes : open.entrySet()) {
            for (Map.Entry<K, OpenPane<P>> entry : panes.getValue().entrySet()) {
                OpenPane<P> pane = entry.getValue();
                if (pane.dirty) {
                    select(entry.getKey());
                    out.clear();
                    codec.write(pane.pane, out);
                    accesses.inc();
                    storedPanes.put(panes.getKey(), out.getCopyOfBuffer());
                    pane.dirty = false;
                    pane.stored = true;
                }
            }
        }
        cache.flush();
        storedProgress.update(List.of(closedUpTo));
    }

    private Map<K, OpenPane<P>> panesAt(long paneEnd) {
        if (latest == null || latestEnd != paneEnd) {
            // As many keys as the last one had: growing by doubling costs more than its entries.
            latest = open.computeIfAbsent(paneEnd, end -> new HashMap<>(2 * activeKeys));
            latestEnd = paneEnd;
        }
        return latest;
    }

    @SuppressWarnings("unchecked")
    private KeyedStateBackend<K> backend() {
        return (KeyedStateBackend<K>) getKeyedStateBackend();
    }

    /** The context of one call. */
    private final class KeyContext implements PaneFunction.Context<S, O> {
        private K key;
        private long timestamp;
        private StateCache.Cell<S> cell;

        void enter(K newKey, long newTimestamp) {
            key = newKey;
            timestamp = newTimestamp;
            cell = null;
        }

        void leave() {
            cell = null;
        }

        /** Whether the function waits for it. */
        boolean timerFired() {
            StateCache.Cell<S> own = cell();
            own.dirty = true;
            boolean awaited = timestamp == own.timer;
            if (awaited) {
                own.timer = StateCache.NO_TIMER;
            } else {
                own.later = StateCache.NO_TIMER;
            }
            return awaited;
        }

        private StateCache.Cell<S> cell() {
            if (cell == null) {
                try {
                    cell = cache.get(key);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            return cell;
        }

        @Override
        public S state() {
            StateCache.Cell<S> own = cell();
            if (own.state == null) {
                own.state = function.newState(key);
            }
            own.dirty = true;
            return own.state;
        }

        @Override
        public void clearState() {
            cell().state = null;
            cell().dirty = true;
        }

        @Override
        public void timer(long time) {
            StateCache.Cell<S> own = cell();
            if (time >= own.timer) {
                return;
            }
            own.dirty = true;
            if (own.timer == StateCache.NO_TIMER && own.later <= time) {
                own.timer = own.later;
                own.later = StateCache.NO_TIMER;
                return;
            }
            select(key);
            if (own.later == StateCache.NO_TIMER) {
                // It is left standing: to delete it and set it anew is most of what timers cost.
                own.later = own.timer;
            } else if (own.timer != StateCache.NO_TIMER) {
                timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, own.timer);
            }
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
            own.timer = time;
        }

        @Override
        public void emit(O record) {
            output.collect(new StreamRecord<>(record, timestamp));
        }

        @Override
        public <X> void emit(OutputTag<X> tag, X record) {
            output.collect(tag, new StreamRecord<>(record, timestamp));
        }
    }
}
