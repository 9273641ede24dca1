package io.distillwatch.campaign;

import static io.distillwatch.campaign.Books.HOUR;
import static io.distillwatch.campaign.Books.T;
import static io.distillwatch.campaign.Books.flagged;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.family.Cohort;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which families are never dealt to the same account. */
class ExclusionTest {

    private static final long ONE = 4;
    private static final long TWO = 8;

    private static Set<Long> excludedByTwo(Dealt dealt) {
        Campaign first = flagged(dealt.report(ONE, T));
        return new Exclusion(first, null, dealt.report(TWO, T)).of(TWO, Set.of(ONE));
    }

    @Test
    void familiesOfAccountsThatNeverHaveBothExcludeOneAnother() {
        Dealt dealt =
                new Dealt(1).deal(0, 40, 3, T - HOUR, T, ONE).deal(40, 70, 3, T - HOUR, T, TWO);

        assertThat(excludedByTwo(dealt)).containsExactly(ONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 30})
    void whatIsDealtAtRandomExcludesNothingButByChance(int each) {
        int wrong = 0;
        for (int seed = 0; seed < 500; seed++) {
            Dealt dealt = new Dealt(seed).deal(0, 60, each, T - HOUR, T, ONE, TWO);
            wrong += excludedByTwo(dealt).isEmpty() ? 0 : 1;
        }
        // Below 1 % by the bound; an account with one exchange can have only one family.
        assertThat(wrong).isLessThanOrEqualTo(5);
    }

    @Test
    void aFamilyThatTookThePlaceOfAnotherExcludesNothing() {
        Dealt dealt =
                new Dealt(1)
                        .deal(0, 40, 3, T - 5 * HOUR, T - 3 * HOUR, ONE)
                        .deal(40, 70, 3, T - 2 * HOUR, T, TWO);

        assertThat(excludedByTwo(dealt)).isEmpty();
    }

    @Test
    void whereAccountsShareNetworksFamiliesExcludeNothing() {
        Dealt dealt =
                new Dealt(1)
                        .prefixes(account -> "10.1." + account % 5)
                        .deal(0, 40, 3, T - HOUR, T, ONE)
                        .deal(40, 70, 3, T - HOUR, T, TWO);

        assertThat(excludedByTwo(dealt)).isEmpty();
    }

    @Test
    void cohortsAreDisjointByConstruction() {
        long cohort = 5;
        assertThat(Cohort.isCohort(cohort)).isTrue();
        Dealt dealt =
                new Dealt(1).deal(0, 40, 3, T - HOUR, T, ONE).deal(40, 70, 3, T - HOUR, T, cohort);

        Campaign first = flagged(dealt.report(ONE, T));
        Exclusion exclusion = new Exclusion(first, null, dealt.report(cohort, T));
        assertThat(exclusion.of(cohort, Set.of(ONE))).isEmpty();
        assertThat(exclusion.of(ONE, Set.of(cohort))).isEmpty();
    }

    @Test
    void aFewAccountsAreNotEnoughToTell() {
        Dealt dealt = new Dealt(1).deal(0, 4, 3, T - HOUR, T, ONE).deal(4, 8, 3, T - HOUR, T, TWO);

        assertThat(excludedByTwo(dealt)).isEmpty();
    }
}
