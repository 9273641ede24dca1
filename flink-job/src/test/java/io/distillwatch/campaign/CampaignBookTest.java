package io.distillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.Signal;
import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CampaignBookTest {

    private static final long HOUR = 3_600_000;
    private static final long T = 1_780_000_000_000L;
    private static final DetectionPolicy POLICY = DetectionPolicy.defaults();

    @Test
    void aGroupIsOneCampaignWithOneIdForLife() {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 10));
        String id = only(book).id;
        take(book, report(1, T + HOUR, T, 5, 30));

        assertThat(id).matches("dc-[0-9a-f]{16}");
        assertThat(only(book).id).isEqualTo(id);
        assertThat(only(book).accounts).hasSize(30);
        assertThat(only(book).updatedAt).isEqualTo(T + HOUR);

        CampaignBook replay = new CampaignBook();
        take(replay, report(1, T, T, 0, 10));
        assertThat(only(replay).id).isEqualTo(id);
    }

    @Test
    void groupsWithNothingInCommonAreCampaignsOfTheirOwn() {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 10), report(2, T, T, 100, 110));

        assertThat(book.campaigns()).hasSize(2).allMatch(c -> c.status == CampaignStatus.OPEN);
    }

    @Test
    void groupsThatShareAccountsAreOneCampaign() {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 20), report(2, T, T, 15, 35));

        assertThat(only(book).parts).containsOnlyKeys(1L, 2L);
        assertThat(only(book).accounts).hasSize(35);
        assertThat(only(book).exchanges()).isEqualTo(2 * 500);
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
    void groupsThatSharePaymentsOrPrefixesAreOneCampaign() {
        CampaignBook byPayment = new CampaignBook();
        take(
                byPayment,
                report(1, T, T, members(0, 10, a -> "10.1." + a + ".0/24", a -> 1L + a % 2)),
                report(2, T, T, members(50, 60, a -> "10.2." + a + ".0/24", a -> 1L + a % 2)));
        assertThat(byPayment.campaigns()).hasSize(1);

        CampaignBook byPrefix = new CampaignBook();
        take(
                byPrefix,
                report(1, T, T, members(0, 10, a -> "10.1." + a % 4 + ".0/24", a -> 0L)),
                report(2, T, T, members(50, 60, a -> "10.1." + a % 4 + ".0/24", a -> 0L)));
        assertThat(byPrefix.campaigns()).hasSize(1);

        CampaignBook onePrefix = new CampaignBook();
        take(
                onePrefix,
                report(1, T, T, members(0, 10, a -> "10.1.1.0/24", a -> 0L)),
                report(2, T, T, members(50, 60, a -> "10.1.1.0/24", a -> 0L)));
        assertThat(onePrefix.campaigns()).as("one carrier is no operation").hasSize(2);
    }

    @Test
    void whereTwoCampaignsAreConnectedTheOlderSurvives() {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 20));
        String older = only(book).id;
        take(book, report(2, T + HOUR, T + HOUR, 100, 120));
        String younger =
                book.campaigns().stream().filter(c -> !c.id.equals(older)).findFirst().get().id;

        CampaignBook.Changes changes =
                take(book, report(2, T + 2 * HOUR, T + HOUR, members(0, 20)));

        assertThat(book.campaign(younger).status).isEqualTo(CampaignStatus.MERGED);
        assertThat(book.campaign(younger).mergedInto).isEqualTo(older);
        assertThat(book.campaign(older).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(book.campaign(older).accounts).hasSize(40);
        assertThat(book.campaign(older).parts).containsOnlyKeys(1L, 2L);
        assertThat(changes.campaigns).containsExactlyInAnyOrder(older, younger);
        assertThat(changes.members.get(older)).hasSize(40);
        assertThat(changes.members.get(younger)).hasSize(20);

        // What the absorbed one's group does from now on is the survivor's.
        take(book, report(2, T + 3 * HOUR, T + HOUR, 120, 125));
        assertThat(book.campaign(older).accounts).hasSize(45);
        assertThat(book.campaign(younger).accounts).hasSize(20);
    }

    @Test
    void theAbsorbedStaysAsItWasWhateverTheSurvivorDoes() {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 20));
        take(book, report(2, T + HOUR, T + HOUR, 100, 120));
        take(book, report(2, T + 2 * HOUR, T + HOUR, members(0, 20)));
        Campaign absorbed =
                book.campaigns().stream()
                        .filter(c -> c.status == CampaignStatus.MERGED)
                        .findFirst()
                        .orElseThrow();
        String before = HexFormat.of().formatHex(Bytes.of(absorbed::write));

        take(book, report(2, T + 9 * HOUR, T + HOUR, 100, 120));

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

    @Test
    void whatAnAnalystHasDismissedStaysDismissed() {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 20));
        String id = only(book).id;
        CampaignBook.Changes changes = new CampaignBook.Changes();
        book.applyVerdicts(verdict(id, "DISMISSED"), T + HOUR, changes);
        assertThat(changes.campaigns).containsExactly(id);
        assertThat(changes.members.get(id)).hasSize(20);

        CampaignBook.Changes later =
                book.take(List.of(report(1, T + 2 * HOUR, T, 0, 40)), verdict(id, "DISMISSED"));

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
        take(book, report(1, T, T, 0, 20));
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
        take(book, report(1, T, T, 0, 20));
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
            GroupReport innocent = report(1, T, T, 0, 20);
            GroupReport guilty = report(2, T + HOUR, T + HOUR, 100, 120);
            String dismissed = flag(book, dismissedFirst ? innocent : later(innocent, 2 * HOUR));
            String open = flag(book, guilty);
            DetectionPolicy policy = verdict(dismissed, "DISMISSED");

            // The open one's group uses the accounts of the dismissed one as well from now on.
            CampaignBook.Changes changes =
                    book.take(List.of(report(2, T + 3 * HOUR, T + HOUR, members(0, 20))), policy);

            assertThat(book.campaign(open).status).isEqualTo(CampaignStatus.OPEN);
            assertThat(book.campaign(open).parts).containsOnlyKeys(2L);
            assertThat(book.campaign(open).accounts).hasSize(40);
            assertThat(changes.members.get(open)).hasSize(20);
            assertThat(book.campaign(dismissed).status).isEqualTo(CampaignStatus.DISMISSED);
            assertThat(book.campaign(dismissed).parts).containsOnlyKeys(1L);
        }
    }

    @Test
    void aNewGroupOfDismissedAccountsIsNotToldAndOneOfOthersIs() {
        CampaignBook book = new CampaignBook();
        String id = flag(book, report(1, T, T, 0, 20));
        DetectionPolicy policy = verdict(id, "DISMISSED");

        CampaignBook.Changes same =
                book.take(List.of(report(2, T + HOUR, T + HOUR, 10, 30)), policy);
        assertThat(same.campaigns).containsExactly(id);
        assertThat(book.take(List.of(report(2, T + 2 * HOUR, T + HOUR, 10, 40)), policy).campaigns)
                .isEmpty();
        assertThat(only(book).status).isEqualTo(CampaignStatus.DISMISSED);

        // Of these, less than half were ever dismissed.
        book.take(List.of(report(3, T + 3 * HOUR, T + 3 * HOUR, 35, 60)), policy);
        assertThat(book.campaigns())
                .extracting(campaign -> campaign.status)
                .containsExactlyInAnyOrder(CampaignStatus.DISMISSED, CampaignStatus.OPEN);
    }

    @Test
    void toDismissWhatWasMergedTakesItsGroupsOutOfTheSurvivorAndNothingElse() {
        CampaignBook book = new CampaignBook();
        String older = flag(book, report(1, T, T, 0, 20));
        String merged = flag(book, report(2, T + HOUR, T + HOUR, 100, 120));
        take(book, report(2, T + 2 * HOUR, T + HOUR, members(0, 5)));
        take(book, report(2, T + 3 * HOUR, T + HOUR, 120, 130));
        assertThat(book.campaign(merged).status).isEqualTo(CampaignStatus.MERGED);
        DetectionPolicy policy = verdict(merged, "DISMISSED");

        CampaignBook.Changes changes = new CampaignBook.Changes();
        book.applyVerdicts(policy, T + 4 * HOUR, changes);

        assertThat(book.campaign(merged).status).isEqualTo(CampaignStatus.DISMISSED);
        assertThat(book.campaign(merged).mergedInto).isNull();
        assertThat(book.campaign(merged).accounts).hasSize(35);
        assertThat(book.campaign(older).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(book.campaign(older).parts).containsOnlyKeys(1L);
        assertThat(book.campaign(older).accounts.keySet())
                .isEqualTo(flagged(report(1, T, T, 0, 20)).accounts.keySet());
        assertThat(book.campaign(older).accounts.values())
                .allMatch(account -> account.exchanges() == 10);
        assertThat(changes.campaigns).containsExactlyInAnyOrder(older, merged);
        assertThat(changes.removed.get(older)).hasSize(30);
        assertThat(changes.members.get(merged)).hasSize(35);
        assertThat(changes.members).doesNotContainKey(older);

        CampaignBook.Changes again =
                book.take(List.of(report(2, T + 5 * HOUR, T + HOUR, 100, 140)), policy);
        assertThat(again.campaigns).isEmpty();
        assertThat(again.members).isEmpty();
        assertThat(again.removed).isEmpty();
    }

    @Test
    void toDismissASurvivorDismissesWhatWasMergedIntoIt() {
        CampaignBook book = new CampaignBook();
        String older = flag(book, report(1, T, T, 0, 20));
        String merged = flag(book, report(2, T + HOUR, T + HOUR, 100, 120));
        take(book, report(2, T + 2 * HOUR, T + HOUR, members(0, 20)));
        DetectionPolicy policy = verdict(older, "DISMISSED");

        book.take(List.of(report(1, T + 3 * HOUR, T, 0, 20)), policy);
        CampaignBook.Changes later =
                book.take(List.of(report(2, T + 4 * HOUR, T + HOUR, 100, 120)), policy);

        assertThat(book.campaign(older).status).isEqualTo(CampaignStatus.DISMISSED);
        assertThat(book.campaign(merged).status).isEqualTo(CampaignStatus.MERGED);
        assertThat(later.campaigns).isEmpty();
    }

    @Test
    void aConfirmationOfWhatWasMergedGoesToTheSurvivor() {
        CampaignBook book = new CampaignBook();
        String older = flag(book, report(1, T, T, 0, 20));
        String merged = flag(book, report(2, T + HOUR, T + HOUR, 100, 120));
        take(book, report(2, T + 2 * HOUR, T + HOUR, members(0, 20)));

        CampaignBook.Changes changes = new CampaignBook.Changes();
        book.applyVerdicts(verdict(merged, "CONFIRMED"), T + 3 * HOUR, changes);

        assertThat(book.campaign(older).confirmed).isTrue();
        assertThat(changes.campaigns).containsExactly(older);
    }

    @Test
    void ofTwoVerdictsOnOneCampaignTheLastCounts() {
        CampaignBook book = new CampaignBook();
        String id = flag(book, report(1, T, T, 0, 20));
        List<DetectionPolicy.Verdict> both =
                List.of(
                        new DetectionPolicy.Verdict(id, "DISMISSED", "at first sight"),
                        new DetectionPolicy.Verdict(id, "CONFIRMED", "at the second"));

        book.applyVerdicts(verdicts(both), T + HOUR, new CampaignBook.Changes());

        assertThat(only(book).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(only(book).confirmed).isTrue();
    }

    @Test
    void aCampaignThatNoLongerHoldsIsClosedThoughItIsNotSilent() {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 20));
        long hours = POLICY.closeAfterHours();
        for (long hour = 1; hour < hours; hour++) {
            CampaignBook.Changes told =
                    take(book, scored(report(1, T + hour * HOUR, T, 0, 20), 0.2));
            assertThat(told.campaigns).as("hour %d", hour).hasSize(1);
            assertThat(book.sweep(POLICY, T + hour * HOUR).campaigns).isEmpty();
        }
        long over = T + hours * HOUR;

        CampaignBook.Changes last = take(book, scored(report(1, over, T, 0, 30), 0.2));
        assertThat(only(book).accounts).as("names nobody new").hasSize(20);
        assertThat(last.members.values()).allMatch(accounts -> accounts.size() == 20);
        assertThat(book.sweep(POLICY, over).campaigns).hasSize(1);
        assertThat(only(book).status).isEqualTo(CampaignStatus.CLOSED);

        assertThat(take(book, scored(report(1, over + HOUR, T, 0, 30), 0.2)).campaigns).isEmpty();
        assertThat(only(book).status).isEqualTo(CampaignStatus.CLOSED);
        take(book, scored(report(1, over + 2 * HOUR, T, 0, 30), 0.6));
        assertThat(only(book).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(only(book).accounts).hasSize(30);
    }

    @Test
    void aCampaignHoldsAsLongAsOneOfItsGroupsDoes() {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 20), report(2, T, T, 10, 30));
        long later = T + 2 * POLICY.closeAfterHours() * HOUR;
        take(
                book,
                scored(report(1, later - HOUR, T, 0, 20), 0.2),
                scored(report(2, later - HOUR, T, 10, 30), 0.8));

        assertThat(book.sweep(POLICY, later).campaigns).isEmpty();
        assertThat(only(book).status).isEqualTo(CampaignStatus.OPEN);
    }

    @Test
    void aVerdictOnAnUnknownCampaignChangesNothing() {
        CampaignBook book = new CampaignBook();
        CampaignBook.Changes changes = new CampaignBook.Changes();

        book.applyVerdicts(verdict("dc-0000000000000000", "DISMISSED"), T, changes);

        assertThat(changes.campaigns).isEmpty();
    }

    @Test
    void aSilentCampaignIsClosedOpensAgainAndIsForgottenInTheEnd() {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 20));
        String id = only(book).id;
        long silence = POLICY.closeAfterHours() * HOUR;

        assertThat(book.sweep(POLICY, T + silence - 1).campaigns).isEmpty();
        assertThat(book.sweep(POLICY, T + silence).campaigns).containsExactly(id);
        assertThat(only(book).status).isEqualTo(CampaignStatus.CLOSED);
        assertThat(book.sweep(POLICY, T + silence + 1).campaigns).isEmpty();

        long back = T + silence + HOUR;
        CampaignBook.Changes changes = take(book, report(1, back, T, 0, 20));
        assertThat(only(book).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(only(book).id).isEqualTo(id);
        assertThat(changes.campaigns).containsExactly(id);

        book.sweep(POLICY, back + silence);
        assertThat(book.isEmpty()).isFalse();
        book.sweep(POLICY, back + 10 * silence);
        assertThat(book.isEmpty()).isTrue();
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        Random random = new Random(7);
        CampaignBook book = new CampaignBook();
        CampaignBook copied = new CampaignBook();
        for (int pane = 0; pane < 40; pane++) {
            List<GroupReport> reports = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int from = random.nextInt(200);
                int group = random.nextInt(10);
                reports.add(report(group, T + pane * HOUR, T + group * HOUR, from, from + 8));
            }
            copied = Bytes.copy(new CampaignBook.Codec(), copied);
            CampaignBook.Changes one = book.take(reports, POLICY);
            CampaignBook.Changes two = copied.take(reports, POLICY);
            book.sweep(POLICY, T + 2 * pane * HOUR);
            copied.sweep(POLICY, T + 2 * pane * HOUR);

            assertThat(two.campaigns).isEqualTo(one.campaigns);
            assertThat(two.members).isEqualTo(one.members);
            assertThat(copied.campaigns().stream().map(c -> bytes(c)).toList())
                    .as("pane %d", pane)
                    .isEqualTo(book.campaigns().stream().map(c -> bytes(c)).toList());
        }
    }

    @Test
    void readsTheFirstVersionWhichDidNotSayWhenAGroupHeld() throws IOException {
        CampaignBook book = new CampaignBook();
        take(book, report(1, T, T, 0, 20));
        String hex = HexFormat.of().formatHex(Bytes.of(new CampaignBook.Codec(), book));
        // Output tokens, then what the first version did not have.
        String outputTokens = "%016x".formatted(2_000);
        int heldAt = hex.indexOf(outputTokens) + outputTokens.length();
        assertThat(hex.substring(heldAt)).startsWith("%016x".formatted(T));
        String first = "01" + hex.substring(2, heldAt) + hex.substring(heldAt + 16);

        CampaignBook read =
                new CampaignBook.Codec().read(Bytes.reader(HexFormat.of().parseHex(first)));

        assertThat(bytes(only(read))).isEqualTo(bytes(only(book)));
    }

    @Test
    void aVersionThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> new CampaignBook.Codec().read(Bytes.reader(new byte[] {9})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }

    private static String bytes(Campaign campaign) {
        return HexFormat.of().formatHex(Bytes.of(campaign::write));
    }

    private static Campaign only(CampaignBook book) {
        assertThat(book.campaigns()).hasSize(1);
        return book.campaigns().iterator().next();
    }

    private static CampaignBook.Changes take(CampaignBook book, GroupReport... reports) {
        return book.take(List.of(reports), POLICY);
    }

    /** Takes a group with nothing in common with others; gives the id of its campaign. */
    private static String flag(CampaignBook book, GroupReport report) {
        CampaignBook.Changes changes = take(book, report);
        assertThat(changes.campaigns).hasSize(1);
        return changes.campaigns.first();
    }

    /** The campaign of a book that knows nothing else. */
    private static Campaign flagged(GroupReport report) {
        CampaignBook book = new CampaignBook();
        return book.campaign(flag(book, report));
    }

    private static DetectionPolicy verdict(String campaign, String verdict) {
        return verdicts(List.of(new DetectionPolicy.Verdict(campaign, verdict, "a test")));
    }

    private static DetectionPolicy verdicts(List<DetectionPolicy.Verdict> verdicts) {
        return new DetectionPolicy(null, null, null, null, null, null, null, null, null, verdicts);
    }

    /** Members with nothing but their accounts in common with anybody. */
    private static List<MemberReport> members(int from, int to) {
        return members(from, to, a -> "10." + a / 250 + "." + a % 250 + ".0/24", a -> 0L);
    }

    private static List<MemberReport> members(
            int from,
            int to,
            java.util.function.IntFunction<String> prefix,
            java.util.function.IntToLongFunction payment) {
        return IntStream.range(from, to)
                .mapToObj(
                        a ->
                                new MemberReport(
                                        "acct-" + a,
                                        T - HOUR,
                                        T,
                                        10,
                                        9.5,
                                        12,
                                        prefix.apply(a),
                                        payment.applyAsLong(a)))
                .toList();
    }

    private static GroupReport report(long group, long at, long flaggedAt, int from, int to) {
        return report(group, at, flaggedAt, members(from, to));
    }

    private static GroupReport later(GroupReport report, long millis) {
        return report(
                report.group(),
                report.at() + millis,
                report.flaggedAt() + millis,
                report.members());
    }

    private static GroupReport scored(GroupReport report, double score) {
        return new GroupReport(
                report.group(),
                report.at(),
                report.flaggedAt(),
                report.firstSeen(),
                report.lastSeen(),
                report.accounts(),
                report.exchanges(),
                report.inputTokens(),
                report.outputTokens(),
                score,
                report.models(),
                report.evidence(),
                report.members());
    }

    private static GroupReport report(
            long group, long at, long flaggedAt, List<MemberReport> members) {
        return new GroupReport(
                group,
                at,
                flaggedAt,
                T - HOUR,
                at,
                members.size(),
                500,
                1_000,
                2_000,
                0.9,
                Map.of("large-3", 500L),
                List.of(Evidence.of(Signal.WORK_PARTITION, 1, 0.5, 0.9)),
                members);
    }
}
