package io.distillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.family.Cohort;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final long FAMILY = 4;
    private static final long OTHER_FAMILY = 8;
    private static final long CROWD = 12;
    private static final long PAYMENT = 77;
    private static final long BY_PAYMENT = Cohort.ofPayment(PAYMENT);
    private static final long BY_CLIENT = 17;

    private final Tally tally = new Tally(List.of(FAMILY, OTHER_FAMILY), List.of(0L, PAYMENT));

    @Test
    void familiesShareNothing() {
        tally.add(FAMILY, 100);
        tally.add(OTHER_FAMILY, 50);

        assertThat(tally.sum()).isEqualTo(150);
    }

    @Test
    void whatAFamilyHoldsAlreadyDoesNotCountAgain() {
        long held = Cohort.within(BY_PAYMENT, FAMILY);
        tally.add(FAMILY, 100);
        tally.add(held, 60);

        assertThat(tally.sum()).isEqualTo(100);
        assertThat(tally.counts(held)).isFalse();
    }

    @Test
    void whatIsInACrowdsFamilyCountsBesideTheFamilies() {
        long inCrowd = Cohort.within(BY_PAYMENT, CROWD);
        tally.add(FAMILY, 100);
        tally.add(inCrowd, 60);

        assertThat(tally.sum()).isEqualTo(160);
        assertThat(tally.counts(inCrowd)).isTrue();
    }

    @Test
    void ofCohortsThatMayOverlapTheOneWithMoreCounts() {
        long inCrowd = Cohort.within(BY_CLIENT, CROWD);
        tally.add(FAMILY, 100);
        tally.add(inCrowd, 60);
        tally.add(BY_CLIENT, 20);
        tally.add(BY_PAYMENT, 30);

        assertThat(tally.sum()).isEqualTo(100 + 30);
        assertThat(List.of(FAMILY, BY_PAYMENT)).allMatch(tally::counts);
        assertThat(List.of(inCrowd, BY_CLIENT)).noneMatch(tally::counts);

        tally.add(inCrowd, 60);
        assertThat(tally.sum()).isEqualTo(120 + 30);
        assertThat(tally.counts(FAMILY)).isFalse();
    }
}
