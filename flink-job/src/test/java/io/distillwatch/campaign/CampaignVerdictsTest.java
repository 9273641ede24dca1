package io.distillwatch.campaign;

import static io.distillwatch.campaign.Books.HOUR;
import static io.distillwatch.campaign.Books.POLICY;
import static io.distillwatch.campaign.Books.T;
import static io.distillwatch.campaign.Books.flag;
import static io.distillwatch.campaign.Books.flagged;
import static io.distillwatch.campaign.Books.later;
import static io.distillwatch.campaign.Books.members;
import static io.distillwatch.campaign.Books.only;
import static io.distillwatch.campaign.Books.report;
import static io.distillwatch.campaign.Books.take;
import static io.distillwatch.campaign.Books.verdict;
import static io.distillwatch.campaign.Books.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.group.GroupReport;
import io.distillwatch.policy.DetectionPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What analysts say of campaigns, and what follows from it. */
class CampaignVerdictsTest {

    @Test
    void whatAnAnalystHasDismissedStaysDismissed() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        String id = only(book).id;
        CampaignBook.Changes changes = new CampaignBook.Changes();
        book.applyVerdicts(verdict(id, "DISMISSED"), T + HOUR, changes);
        assertThat(changes.campaigns).containsExactly(id);
        assertThat(changes.members.get(id)).hasSize(20);

        CampaignBook.Changes later =
                book.take(List.of(report(4, T + 2 * HOUR, T, 0, 40)), verdict(id, "DISMISSED"));

        assertThat(only(book).status).isEqualTo(CampaignStatus.DISMISSED);
        assertThat(later.campaigns).isEmpty();
        assertThat(later.members).isEmpty();

        CampaignBook.Changes again = new CampaignBook.Changes();
        book.applyVerdicts(verdict(id, "DISMISSED"), T + 3 * HOUR, again);
        assertThat(again.campaigns).as("a verdict is told once").isEmpty();
    }

    @Test
    void aConfirmationIsToldOnceAndLeavesTheCampaignOpen() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        String id = only(book).id;
        CampaignBook.Changes first = new CampaignBook.Changes();
        book.applyVerdicts(verdict(id, "CONFIRMED"), T + HOUR, first);
        CampaignBook.Changes second = new CampaignBook.Changes();
        book.applyVerdicts(verdict(id, "CONFIRMED"), T + HOUR, second);

        assertThat(only(book).confirmed).isTrue();
        assertThat(only(book).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(first.campaigns).containsExactly(id);
        assertThat(second.campaigns).isEmpty();
    }

    @Test
    void aVerdictThatIsTakenOutOfThePolicyIsWithdrawn() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        String id = only(book).id;
        book.applyVerdicts(verdict(id, "DISMISSED"), T + HOUR, new CampaignBook.Changes());

        CampaignBook.Changes changes = new CampaignBook.Changes();
        book.applyVerdicts(POLICY, T + 2 * HOUR, changes);

        assertThat(only(book).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(changes.campaigns).containsExactly(id);
        assertThat(changes.members.get(id)).hasSize(20);
    }

    @Test
    void aDismissedCampaignTakesNoOtherAlongNorIsTakenIn() {
        for (boolean dismissedFirst : new boolean[] {true, false}) {
            CampaignBook book = new CampaignBook();
            GroupReport innocent = report(4, T, T, 0, 20);
            GroupReport guilty = report(8, T + HOUR, T + HOUR, 100, 120);
            String dismissed = flag(book, dismissedFirst ? innocent : later(innocent, 2 * HOUR));
            String open = flag(book, guilty);
            DetectionPolicy policy = verdict(dismissed, "DISMISSED");

            // The open one's group uses the accounts of the dismissed one as well from now on.
            CampaignBook.Changes changes =
                    book.take(List.of(report(8, T + 3 * HOUR, T + HOUR, members(0, 20))), policy);

            assertThat(book.campaign(open).status).isEqualTo(CampaignStatus.OPEN);
            assertThat(book.campaign(open).parts).containsOnlyKeys(8L);
            assertThat(book.campaign(open).accounts).hasSize(40);
            assertThat(changes.members.get(open)).hasSize(20);
            assertThat(book.campaign(dismissed).status).isEqualTo(CampaignStatus.DISMISSED);
            assertThat(book.campaign(dismissed).parts).containsOnlyKeys(4L);
        }
    }

    @Test
    void aNewGroupOfDismissedAccountsIsNotToldAndOneOfOthersIs() {
        CampaignBook book = new CampaignBook();
        String id = flag(book, report(4, T, T, 0, 20));
        DetectionPolicy policy = verdict(id, "DISMISSED");

        CampaignBook.Changes same =
                book.take(List.of(report(8, T + HOUR, T + HOUR, 10, 30)), policy);
        assertThat(same.campaigns).containsExactly(id);
        assertThat(book.take(List.of(report(8, T + 2 * HOUR, T + HOUR, 10, 40)), policy).campaigns)
                .isEmpty();
        assertThat(only(book).status).isEqualTo(CampaignStatus.DISMISSED);

        // Of these, less than half were ever dismissed.
        book.take(List.of(report(12, T + 3 * HOUR, T + 3 * HOUR, 35, 60)), policy);
        assertThat(book.campaigns())
                .extracting(campaign -> campaign.status)
                .containsExactlyInAnyOrder(CampaignStatus.DISMISSED, CampaignStatus.OPEN);
    }

    @Test
    void toDismissWhatWasMergedTakesItsGroupsOutOfTheSurvivorAndNothingElse() {
        CampaignBook book = new CampaignBook();
        String older = flag(book, report(4, T, T, 0, 20));
        String merged = flag(book, report(8, T + HOUR, T + HOUR, 100, 120));
        take(book, report(8, T + 2 * HOUR, T + HOUR, members(0, 5)));
        take(book, report(8, T + 3 * HOUR, T + HOUR, 120, 130));
        assertThat(book.campaign(merged).status).isEqualTo(CampaignStatus.MERGED);
        DetectionPolicy policy = verdict(merged, "DISMISSED");

        CampaignBook.Changes changes = new CampaignBook.Changes();
        book.applyVerdicts(policy, T + 4 * HOUR, changes);

        assertThat(book.campaign(merged).status).isEqualTo(CampaignStatus.DISMISSED);
        assertThat(book.campaign(merged).mergedInto).isNull();
        assertThat(book.campaign(merged).accounts).hasSize(35);
        assertThat(book.campaign(older).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(book.campaign(older).parts).containsOnlyKeys(4L);
        assertThat(book.campaign(older).accounts.keySet())
                .isEqualTo(flagged(report(4, T, T, 0, 20)).accounts.keySet());
        assertThat(book.campaign(older).accounts.values())
                .allMatch(account -> account.exchanges(List.of()) == 10);
        assertThat(changes.campaigns).containsExactlyInAnyOrder(older, merged);
        assertThat(changes.removed.get(older)).hasSize(30);
        assertThat(changes.members.get(merged)).hasSize(35);
        assertThat(changes.members).doesNotContainKey(older);

        CampaignBook.Changes again =
                book.take(List.of(report(8, T + 5 * HOUR, T + HOUR, 100, 140)), policy);
        assertThat(again.campaigns).isEmpty();
        assertThat(again.members).isEmpty();
        assertThat(again.removed).isEmpty();
    }

    @Test
    void toDismissASurvivorDismissesWhatWasMergedIntoIt() {
        CampaignBook book = new CampaignBook();
        String older = flag(book, report(4, T, T, 0, 20));
        String merged = flag(book, report(8, T + HOUR, T + HOUR, 100, 120));
        take(book, report(8, T + 2 * HOUR, T + HOUR, members(0, 20)));
        DetectionPolicy policy = verdict(older, "DISMISSED");

        book.take(List.of(report(4, T + 3 * HOUR, T, 0, 20)), policy);
        CampaignBook.Changes later =
                book.take(List.of(report(8, T + 4 * HOUR, T + HOUR, 100, 120)), policy);

        assertThat(book.campaign(older).status).isEqualTo(CampaignStatus.DISMISSED);
        assertThat(book.campaign(merged).status).isEqualTo(CampaignStatus.MERGED);
        assertThat(later.campaigns).isEmpty();
    }

    @Test
    void aConfirmationOfWhatWasMergedGoesToTheSurvivor() {
        CampaignBook book = new CampaignBook();
        String older = flag(book, report(4, T, T, 0, 20));
        String merged = flag(book, report(8, T + HOUR, T + HOUR, 100, 120));
        take(book, report(8, T + 2 * HOUR, T + HOUR, members(0, 20)));

        CampaignBook.Changes changes = new CampaignBook.Changes();
        book.applyVerdicts(verdict(merged, "CONFIRMED"), T + 3 * HOUR, changes);

        assertThat(book.campaign(older).confirmed).isTrue();
        assertThat(changes.campaigns).containsExactly(older);
    }

    @Test
    void ofTwoVerdictsOnOneCampaignTheLastCounts() {
        CampaignBook book = new CampaignBook();
        String id = flag(book, report(4, T, T, 0, 20));
        List<DetectionPolicy.Verdict> both =
                List.of(
                        new DetectionPolicy.Verdict(id, "DISMISSED", "at first sight"),
                        new DetectionPolicy.Verdict(id, "CONFIRMED", "at the second"));

        book.applyVerdicts(verdicts(both), T + HOUR, new CampaignBook.Changes());

        assertThat(only(book).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(only(book).confirmed).isTrue();
    }

    @Test
    void aVerdictOnAnUnknownCampaignChangesNothing() {
        CampaignBook book = new CampaignBook();
        CampaignBook.Changes changes = new CampaignBook.Changes();

        book.applyVerdicts(verdict("dc-0000000000000000", "DISMISSED"), T, changes);

        assertThat(changes.campaigns).isEmpty();
    }
}
