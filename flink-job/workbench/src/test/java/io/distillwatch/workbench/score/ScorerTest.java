package io.distillwatch.workbench.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A case small enough to be computed by hand. */
class ScorerTest {

    private static final long HOUR = 3_600_000L;

    /**
     * a1 to a4 harvest, one exchange an hour each in turn; b1, b2 run a judge app; p1 is anybody.
     */
    private static PlantedTraffic traffic() {
        PlantedTraffic traffic = new PlantedTraffic();
        traffic.plant("harvest", Set.of("a1", "a2", "a3", "a4", "asleep"), 10);
        traffic.plant("missed", Set.of("m1"), 1);
        traffic.lookAlike("judge_app", List.of("b1", "b2"));
        for (int hour = 1; hour <= 10; hour++) {
            traffic.sent("a" + (1 + hour % 4), hour * HOUR);
        }
        traffic.sent("m1", HOUR);
        traffic.sent("b1", HOUR);
        traffic.sent("b2", HOUR);
        traffic.sent("p1", HOUR);
        return traffic;
    }

    @Test
    void leakageCountsWhatWasTakenUpToTheFirstFlag() {
        Flags flags = new Flags();
        flags.campaign("late", 8 * HOUR, "OPEN");
        flags.member("late", "a1", 9 * HOUR, "ACTIVE");
        flags.campaign("early", 3 * HOUR, "OPEN");
        flags.campaign("early", 3 * HOUR, "CLOSED");
        flags.member("early", "a2", 9 * HOUR, "ACTIVE");
        flags.member("early", "a3", 9 * HOUR, "ACTIVE");
        flags.member("early", "b1", 9 * HOUR, "ACTIVE");

        Score.Row row = Scorer.score(traffic(), flags).campaigns().get("harvest");

        assertThat(row.flagged()).isTrue();
        assertThat(row.pieces()).isEqualTo(2);
        assertThat(row.exchangesBeforeFlag()).isEqualTo(3);
        assertThat(row.leakage()).isCloseTo(0.3, within(1e-12));
        // the first exchange is that of hour 1
        assertThat(row.hoursToFlag()).isCloseTo(2, within(1e-12));
        // a1, a2, a3 of the four that were active; b1 named wrongly
        assertThat(row.memberRecall()).isCloseTo(0.75, within(1e-12));
        assertThat(row.memberPrecision()).isCloseTo(0.75, within(1e-12));
        assertThat(row.accounts()).isEqualTo(4);
        assertThat(row.exchanges()).isEqualTo(10);
    }

    @Test
    void whatIsNeverFlaggedLeaksWholly() {
        Score score = Scorer.score(traffic(), new Flags());

        assertThat(score.campaigns().get("missed"))
                .isEqualTo(new Score.Row(false, 0, 1.0, null, null, 0.0, null, null, 1, 1));
        assertThat(score.total().recall()).isZero();
        assertThat(score.total().ordinaryAccounts()).isEqualTo(3);
    }

    @Test
    void halfOfTheMembersMakeAHitAndFewerAFalseFlag() {
        Flags flags = new Flags();
        flags.campaign("half", HOUR, "OPEN");
        flags.member("half", "a1", 9 * HOUR, "ACTIVE");
        flags.member("half", "b1", 9 * HOUR, "ACTIVE");
        flags.campaign("third", HOUR, "OPEN");
        flags.member("third", "a2", 9 * HOUR, "ACTIVE");
        flags.member("third", "b2", 9 * HOUR, "ACTIVE");
        flags.member("third", "p1", 9 * HOUR, "ACTIVE");

        Score score = Scorer.score(traffic(), flags);

        assertThat(score.campaigns().get("harvest").pieces()).isEqualTo(1);
        assertThat(score.falseFlags())
                .containsExactly(
                        new Score.FalseFlag(
                                "third",
                                3,
                                Map.of("harvest", 1L, "individual", 1L, "judge_app", 1L)));
        assertThat(score.total().flags()).isEqualTo(2);
        assertThat(score.total().ordinaryNamed()).isEqualTo(3);
        assertThat(score.total().falseAccountRate()).isCloseTo(1, within(1e-12));
        assertThat(score.total().namedByKind())
                .isEqualTo(Map.of("judge_app", 2L, "individual", 1L));
    }

    @Test
    void mergedAndDismissedCampaignsDoNotStandButTheirMembersWereNamed() {
        Flags flags = new Flags();
        flags.campaign("merged", HOUR, "OPEN");
        flags.campaign("merged", HOUR, "MERGED");
        flags.member("merged", "b1", 9 * HOUR, "ACTIVE");
        flags.campaign("dismissed", HOUR, "DISMISSED");
        flags.member("dismissed", "p1", 9 * HOUR, "ACTIVE");

        Score score = Scorer.score(traffic(), flags);

        assertThat(score.total().flags()).isZero();
        assertThat(score.falseFlags()).isEmpty();
        assertThat(score.total().ordinaryNamed()).isEqualTo(2);
    }

    @Test
    void aRemovalThatWasNeverPrecededByANamingNamesNobody() {
        Flags flags = new Flags();
        flags.campaign("c", HOUR, "OPEN");
        flags.member("c", "a1", 9 * HOUR, "ACTIVE");
        flags.member("c", "b1", 9 * HOUR, "REMOVED");

        assertThat(Scorer.score(traffic(), flags).total().ordinaryNamed()).isZero();
    }

    @Test
    void namedAccountsAreJudgedWithoutCampaigns() {
        AccountScore score = AccountScore.of(traffic(), Set.of("a1", "m1", "b1", "never seen"));

        // five planted accounts were active; the sleeper does not count
        assertThat(score.recall()).isCloseTo(2 / 5.0, within(1e-12));
        assertThat(score.precision()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(score.ordinaryNamed()).isEqualTo(1);
        assertThat(score.namedByKind()).isEqualTo(Map.of("judge_app", 1L));
        assertThat(AccountScore.of(traffic(), Set.of()).precision()).isNull();
    }

    @Test
    void whoSentTenIsNamedInTimeWithinTwoHoursOfTheTenthOrOfTheFlag() {
        PlantedTraffic traffic = new PlantedTraffic();
        traffic.plant("harvest", Set.of("early", "late", "never", "after", "few"), 45);
        for (int hour = 10; hour >= 1; hour--) {
            traffic.sent("early", hour * HOUR);
            traffic.sent("late", hour * HOUR);
            traffic.sent("never", hour * HOUR);
            traffic.sent("after", (20 + hour) * HOUR);
        }
        traffic.sent("few", HOUR);
        Flags flags = new Flags();
        flags.campaign("c", 20 * HOUR, "OPEN");
        flags.member("c", "early", 22 * HOUR, "ACTIVE");
        flags.member("c", "late", 22 * HOUR + 1, "ACTIVE");
        flags.member("c", "after", 40 * HOUR, "ACTIVE");
        flags.member("c", "after", 32 * HOUR, "ACTIVE");

        Score.Row row = Scorer.score(traffic, flags).campaigns().get("harvest");

        assertThat(row.namedInTime()).isCloseTo(2 / 4.0, within(1e-12));
        assertThat(Scorer.score(traffic(), new Flags()).campaigns().get("missed").namedInTime())
                .isNull();
    }
}
