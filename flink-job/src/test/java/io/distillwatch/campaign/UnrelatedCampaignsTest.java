package io.distillwatch.campaign;

import static io.distillwatch.campaign.Books.HOUR;
import static io.distillwatch.campaign.Books.T;
import static io.distillwatch.campaign.Books.only;
import static io.distillwatch.campaign.Books.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.testing.Bytes;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two operations that ask the same questions: a family of these has accounts of both. */
class UnrelatedCampaignsTest {

    private static final long FIRST = 4;
    private static final long SECOND = 8;
    private static final long QUESTIONS = 12;
    private static final long NEXT = T + HOUR;

    /* Accounts 0 to 59 are the one's, 100 to 139 the other's. */
    private final Dealt dealt =
            new Dealt(1)
                    .deal(0, 60, 8, T - HOUR, T, FIRST, QUESTIONS)
                    .deal(100, 140, 8, T - HOUR, T, SECOND, QUESTIONS);

    private static Set<String> accounts(int from, int to) {
        return IntStream.range(from, to).mapToObj(a -> "acct-" + a).collect(Collectors.toSet());
    }

    private static Campaign of(CampaignBook book, long group) {
        List<Campaign> found =
                book.campaigns().stream()
                        .filter(c -> c.status == CampaignStatus.OPEN)
                        .filter(c -> c.parts.containsKey(group))
                        .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Predicate<String> in(Set<String> accounts) {
        return accounts::contains;
    }

    @Test
    void areTwoThoughTheQuestionsCameFirst() {
        CampaignBook book = new CampaignBook();
        take(book, dealt.report(QUESTIONS, T - HOUR), dealt.report(FIRST, T));
        Campaign first = of(book, FIRST);
        assertThat(first.accounts.keySet()).as("so far").anyMatch(in(accounts(100, 140)));

        CampaignBook.Changes changes = take(book, dealt.report(SECOND, NEXT));

        Campaign second = of(book, SECOND);
        assertThat(second).isNotSameAs(first);
        assertThat(first.parts).containsOnlyKeys(FIRST, QUESTIONS);
        assertThat(first.accounts.keySet()).isEqualTo(accounts(0, 60));
        assertThat(second.accounts.keySet()).isEqualTo(accounts(100, 140));
        assertThat(changes.removed.get(first.id).keySet()).isSubsetOf(accounts(100, 140));
        assertThat(changes.removed.get(first.id)).isNotEmpty();
        assertThat(changes.campaigns).contains(first.id, second.id);
    }

    @Test
    void stayTwoWhenTheQuestionsAreFlaggedLast() {
        CampaignBook book = new CampaignBook();
        take(book, dealt.report(FIRST, T), dealt.report(SECOND, T));
        take(book, dealt.report(QUESTIONS, NEXT));

        Campaign first = of(book, FIRST);
        Campaign second = of(book, SECOND);
        assertThat(first.parts).as("where most of them are").containsKey(QUESTIONS);
        assertThat(second).isNotSameAs(first);
        assertThat(first.accounts.keySet()).isEqualTo(accounts(0, 60));
        assertThat(second.accounts.keySet()).isEqualTo(accounts(100, 140));
    }

    @Test
    void keepWhatTheirAccountsDidInTheQuestionsOfBoth() {
        CampaignBook book = new CampaignBook();
        take(book, dealt.report(FIRST, T), dealt.report(SECOND, T));
        take(book, dealt.report(QUESTIONS, NEXT));

        assertThat(of(book, SECOND).accounts.values())
                .filteredOn(account -> account.exchangesByGroup.containsKey(QUESTIONS))
                .hasSizeGreaterThan(30);
        assertThat(of(book, SECOND).accounts.values())
                .allMatch(account -> account.exchanges(List.of()) == 8);
    }

    @Test
    void nameWhoOnlyAsksTheQuestionsOfBothLate() {
        CampaignBook book = new CampaignBook();
        take(book, dealt.report(FIRST, T), dealt.report(SECOND, T));
        take(book, dealt.report(QUESTIONS, NEXT));

        take(
                book,
                Books.report(
                        QUESTIONS,
                        NEXT + HOUR,
                        NEXT,
                        List.of(Books.member("early", 9, 12), Books.member("late", 10))));

        assertThat(of(book, FIRST).accounts).containsKey("late").doesNotContainKey("early");
        assertThat(of(book, SECOND).accounts).doesNotContainKeys("late", "early");
    }

    @Test
    void areOneWhereEachAccountGetsBothTemplates() {
        Dealt one = new Dealt(1).deal(0, 60, 8, T - HOUR, T, FIRST, SECOND, QUESTIONS);
        CampaignBook book = new CampaignBook();
        take(book, one.report(FIRST, T), one.report(QUESTIONS, T), one.report(SECOND, T));

        assertThat(only(book).parts).containsOnlyKeys(FIRST, SECOND, QUESTIONS);
    }

    @Test
    void areOneWhereNewAccountsTookThePlaceOfOldOnes() {
        Dealt replaced =
                new Dealt(1)
                        .deal(0, 60, 8, T - 9 * HOUR, T - 5 * HOUR, FIRST, QUESTIONS)
                        .deal(100, 140, 8, T - 4 * HOUR, T, SECOND, QUESTIONS);
        CampaignBook book = new CampaignBook();
        take(book, replaced.report(FIRST, T), replaced.report(QUESTIONS, T));
        take(book, replaced.report(SECOND, NEXT));

        assertThat(only(book).accounts).hasSize(100);
    }

    @Test
    void survivesARestart() throws Exception {
        CampaignBook book = new CampaignBook();
        take(book, dealt.report(QUESTIONS, T - HOUR), dealt.report(FIRST, T));
        CampaignBook restored = Bytes.copy(new CampaignBook.Codec(), book);
        take(book, dealt.report(SECOND, NEXT));
        take(restored, dealt.report(SECOND, NEXT));

        assertThat(Bytes.of(new CampaignBook.Codec(), restored))
                .isEqualTo(Bytes.of(new CampaignBook.Codec(), book));
    }
}
