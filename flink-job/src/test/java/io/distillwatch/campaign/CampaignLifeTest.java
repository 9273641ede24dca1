package io.distillwatch.campaign;

import static io.distillwatch.campaign.Books.HOUR;
import static io.distillwatch.campaign.Books.POLICY;
import static io.distillwatch.campaign.Books.T;
import static io.distillwatch.campaign.Books.bytes;
import static io.distillwatch.campaign.Books.later;
import static io.distillwatch.campaign.Books.only;
import static io.distillwatch.campaign.Books.report;
import static io.distillwatch.campaign.Books.scored;
import static io.distillwatch.campaign.Books.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.group.GroupReport;
import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a campaign opens and closes, and how the book is kept over a restart. */
class CampaignLifeTest {

    @Test
    void aCampaignThatNoLongerHoldsIsClosedThoughItIsNotSilent() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        long hours = POLICY.closeAfterHours();
        for (long hour = 1; hour < hours; hour++) {
            CampaignBook.Changes told =
                    take(book, scored(report(4, T + hour * HOUR, T, 0, 20), 0.2));
            assertThat(told.campaigns).as("hour %d", hour).hasSize(1);
            assertThat(book.sweep(POLICY, T + hour * HOUR).campaigns).isEmpty();
        }
        long over = T + hours * HOUR;

        CampaignBook.Changes last = take(book, scored(report(4, over, T, 0, 30), 0.2));
        assertThat(only(book).accounts).as("names nobody new").hasSize(20);
        assertThat(last.members.values()).allMatch(accounts -> accounts.size() == 20);
        assertThat(book.sweep(POLICY, over).campaigns).hasSize(1);
        assertThat(only(book).status).isEqualTo(CampaignStatus.CLOSED);

        assertThat(take(book, scored(report(4, over + HOUR, T, 0, 30), 0.2)).campaigns).isEmpty();
        assertThat(only(book).status).isEqualTo(CampaignStatus.CLOSED);
        take(book, scored(report(4, over + 2 * HOUR, T, 0, 30), 0.6));
        assertThat(only(book).status).isEqualTo(CampaignStatus.OPEN);
        assertThat(only(book).accounts).hasSize(30);
    }

    @Test
    void aCampaignHoldsAsLongAsOneOfItsGroupsDoes() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20), report(8, T, T, 10, 30));
        long later = T + 2 * POLICY.closeAfterHours() * HOUR;
        take(
                book,
                scored(report(4, later - HOUR, T, 0, 20), 0.2),
                scored(report(8, later - HOUR, T, 10, 30), 0.8));

        assertThat(book.sweep(POLICY, later).campaigns).isEmpty();
        assertThat(only(book).status).isEqualTo(CampaignStatus.OPEN);
    }

    @Test
    void aSilentCampaignIsClosedOpensAgainAndIsForgottenInTheEnd() {
        CampaignBook book = new CampaignBook();
        take(book, report(4, T, T, 0, 20));
        String id = only(book).id;
        long silence = POLICY.closeAfterHours() * HOUR;

        assertThat(book.sweep(POLICY, T + silence - 1).campaigns).isEmpty();
        assertThat(book.sweep(POLICY, T + silence).campaigns).containsExactly(id);
        assertThat(only(book).status).isEqualTo(CampaignStatus.CLOSED);
        assertThat(book.sweep(POLICY, T + silence + 1).campaigns).isEmpty();

        long back = T + silence + HOUR;
        CampaignBook.Changes changes = take(book, report(4, back, T, 0, 20));
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
                reports.add(report(4L * group, T + pane * HOUR, T + group * HOUR, from, from + 8));
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
    void aVersionThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> new CampaignBook.Codec().read(Bytes.reader(new byte[] {9})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }
}
