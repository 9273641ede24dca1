package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The gaps between consecutive exchanges of one account, over all accounts of a group: how long
 * they are, and whether they keep to the clock.
 */
final class Gaps {

    private static final long HOUR = 3_600_000;
    /* A day of hours, and one for everything beyond. */
    private static final int STEPS = 26;
    /* One part in so many that a timer's gaps may differ by. */
    private static final int ALIKE = 5;

    private long count;
    private long shortOnes;
    private double seconds;
    private double squares;
    private long longOnes;
    private long hourly;
    /* By how much these miss the full hours, summed. */
    private double offHour;
    private long middle;
    private long quarterly;
    /* Gaps that could be held against the one before, and of these those that are about as long. */
    private long compared;
    private long alike;
    /* By the number of full hours of the clock that lie between two exchanges. */
    private final long[] steps = new long[STEPS];

    /**
     * Takes two consecutive exchanges of one account, by their event times.
     *
     * @param before the account's gap before this one, in milliseconds; 0 for none
     */
    void add(long from, long to, long before) {
        double gap = (to - from) / 1000.0;
        count++;
        seconds += gap;
        squares += gap * gap;
        if (gap < 600) {
            shortOnes++;
        } else {
            middle++;
            quarterly += near(gap, 900, 45) ? 1 : 0;
        }
        if (gap > 3000) {
            longOnes++;
            if (near(gap, 3600, 180)) {
                hourly++;
                offHour += Math.IEEEremainder(gap, 3600);
            }
        }
        if (before > 0) {
            compared++;
            alike += Math.abs(to - from - before) * ALIKE <= before ? 1 : 0;
        }
        steps[(int) Math.min(STEPS - 1, Math.floorDiv(to, HOUR) - Math.floorDiv(from, HOUR))]++;
    }

    private static boolean near(double gap, double period, double tolerance) {
        double over = gap % period;
        return over <= tolerance || over >= period - tolerance;
    }

    GroupStatistics.Timing timing(PooledStreams pooled, long lastBin, long[] bins) {
        // Gaps within one hour are no step: they are turns of one conversation.
        long common = Arrays.stream(steps).skip(1).max().orElse(0);
        return new GroupStatistics.Timing(
                count,
                shortOnes,
                seconds,
                squares,
                longOnes,
                hourly,
                offHour / Math.max(1, hourly),
                middle,
                quarterly,
                count == 0 ? 0 : (double) common / count,
                compared == 0 ? 0 : (double) alike / compared,
                pooled.exchanges().pairs(),
                pooled.exchanges().dispersion(),
                pooled.byMinute().dispersion(),
                pooled.callers().dispersion(),
                lastBin,
                bins);
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(count);
        out.writeLong(shortOnes);
        out.writeDouble(seconds);
        out.writeDouble(squares);
        out.writeLong(longOnes);
        out.writeLong(hourly);
        out.writeDouble(offHour);
        out.writeLong(middle);
        out.writeLong(quarterly);
        out.writeLong(compared);
        out.writeLong(alike);
        Wire.writeLongs(out, steps);
    }

    static Gaps read(DataInputView in) throws IOException {
        Gaps gaps = new Gaps();
        gaps.count = in.readLong();
        gaps.shortOnes = in.readLong();
        gaps.seconds = in.readDouble();
        gaps.squares = in.readDouble();
        gaps.longOnes = in.readLong();
        gaps.hourly = in.readLong();
        gaps.offHour = in.readDouble();
        gaps.middle = in.readLong();
        gaps.quarterly = in.readLong();
        gaps.compared = in.readLong();
        gaps.alike = in.readLong();
        long[] steps = Wire.readLongs(in);
        System.arraycopy(steps, 0, gaps.steps, 0, STEPS);
        return gaps;
    }
}
