package io.distillwatch.pane;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The smallest pane function that has everything: adds numbers up a pane, keeps the total of a key
 * over panes, says when a key has been silent for {@link #IDLE} and forgets it, and multiplies by
 * the factor that it was last told.
 */
final class Tally extends PaneFunction<String, Tally.Number, long[], long[], Tally.Factor, String> {

    /** Length of a pane, milliseconds. */
    static final long PANE = 1_000;

    /** Silence after which a key is forgotten, milliseconds. */
    static final long IDLE = 3 * PANE;

    /** Input. */
    record Number(String key, long time, long value) {}

    /** Guidance: in force for panes that end at this time or later. */
    record Factor(long time, long factor) {}

    private final int maxCachedStates;

    private transient Factor factor;

    Tally() {
        this(100_000);
    }

    Tally(int maxCachedStates) {
        this.maxCachedStates = maxCachedStates;
    }

    static long paneEndOf(long time) {
        return Math.floorDiv(time, PANE) * PANE + PANE;
    }

    @Override
    protected long paneEnd(Number input) {
        return paneEndOf(input.time);
    }

    @Override
    protected long[] newPane(String key) {
        return new long[1];
    }

    @Override
    protected void add(long[] pane, Number input) {
        pane[0] += input.value;
    }

    @Override
    protected long[] newState(String key) {
        return new long[2];
    }

    @Override
    protected void closePane(
            String key, long paneEnd, long[] pane, Context<long[], String> context) {
        long[] state = context.state();
        long times = factor == null ? 1 : factor.factor;
        state[0] += times * pane[0];
        state[1] = paneEnd;
        context.emit(key + " " + paneEnd + ": " + times * pane[0] + " of " + state[0]);
        context.timer(paneEnd + IDLE);
    }

    @Override
    protected void onTimer(String key, long time, Context<long[], String> context) {
        long idleFrom = context.state()[1] + IDLE;
        if (idleFrom > time) {
            context.timer(idleFrom);
        } else {
            context.emit(key + " " + time + ": gone with " + context.state()[0]);
            context.clearState();
        }
    }

    @Override
    protected RecordCodec<long[]> paneCodec() {
        return new LongsCodec();
    }

    @Override
    protected RecordCodec<long[]> stateCodec() {
        return new LongsCodec();
    }

    @Override
    protected int maxCachedStates() {
        return maxCachedStates;
    }

    @Override
    protected long guidanceTime(Factor guidance) {
        return guidance.time;
    }

    @Override
    protected void onGuidance(Factor guidance) {
        factor = guidance;
    }

    @Override
    protected Collection<Factor> guidance() {
        return factor == null ? List.of() : List.of(factor);
    }

    @Override
    protected RecordCodec<Factor> guidanceCodec() {
        return new FactorCodec();
    }

    /** Bytes of a pane or a state. */
    public static final class LongsCodec implements RecordCodec<long[]> {

        @Override
        public void write(long[] values, DataOutputView out) throws IOException {
            Wire.writeLongs(out, values);
        }

        @Override
        public long[] read(DataInputView in) throws IOException {
            return Wire.readLongs(in);
        }
    }

    /** Bytes of a factor. */
    public static final class FactorCodec implements RecordCodec<Factor> {

        @Override
        public void write(Factor factor, DataOutputView out) throws IOException {
            out.writeLong(factor.time);
            out.writeLong(factor.factor);
        }

        @Override
        public Factor read(DataInputView in) throws IOException {
            return new Factor(in.readLong(), in.readLong());
        }
    }
}
