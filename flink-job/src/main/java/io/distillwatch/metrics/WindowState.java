package io.distillwatch.metrics;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The slices of one key, level by level, as {@link WindowPlan} lays them out.
 *
 * <p>Most keys have a slice or two, and a subtask holds tens of thousands of keys: a level is a
 * chain from its newest slice to its oldest, without a collection around it.
 */
final class WindowState {

    private static final byte VERSION = 3;

    /** A slice, where it ends, and the one before it. */
    private static final class Slot {
        final long end;
        private Slice slice;
        private Slot older;
        /* Whether other levels have the same slice: copied when more comes, which it seldom does. */
        private boolean shared;

        Slot(long end, Slice slice, Slot older, boolean shared) {
            this.end = end;
            this.slice = slice;
            this.older = older;
            this.shared = shared;
        }

        void merge(Slice more) {
            if (shared) {
                slice = slice.copy();
                shared = false;
            }
            slice.merge(more);
        }
    }

    /* By level; null where it has none. */
    private final Slot[] newest;
    private long firstSeen = Long.MAX_VALUE;
    /* Of accounts only. */
    private DayProfile day;

    /** Nothing yet, on so many levels. */
    WindowState(int levels) {
        newest = new Slot[levels];
    }

    /** Takes the slice of one pane, for good; panes come in order. */
    void add(WindowPlan plan, long paneEnd, Slice slice) {
        firstSeen = Math.min(firstSeen, slice.firstSeen);
        for (int i = 0; i < newest.length; i++) {
            WindowPlan.Level level = plan.levels().get(i);
            long end = slotEnd(paneEnd, level.slide());
            expire(i, end - level.retention());
            if (touched(i, end)) {
                newest[i].merge(slice);
            } else {
                newest[i] = new Slot(end, slice, newest[i], true);
            }
        }
    }

    /** Adds up the window that ends at a boundary of its slide. */
    void sum(int level, WindowPlan.Window window, long end, WindowSum sum) {
        for (Slot slot = newest[level];
                slot != null && slot.end > end - window.size();
                slot = slot.older) {
            if (slot.end <= end) {
                sum.add(slot.slice);
            }
        }
    }

    /** Whether the level's slice that ends here has records: only then its windows are news. */
    boolean touched(int level, long end) {
        return newest[level] != null && newest[level].end == end;
    }

    /** Exchanges within the retention of the coarsest level. */
    long recentExchanges() {
        long sum = 0;
        for (Slot slot = newest[newest.length - 1]; slot != null; slot = slot.older) {
            sum += slot.slice.exchanges;
        }
        return sum;
    }

    /** Event time of the first exchange since the key was last forgotten. */
    long firstSeen() {
        return firstSeen;
    }

    /** The hours of the last day, made anew if there are none. */
    DayProfile day() {
        if (day == null) {
            day = new DayProfile();
        }
        return day;
    }

    /** Drops what no window needs any more; whether nothing is left. */
    boolean expire(WindowPlan plan, long now) {
        boolean empty = true;
        for (int i = 0; i < newest.length; i++) {
            expire(i, now - plan.levels().get(i).retention());
            empty &= newest[i] == null;
        }
        return empty;
    }

    /** When the last slice will have left its level. */
    long expiry(WindowPlan plan) {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < newest.length; i++) {
            if (newest[i] != null) {
                latest = Math.max(latest, newest[i].end + plan.levels().get(i).retention());
            }
        }
        return latest;
    }

    static long slotEnd(long paneEnd, long slide) {
        return WindowPlan.paneEnd(paneEnd - 1, slide);
    }

    private void expire(int level, long before) {
        Slot kept = null;
        Slot slot = newest[level];
        while (slot != null && slot.end > before) {
            kept = slot;
            slot = slot.older;
        }
        if (kept == null) {
            newest[level] = null;
        } else {
            kept.older = null;
        }
    }

    /**
     * Bytes of {@link WindowState}: a version, then the levels, each with its slide. When other
     * windows are configured than those the state was written with, slices go on at the level of
     * their slide, those of a slide that no window has any more are dropped, and a new level begins
     * empty.
     */
    static final class Codec implements RecordCodec<WindowState> {

        private final List<Long> slides;

        Codec(WindowPlan plan) {
            this.slides = plan.levels().stream().map(WindowPlan.Level::slide).toList();
        }

        @Override
        public void write(WindowState state, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            out.writeLong(state.firstSeen);
            out.writeBoolean(state.day != null);
            if (state.day != null) {
                state.day.write(out);
            }
            Wire.writeVarInt(out, state.newest.length);
            for (int i = 0; i < state.newest.length; i++) {
                Wire.writeVarLong(out, slides.get(i));
                for (Slot slot = state.newest[i]; slot != null; slot = slot.older) {
                    out.writeBoolean(true);
                    out.writeLong(slot.end);
                    slot.slice.write(out);
                }
                out.writeBoolean(false);
            }
        }

        @Override
        public WindowState read(DataInputView in) throws IOException {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IOException("window state of unknown version " + version);
            }
            WindowState state = new WindowState(slides.size());
            state.firstSeen = in.readLong();
            if (in.readBoolean()) {
                state.day = DayProfile.read(in);
            }
            int levels = Wire.readVarInt(in);
            for (int i = 0; i < levels; i++) {
                int level = slides.indexOf(Wire.readVarLong(in));
                Slot slots = readSlots(in);
                if (level >= 0) {
                    state.newest[level] = slots;
                }
            }
            return state;
        }

        private static Slot readSlots(DataInputView in) throws IOException {
            Slot newest = null;
            Slot oldest = null;
            while (in.readBoolean()) {
                Slot slot = new Slot(in.readLong(), Slice.read(in), null, false);
                if (oldest == null) {
                    newest = slot;
                } else {
                    oldest.older = slot;
                }
                oldest = slot;
            }
            return newest;
        }
    }
}
