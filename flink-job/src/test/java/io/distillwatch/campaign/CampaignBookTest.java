package io.distillwatch.campaign;

import static io.distillwatch.campaign.Books.HOUR;
import static io.distillwatch.campaign.Books.POLICY;
import static io.distillwatch.campaign.Books.T;
import static io.distillwatch.campaign.Books.flagged;
import static io.distillwatch.campaign.Books.member;
import static io.distillwatch.campaign.Books.members;
import static io.distillwatch.campaign.Books.only;
import static io.distillwatch.campaign.Books.report;
import static io.distillwatch.campaign.Books.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.family.Cohort;
import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import io.distillwatch.testing.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which groups are one campaign. */
class CampaignBookTest {

    @Test
    void aGroupIsOneCampaignWithOneIdForLife() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 10));
        String id = only(book).id;
        take(book, report(4, T + HOUR, T, 5, 30));

        assertThat(id).matches("dc-[0-9a-f]{16}");
        assertThat(only(book).id).isEqualTo(id);
        assertThat(only(book).accounts).hasSize(30);
        assertThat(only(book).updatedAt).isEqualTo(T + HOUR);

        CampaignBook replay = new CampaignBook();
        take(replay, report(4, T, T, 0, 10));
        assertThat(only(replay).id).isEqualTo(id);
    }

    @Test
    void groupsWithNothingInCommonAreCampaignsOfTheirOwn() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 10), report(8, T, T, 100, 110));

        assertThat(book.campaigns()).hasSize(2).allMatch(c -> c.status == CampaignStatus.OPEN);
    }

    @Test
    void groupsThatShareAccountsAreOneCampaign() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20), report(8, T, T, 15, 35));

        assertThat(only(book).parts).containsOnlyKeys(4L, 8L);
        assertThat(only(book).accounts).hasSize(35);
        assertThat(only(book).totals().exchanges()).isEqualTo(2 * 500);
    }

    @Test
    void aCohortNamesNobodyWherePromptsDo() {
        long family = 4;
        long cohort = 5;
        CampaignBook both = new CampaignBook();
        take(both, report(family, T, T, 0, 20));
        take(both, report(cohort, T + HOUR, T + HOUR, 5, 40));

        assertThat(only(both).parts).containsOnlyKeys(family, cohort);
        assertThat(only(both).accounts).hasSize(20);

        CampaignBook alone = new CampaignBook();
        take(alone, report(cohort, T, T, 5, 40));
        assertThat(only(alone).accounts).hasSize(35);
    }

    @Test
    void whatACohortHasOfAFamilyCountsOnce() {
        long held = Cohort.within(Cohort.ofPayment(7), 4);
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, paying(7)));
        take(book, report(held, T, T, paying(7)));
        take(book, report(Cohort.ofPayment(7), T, T, paying(7)));

        Campaign campaign = only(book);
        assertThat(campaign.parts).hasSize(3);
        assertThat(campaign.totals()).isEqualTo(new Campaign.Totals(2 * 500, 2_000, 4_000));
        assertThat(campaign.accounts.get("acct-1").exchanges(campaign.families()))
                .isEqualTo(2 * 10);
    }

    private static List<MemberReport> paying(long payment) {
        return members(0, 5, a -> "10.0.0.0/24", a -> payment);
    }

    @Test
    void whoOnlyAsksWhatTheCampaignAsksIsNamedFromTheTenthExchangeOn() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        GroupReport questions = report(8, T + HOUR, T + HOUR, 0, 18);
        List<MemberReport> asking = new ArrayList<>(questions.members());
        asking.add(member("passer-by", 9, 12));
        asking.add(member("regular", 10));

        take(book, report(8, T + HOUR, T + HOUR, asking));
        assertThat(only(book).accounts).hasSize(21).containsKey("regular");

        take(book, report(8, T + 2 * HOUR, T + HOUR, List.of(member("passer-by", 10))));
        assertThat(only(book).accounts).hasSize(22);
    }

    @Test
    void whoDoesHardlyAnythingElseIsNamedFromTheEighthExchangeOn() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        List<MemberReport> asking = new ArrayList<>(members(0, 18));
        asking.add(member("two-templates", 8, 10));
        asking.add(member("too-early", 7, 7));
        asking.add(member("busy-elsewhere", 9, 12));

        take(book, report(8, T + HOUR, T + HOUR, asking));

        assertThat(only(book).accounts)
                .hasSize(21)
                .containsKey("two-templates")
                .doesNotContainKeys("too-early", "busy-elsewhere");
    }

    @Test
    void aSecondTemplateOfOtherAccountsNamesThemAtOnce() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        List<MemberReport> more = new ArrayList<>(members(0, 10));
        more.add(member("new-1", 2));
        more.add(member("new-2", 2));
        more.add(member("new-3", 2));

        take(book, report(8, T + HOUR, T + HOUR, more));

        assertThat(only(book).accounts).hasSize(23);
    }

    @Test
    void groupsThatSharePaymentsOrPrefixesAreOneCampaign() {
        CampaignBook byPayment = new CampaignBook();
        take(
                byPayment,
                report(4, T, T, members(0, 10, a -> "10.1." + a + ".0/24", a -> 1L + a % 2)),
                report(8, T, T, members(50, 60, a -> "10.2." + a + ".0/24", a -> 1L + a % 2)));
        assertThat(byPayment.campaigns()).hasSize(1);

        CampaignBook byPrefix = new CampaignBook();
        take(
                byPrefix,
                report(4, T, T, members(0, 10, a -> "10.1." + a % 4 + ".0/24", a -> 0L)),
                report(8, T, T, members(50, 60, a -> "10.1." + a % 4 + ".0/24", a -> 0L)));
        assertThat(byPrefix.campaigns()).hasSize(1);

        CampaignBook onePrefix = new CampaignBook();
        take(
                onePrefix,
                report(4, T, T, members(0, 10, a -> "10.1.1.0/24", a -> 0L)),
                report(8, T, T, members(50, 60, a -> "10.1.1.0/24", a -> 0L)));
        assertThat(onePrefix.campaigns()).as("one carrier is no operation").hasSize(2);
    }

    @Test
    void whatAReportTellsAnewIsWeighedAgainstTheWholeGroup() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 100));
        take(book, report(8, T, T, 200, 300));

        // All of these five are the other's, and five of a hundred are no connection.
        take(book, report(4, T + HOUR, T, 200, 205));
        assertThat(book.campaigns()).allMatch(c -> c.status == CampaignStatus.OPEN);

        take(book, report(4, T + 2 * HOUR, T, 205, 230));
        assertThat(book.campaigns())
                .as("thirty of a hundred are one")
                .extracting(c -> c.status)
                .containsExactlyInAnyOrder(CampaignStatus.OPEN, CampaignStatus.MERGED);
    }

    @Test
    void whereTwoCampaignsAreConnectedTheOlderSurvives() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        String older = only(book).id;
        take(book, report(8, T + HOUR, T + HOUR, 100, 120));
        String younger =
                book.campaigns().stream().filter(c -> !c.id.equals(older)).findFirst().get().id;

        CampaignBook.Changes changes =
                take(book, report(8, T + 2 * HOUR, T + HOUR, members(0, 20)));

        assertThat(book.campaign(younger).status).isEqualTo(CampaignStatus.MERGED);
        assertThat(book.campaign(younger).mergedInto).isEqualTo(older);
        assertThat(book.campaign(older).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(book.campaign(older).accounts).hasSize(40);
        assertThat(book.campaign(older).parts).containsOnlyKeys(4L, 8L);
        assertThat(changes.campaigns).containsExactlyInAnyOrder(older, younger);
        assertThat(changes.members.get(older)).hasSize(40);
        assertThat(changes.members.get(younger)).hasSize(20);

        // What the absorbed one's group does from now on is the survivor's.
        take(book, report(8, T + 3 * HOUR, T + HOUR, 120, 125));
        assertThat(book.campaign(older).accounts).hasSize(45);
        assertThat(book.campaign(younger).accounts).hasSize(20);
    }

    @Test
    void theAbsorbedStaysAsItWasWhateverTheSurvivorDoes() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        take(book, report(8, T + HOUR, T + HOUR, 100, 120));
        take(book, report(8, T + 2 * HOUR, T + HOUR, members(0, 20)));
        Campaign absorbed =
                book.campaigns().stream()
                        .filter(c -> c.status == CampaignStatus.MERGED)
                        .findFirst()
                        .orElseThrow();
        String before = HexFormat.of().formatHex(Bytes.of(absorbed::write));

        take(book, report(8, T + 9 * HOUR, T + HOUR, 100, 120));

        assertThat(HexFormat.of().formatHex(Bytes.of(absorbed::write))).isEqualTo(before);
    }

    @Test
    void theOrderOfReportsWithinAPaneDoesNotMatter() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            List<List<GroupReport>> panes = new ArrayList<>();
            for (int pane = 0; pane < 5; pane++) {
                List<GroupReport> reports = new ArrayList<>();
                for (int group = 1; group <= 8; group++) {
                    int from = random.nextInt(150);
                    long flagged = T + HOUR * (group % 3);
                    reports.add(
                            report(
                                    group,
                                    T + pane * HOUR,
                                    flagged,
                                    from,
                                    from + 5 + random.nextInt(20)));
                }
                panes.add(reports);
            }
            String expected = null;
            for (int order = 0; order < 4; order++) {
                CampaignBook book = new CampaignBook();
                StringBuilder told = new StringBuilder();
                for (List<GroupReport> reports : panes) {
                    List<GroupReport> shuffled = new ArrayList<>(reports);
                    Collections.shuffle(shuffled, new Random(order));
                    CampaignBook.Changes changes = book.take(shuffled, POLICY);
                    told.append(changes.campaigns).append(changes.members);
                    book.campaigns()
                            .forEach(
                                    c -> told.append(HexFormat.of().formatHex(Bytes.of(c::write))));
                }
                expected = expected == null ? told.toString() : expected;
                assertThat(told.toString()).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }
}
