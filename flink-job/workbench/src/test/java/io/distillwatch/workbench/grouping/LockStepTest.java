package io.distillwatch.workbench.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LockStepTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static final long MINUTE = 60_000;

    private static LockStep.Found find(Duration window, int minAccounts, Act... acts) {
        return new LockStep(List.of(acts), minAccounts).find(window);
    }

    @Test
    void twoCommonTargetsLinkAndOneDoesNot() {
        LockStep.Found found =
                find(
                        HOUR,
                        2,
                        new Act("a", "t1", 0),
                        new Act("b", "t1", MINUTE),
                        new Act("c", "t1", 2 * MINUTE),
                        new Act("a", "t2", 3 * MINUTE),
                        new Act("b", "t2", 4 * MINUTE),
                        new Act("c", "t3", 5 * MINUTE));

        assertThat(found.groups()).containsExactly(Set.of("a", "b"));
        assertThat(found.links()).containsExactly(new LockStep.Link("a", "b"));
    }

    @Test
    void oneTargetTwiceIsOneTarget() {
        LockStep.Found found =
                find(
                        HOUR,
                        2,
                        new Act("a", "t1", 0),
                        new Act("b", "t1", 0),
                        new Act("a", "t1", MINUTE),
                        new Act("b", "t1", MINUTE),
                        new Act("a", "t2", 0),
                        new Act("b", "t3", 0));

        assertThat(found.groups()).isEmpty();
    }

    @Test
    void theWindowIsThatOfEachPairAndReachesAcrossTheHours() {
        Act[] acts = {
            new Act("a", "t1", 59 * MINUTE),
            new Act("b", "t1", 119 * MINUTE),
            new Act("a", "t2", 200 * MINUTE),
            new Act("b", "t2", 260 * MINUTE)
        };

        assertThat(find(HOUR, 2, acts).groups()).containsExactly(Set.of("a", "b"));
        assertThat(find(HOUR.minusMillis(1), 2, acts).groups()).isEmpty();
    }

    @Test
    void aChainOfLinksIsOneGroupAndASmallOneIsLeftOut() {
        Act[] acts = {
            // a - b by t1 and t2, b - c by t3 and t4, d - e by t5 and t6
            new Act("a", "t1", 0), new Act("b", "t1", 0),
            new Act("a", "t2", 0), new Act("b", "t2", 0),
            new Act("b", "t3", 0), new Act("c", "t3", 0),
            new Act("b", "t4", 0), new Act("c", "t4", 0),
            new Act("d", "t5", 0), new Act("e", "t5", 0),
            new Act("d", "t6", 0), new Act("e", "t6", 0)
        };

        LockStep.Found found = find(HOUR, 3, acts);

        assertThat(found.groups()).containsExactly(Set.of("a", "b", "c"));
        assertThat(found.links())
                .containsExactly(new LockStep.Link("a", "b"), new LockStep.Link("b", "c"));
    }
}
