package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Since when a group uses which models, and how much of late. */
final class ModelUse {

    static final int MAX_MODELS = 32;

    private static final long QUARTER = 21_600_000;
    /* Four quarter-days and what is over of a fifth are the last 24 hours. */
    private static final int QUARTERS = 5;
    /* A model that nobody used for longer than a new one counts as new, eight days, makes room. */
    private static final long FORGET = 32;

    /** One model. */
    private static final class Use {
        long firstSeen = Long.MAX_VALUE;
        /* The newest quarter-day with an exchange, and the counts of it and of those before. */
        long newest;
        final long[] counts = new long[QUARTERS];

        void add(long time) {
            firstSeen = Math.min(firstSeen, time);
            long quarter = Math.floorDiv(time, QUARTER);
            // Before that nothing is left to shift.
            newest = Math.max(newest, quarter - QUARTERS);
            while (newest < quarter) {
                newest++;
                System.arraycopy(counts, 0, counts, 1, QUARTERS - 1);
                counts[0] = 0;
            }
            if (newest - quarter < QUARTERS) {
                counts[(int) (newest - quarter)]++;
            }
        }

        /** Exchanges of the last 24 hours; of the quarter-day that is cut, its share. */
        long lastDay(long now) {
            long current = Math.floorDiv(now - 1, QUARTER);
            double over = 1 - (now - current * QUARTER) / (double) QUARTER;
            double sum = 0;
            for (int i = 0; i < QUARTERS; i++) {
                long age = current - (newest - i);
                if (age < QUARTERS) {
                    sum += age == QUARTERS - 1 ? over * counts[i] : counts[i];
                }
            }
            return Math.round(sum);
        }
    }

    private final TreeMap<Long, Use> uses = new TreeMap<>();

    void add(long model, long time) {
        Use use = uses.get(model);
        if (use == null) {
            long quarter = Math.floorDiv(time, QUARTER);
            if (uses.size() == MAX_MODELS) {
                uses.values().removeIf(old -> quarter - old.newest > FORGET);
            }
            if (uses.size() == MAX_MODELS) {
                return;
            }
            use = new Use();
            use.newest = quarter;
            uses.put(model, use);
        }
        use.add(time);
    }

    /** As of the end of a pane. */
    GroupStatistics.Models statistics(long now) {
        long[] ids = new long[uses.size()];
        long[] firstSeen = new long[ids.length];
        long[] recent = new long[ids.length];
        int i = 0;
        for (Map.Entry<Long, Use> entry : uses.entrySet()) {
            ids[i] = entry.getKey();
            firstSeen[i] = entry.getValue().firstSeen;
            recent[i++] = entry.getValue().lastDay(now);
        }
        return new GroupStatistics.Models(ids, firstSeen, recent);
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeVarInt(out, uses.size());
        for (Map.Entry<Long, Use> entry : uses.entrySet()) {
            out.writeLong(entry.getKey());
            out.writeLong(entry.getValue().firstSeen);
            Wire.writeVarLong(out, entry.getValue().newest);
            for (long count : entry.getValue().counts) {
                Wire.writeVarLong(out, count);
            }
        }
    }

    static ModelUse read(DataInputView in) throws IOException {
        ModelUse models = new ModelUse();
        int size = Wire.readVarInt(in);
        for (int i = 0; i < size; i++) {
            Use use = new Use();
            models.uses.put(in.readLong(), use);
            use.firstSeen = in.readLong();
            use.newest = Wire.readVarLong(in);
            for (int j = 0; j < QUARTERS; j++) {
                use.counts[j] = Wire.readVarLong(in);
            }
        }
        return models;
    }
}
