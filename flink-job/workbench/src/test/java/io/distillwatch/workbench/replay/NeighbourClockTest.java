package io.distillwatch.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class NeighbourClockTest {

    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long START = 1_776_859_200_000L;
    private static final long YEAR_2099 = 4_070_908_800_000L;

    /** What the job allows by default. */
    private static final long ALLOWED_AHEAD = 10 * MINUTE;

    @Test
    void believesALogInOrder() {
        assertThat(ahead(steady(1_000, 1_000))).isEmpty();
    }

    @Test
    void believesASparseLogInOrder() {
        assertThat(ahead(steady(200, 3 * 60 * MINUTE))).isEmpty();
    }

    @Test
    void believesASparseLogWithRandomGaps() {
        long seed = 17;
        Random random = new Random(seed);
        for (int log = 0; log < 200; log++) {
            List<Long> times = new ArrayList<>();
            long time = START;
            for (int i = 0; i < 40; i++) {
                time += (long) (60 * MINUTE * -Math.log(1 - random.nextDouble()));
                times.add(time);
            }
            assertThat(ahead(times)).as("log %d, seed %d", log, seed).isEmpty();
        }
    }

    @Test
    void doubtsALineOfTheYear2099WhereverItStands() {
        for (int at : new int[] {0, 1, 2, 10, 500, 990, 998, 999}) {
            List<Long> log = steady(1_000, 1_000);
            log.set(at, YEAR_2099);
            assertThat(ahead(log)).as("line %d", at).containsExactly(at);
        }
    }

    @Test
    void doubtsALineAWeekAheadOfItsNeighbours() {
        List<Long> log = steady(1_000, 1_000);
        log.set(400, log.get(400) + 7 * DAY);
        assertThat(ahead(log)).containsExactly(400);
    }

    @Test
    void doubtsABurstOfSixteen() {
        List<Long> log = steady(1_000, 1_000);
        for (int i = 300; i < 316; i++) {
            log.set(i, YEAR_2099 + i);
        }
        assertThat(ahead(log))
                .containsExactlyElementsOf(IntStream.range(300, 316).boxed().toList());
    }

    @Test
    void doubtsExactlyTheLinesOfAProducerWithAWrongClock() {
        long seed = 3;
        Random random = new Random(seed);
        List<Long> log = steady(20_000, 200);
        List<Integer> wrong = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            if (random.nextInt(10) == 0) {
                wrong.add(i);
                log.set(i, log.get(i) + 3 * DAY);
            }
        }
        assertThat(ahead(log)).as("seed %d", seed).containsExactlyElementsOf(wrong);
    }

    @Test
    void isNotFooledByLinesDatedFarBack() {
        List<Long> log = steady(1_000, 1_000);
        for (int i = 0; i < log.size(); i += 7) {
            log.set(i, 0L);
        }
        assertThat(ahead(log)).isEmpty();
    }

    @Test
    void believesWhatFollowsARealGap() {
        List<Long> log = steady(500, 1_000);
        log.addAll(steady(500, 1_000).stream().map(t -> t + 7 * DAY).toList());
        assertThat(ahead(log)).isEmpty();
    }

    @Test
    void believesThreeLinesAfterAGapAtTheVeryEnd() {
        List<Long> log = steady(500, 1_000);
        log.addAll(steady(3, 1_000).stream().map(t -> t + 7 * DAY).toList());
        assertThat(ahead(log)).isEmpty();
    }

    @Test
    void believesTheLinesBeforeAStepBack() {
        List<Long> log = steady(500, 1_000);
        log.addAll(steady(500, 1_000).stream().map(t -> t - 60 * MINUTE).toList());
        assertThat(ahead(log)).isEmpty();
    }

    @Test
    void believesALogThatIsSlightlyOutOfOrder() {
        long seed = 8;
        List<Long> log = steady(5_000, 1_000);
        for (int from = 0; from < log.size(); from += 100) {
            Collections.shuffle(log.subList(from, from + 100), new Random(seed + from));
        }
        assertThat(ahead(log)).as("seed %d", seed).isEmpty();
    }

    @Test
    void goesOnWithoutTimes() {
        List<Long> log = new ArrayList<>(Collections.nCopies(50, EventTimeScan.NONE));
        assertThat(clocks(log)).containsOnly(0L);
        log.add(START);
        assertThat(clocks(log)).last().isEqualTo(START);
    }

    private static List<Long> steady(int lines, long step) {
        return new ArrayList<>(LongStream.range(0, lines).mapToObj(i -> START + i * step).toList());
    }

    private static List<Integer> ahead(List<Long> log) {
        List<Long> clocks = clocks(log);
        return IntStream.range(0, log.size())
                .filter(i -> log.get(i) > clocks.get(i) + ALLOWED_AHEAD)
                .boxed()
                .toList();
    }

    private static List<Long> clocks(List<Long> log) {
        NeighbourClock clock = new NeighbourClock();
        List<Long> clocks = new ArrayList<>();
        int seen = 0;
        for (int i = 0; i < log.size(); i++) {
            while (seen < log.size() && seen < i + NeighbourClock.WINDOW) {
                clock.see(log.get(seen++));
            }
            if (seen == log.size() && seen < i + NeighbourClock.WINDOW) {
                clock.end();
            }
            clocks.add(clock.pass(log.get(i)));
        }
        return clocks;
    }
}
