package io.distillwatch.metrics;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The slices of one key, level by level, as {@link WindowPlan} lays them out.
 *
 * <p>Most keys have a slice or two, and a subtask holds tens of thousands of keys: a level is a
 * chain from its newest slice to its oldest, without a collection around it, and a slice is {@link
 * SlicePacker packed}.
 */
final class WindowState {

    private static final byte VERSION = 5;

    /** A slice, where it ends, and the one before it. */
    private static final class Slot {
        final long end;
        final byte[] slice;
        private Slot older;

        Slot(long end, byte[] slice, Slot older) {
            this.end = end;
            this.slice = slice;
            this.older = older;
        }
    }

    /* By level; null where it has none. */
    private final Slot[] newest;
    /* Where each level's oldest slice ends, or before: a chain is walked only if that has expired. */
    private final long[] oldestEnd;
    private long firstSeen = Long.MAX_VALUE;
    private long lastPane = Long.MIN_VALUE;
    /* Of accounts only. */
    private DayProfile day;

    /** Nothing yet, on so many levels. */
    WindowState(int levels) {
        newest = new Slot[levels];
        oldestEnd = new long[levels];
    }

    /** Takes the slice of one pane; panes come in order. */
    void add(WindowPlan plan, long paneEnd, Slice slice, SlicePacker packer) {
        firstSeen = Math.min(firstSeen, slice.firstSeen);
        lastPane = paneEnd;
        for (int i = 0; i < newest.length; i++) {
            WindowPlan.Level level = plan.levels().get(i);
            expire(i, WindowPlan.sliceEnd(paneEnd, level.slide()) - level.retention());
        }
        push(0, paneEnd, packer.pack(slice));
    }

    /**
     * Makes the coarser slices that have ended by now, once all panes up to there are taken: one a
     * level at its end, and after a change of windows all that a new level can have of finer ones.
     */
    void rollUp(WindowPlan plan, long now, SlicePacker packer) {
        for (int i = 1; i < newest.length; i++) {
            WindowPlan.Level level = plan.levels().get(i);
            long ended = Math.floorDiv(now, level.slide()) * level.slide();
            if (!has(i, ended)) {
                rollUp(i, level, now, packer);
            }
        }
    }

    private void rollUp(int i, WindowPlan.Level level, long now, SlicePacker packer) {
        long before = taken(i, level, now);
        long ended = Math.floorDiv(now, level.slide()) * level.slide();
        ArrayDeque<Slot> oldestFirst = new ArrayDeque<>();
        for (Slot slot = newest[level.from()];
                slot != null && slot.end > before;
                slot = slot.older) {
            if (slot.end <= ended) {
                oldestFirst.addFirst(slot);
            }
        }
        while (!oldestFirst.isEmpty()) {
            long end = WindowPlan.sliceEnd(oldestFirst.peekFirst().end, level.slide());
            List<byte[]> parts = new ArrayList<>();
            while (!oldestFirst.isEmpty() && oldestFirst.peekFirst().end <= end) {
                parts.add(oldestFirst.pollFirst().slice);
            }
            push(i, end, packer.merge(parts));
        }
    }

    /* Up to where finer slices are in those of the level, or were and have expired. */
    private long taken(int i, WindowPlan.Level level, long now) {
        long gone = WindowPlan.sliceEnd(now, level.slide()) - level.retention();
        return newest[i] == null ? gone : Math.max(gone, newest[i].end);
    }

    /** Whether the level has a slice that ends here: only then its windows are news. */
    boolean has(int level, long end) {
        return newest[level] != null && newest[level].end == end;
    }

    /**
     * Adds the level's slices that end after one time, up to another and with it; whether there are
     * any.
     */
    boolean sum(int level, long after, long upTo, WindowSum sum) {
        boolean any = false;
        for (Slot slot = newest[level]; slot != null && slot.end > after; slot = slot.older) {
            if (slot.end <= upTo) {
                sum.add(slot.slice);
                any = true;
            }
        }
        return any;
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

    /** Drops what no window needs any more; whether nothing is left, nor of an account's day. */
    boolean expire(WindowPlan plan, long now) {
        boolean empty = day == null || day.end() <= now;
        for (int i = 0; i < newest.length; i++) {
            expire(i, now - plan.levels().get(i).retention());
            empty &= newest[i] == null;
        }
        return empty;
    }

    /** When the next coarser slice ends that has records; if none does, the last slice leaves. */
    long nextTurn(WindowPlan plan, long now) {
        long next = Long.MAX_VALUE;
        for (WindowPlan.Level level : plan.levels()) {
            long end = WindowPlan.sliceEnd(now, level.slide());
            boolean active = lastPane > end - level.slide();
            if (end > now && active) {
                next = Math.min(next, end);
            }
        }
        return next == Long.MAX_VALUE ? expiry(plan) : next;
    }

    /** When the last slice will have left its level, and an account's day will be over. */
    long expiry(WindowPlan plan) {
        long latest = day == null ? Long.MIN_VALUE : day.end();
        for (int i = 0; i < newest.length; i++) {
            if (newest[i] != null) {
                latest = Math.max(latest, newest[i].end + plan.levels().get(i).retention());
            }
        }
        return latest;
    }

    private void push(int level, long end, byte[] slice) {
        if (newest[level] == null) {
            oldestEnd[level] = end;
        }
        newest[level] = new Slot(end, slice, newest[level]);
    }

    private void expire(int level, long before) {
        if (newest[level] == null || oldestEnd[level] > before) {
            return;
        }
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
            oldestEnd[level] = kept.end;
        }
    }

    /**
     * Bytes of {@link WindowState}: a version, then the levels, each with its slide. When other
     * windows are configured than those the state was written with, slices go on at the level of
     * their slide, those of a slide that no level has any more are dropped with what no coarser one
     * had taken yet, and a new level begins with what finer ones hold.
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
            out.writeLong(state.lastPane);
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
                    Wire.writeBytes(out, slot.slice);
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
            state.lastPane = in.readLong();
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
                Slot slot = new Slot(in.readLong(), Wire.readBytes(in), null);
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
