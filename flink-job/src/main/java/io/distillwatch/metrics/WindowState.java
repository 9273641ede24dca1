package io.distillwatch.metrics;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The slices of one key, level by level, as {@link WindowPlan} lays them out. */
final class WindowState {

    private static final byte VERSION = 2;

    /** A slice and where it ends. */
    private static final class Slot {
        final long end;
        private Slice slice;
        /* Whether other levels have the same slice: copied when more comes, which it seldom does. */
        private boolean shared;

        Slot(long end, Slice slice, boolean shared) {
            this.end = end;
            this.slice = slice;
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

    private final List<Deque<Slot>> levels = new ArrayList<>();
    private long firstSeen = Long.MAX_VALUE;
    /* Of accounts only. */
    private DayProfile day;

    /** Takes the slice of one pane, for good; panes come in order. */
    void add(WindowPlan plan, long paneEnd, Slice slice) {
        firstSeen = Math.min(firstSeen, slice.firstSeen);
        for (int i = 0; i < plan.levels().size(); i++) {
            if (i == levels.size()) {
                levels.add(new ArrayDeque<>(1));
            }
            WindowPlan.Level level = plan.levels().get(i);
            Deque<Slot> slots = levels.get(i);
            long end = slotEnd(paneEnd, level.slide());
            expire(slots, end - level.retention());
            Slot last = slots.peekLast();
            if (last != null && last.end == end) {
                last.merge(slice);
            } else {
                slots.addLast(new Slot(end, slice, true));
            }
        }
    }

    /**
     * The window that ends at a boundary of its slide, to be read only; null when nothing is in it.
     */
    Slice window(int level, WindowPlan.Window window, long end) {
        Deque<Slot> slots = levels.get(level);
        Slice only = null;
        Slice merged = null;
        for (Iterator<Slot> newest = slots.descendingIterator(); newest.hasNext(); ) {
            Slot slot = newest.next();
            if (slot.end <= end - window.size()) {
                break;
            }
            if (slot.end > end) {
                continue;
            }
            if (only == null) {
                only = slot.slice;
                continue;
            }
            if (merged == null) {
                merged = only.copy();
            }
            merged.merge(slot.slice);
        }
        return merged == null ? only : merged;
    }

    /** Whether the level's slice that ends here has records: only then its windows are news. */
    boolean touched(int level, long end) {
        Slot last = levels.get(level).peekLast();
        return last != null && last.end == end;
    }

    /** Exchanges within the retention of the coarsest level. */
    long recentExchanges() {
        long sum = 0;
        for (Slot slot : levels.get(levels.size() - 1)) {
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
        for (int i = 0; i < levels.size(); i++) {
            expire(levels.get(i), now - plan.levels().get(i).retention());
            empty &= levels.get(i).isEmpty();
        }
        return empty;
    }

    /** When the last slice will have left its level. */
    long expiry(WindowPlan plan) {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < levels.size(); i++) {
            Slot last = levels.get(i).peekLast();
            if (last != null) {
                latest = Math.max(latest, last.end + plan.levels().get(i).retention());
            }
        }
        return latest;
    }

    static long slotEnd(long paneEnd, long slide) {
        return WindowPlan.paneEnd(paneEnd - 1, slide);
    }

    private static void expire(Deque<Slot> slots, long before) {
        while (!slots.isEmpty() && slots.peekFirst().end <= before) {
            slots.removeFirst();
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
            Wire.writeVarInt(out, state.levels.size());
            for (int i = 0; i < state.levels.size(); i++) {
                Deque<Slot> slots = state.levels.get(i);
                Wire.writeVarLong(out, slides.get(i));
                Wire.writeVarInt(out, slots.size());
                for (Slot slot : slots) {
                    out.writeLong(slot.end);
                    slot.slice.write(out);
                }
            }
        }

        @Override
        public WindowState read(DataInputView in) throws IOException {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IOException("window state of unknown version " + version);
            }
            WindowState state = new WindowState();
            slides.forEach(slide -> state.levels.add(new ArrayDeque<>(1)));
            state.firstSeen = in.readLong();
            if (in.readBoolean()) {
                state.day = DayProfile.read(in);
            }
            int levels = Wire.readVarInt(in);
            for (int i = 0; i < levels; i++) {
                int level = slides.indexOf(Wire.readVarLong(in));
                Deque<Slot> slots = level >= 0 ? state.levels.get(level) : new ArrayDeque<>();
                int size = Wire.readVarInt(in);
                for (int j = 0; j < size; j++) {
                    slots.addLast(new Slot(in.readLong(), Slice.read(in), false));
                }
            }
            return state;
        }
    }
}
