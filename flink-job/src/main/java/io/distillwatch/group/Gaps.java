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
    /* Spreads small differences over 64 bits: the golden ratio's fractional part. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final int LENGTH_BITS =
            Integer.numberOfTrailingZeros(GroupStatistics.Timing.GAP_CLASSES);

    private long count;
    private long shortOnes;
    private double seconds;
    private double squares;
    private long longOnes;
    private long hourly;
    private long middle;
    private long quarterly;
    private double middleSeconds;
    /* By the number of full hours of the clock that lie between two exchanges. */
    private final long[] steps = new long[STEPS];
    /* The middle and long ones by their number of five minutes, hashed. */
    private final long[] lengths = new long[GroupStatistics.Timing.GAP_CLASSES];

    /** Takes two consecutive exchanges of one account, by their event times. */
    void add(long from, long to) {
        double gap = (to - from) / 1000.0;
        count++;
        seconds += gap;
        squares += gap * gap;
        if (gap < 600) {
            shortOnes++;
        } else {
            middle++;
            middleSeconds += gap;
            lengths[lengthClass(gap)]++;
            quarterly += near(gap, 900, 45) ? 1 : 0;
        }
        if (gap > 3000) {
            longOnes++;
            hourly += near(gap, 3600, 180) ? 1 : 0;
        }
        steps[(int) Math.min(STEPS - 1, Math.floorDiv(to, HOUR) - Math.floorDiv(from, HOUR))]++;
    }

    private static int lengthClass(double gap) {
        return (int) ((long) (gap / 300) * GOLDEN >>> 64 - LENGTH_BITS);
    }

    private static boolean near(double gap, double period, double tolerance) {
        double over = gap % period;
        return over <= tolerance || over >= period - tolerance;
    }

    GroupStatistics.Timing timing(long lastBin, long[] bins) {
        long common = Arrays.stream(steps).max().orElse(0);
        return new GroupStatistics.Timing(
                count,
                shortOnes,
                seconds,
                squares,
                longOnes,
                hourly,
                middle,
                quarterly,
                middleSeconds,
                sameLength(),
                count == 0 ? 0 : (double) common / count,
                lastBin,
                bins);
    }

    private double sameLength() {
        double pairs = 0;
        for (long each : lengths) {
            pairs += (double) each * (each - 1);
        }
        return middle < 2 ? 0 : pairs / ((double) middle * (middle - 1));
    }

    void write(DataOutputView out) throws IOException {
        out.writeLong(count);
        out.writeLong(shortOnes);
        out.writeDouble(seconds);
        out.writeDouble(squares);
        out.writeLong(longOnes);
        out.writeLong(hourly);
        out.writeLong(middle);
        out.writeLong(quarterly);
        out.writeDouble(middleSeconds);
        Wire.writeCounts(out, steps);
        Wire.writeCounts(out, lengths);
    }

    static Gaps read(DataInputView in) throws IOException {
        Gaps gaps = new Gaps();
        gaps.count = in.readLong();
        gaps.shortOnes = in.readLong();
        gaps.seconds = in.readDouble();
        gaps.squares = in.readDouble();
        gaps.longOnes = in.readLong();
        gaps.hourly = in.readLong();
        gaps.middle = in.readLong();
        gaps.quarterly = in.readLong();
        gaps.middleSeconds = in.readDouble();
        System.arraycopy(Wire.readCounts(in), 0, gaps.steps, 0, STEPS);
        System.arraycopy(Wire.readCounts(in), 0, gaps.lengths, 0, gaps.lengths.length);
        return gaps;
    }
}
