package io.distillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.policy.DetectionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roster says what a look at every account of every campaign would, whatever happens. */
class RosterTest {

    private static final List<String> ACCOUNTS =
            IntStream.range(0, 400).mapToObj(i -> "acct-" + i).toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itIsAsGoodAsALookAtEveryAccount(long seed) {
        Random random = new Random(seed);
        CampaignBook book = new CampaignBook();
        Roster roster = new Roster(book.campaigns());
        int most = 0;
        for (int step = 1; step <= 60; step++) {
            long at = Books.T + step * Books.HOUR;
            // Neighbours have a few accounts in common, or enough to be one operation.
            int block = random.nextInt(6);
            int from = 60 * block + random.nextInt(4);
            int size = random.nextInt(6) == 0 ? 60 + random.nextInt(60) : 20 + random.nextInt(42);
            long group = 4L * (1 + block);
            Books.take(book, Books.report(group, at, at, from, Math.min(400, from + size)));
            if (random.nextInt(3) == 0) {
                dismissOne(book, random, at);
            }
            if (random.nextInt(20) == 0) {
                book.sweep(DetectionPolicy.defaults(), at + 400 * Books.HOUR * random.nextInt(3));
            }
            most = Math.max(most, book.campaigns().size());
            // Not each time: some come and others go between two looks.
            if (random.nextInt(3) == 0) {
                assertAgree(book, roster, group);
            }
        }
        assertThat(most).isGreaterThan(2);
    }

    private static void dismissOne(CampaignBook book, Random random, long at) {
        List<Campaign> all = List.copyOf(book.campaigns());
        if (!all.isEmpty()) {
            String id = all.get(random.nextInt(all.size())).id;
            book.applyVerdicts(
                    Books.verdict(id, DetectionPolicy.Verdict.DISMISSED),
                    at,
                    new CampaignBook.Changes());
        }
    }

    private static void assertAgree(CampaignBook book, Roster roster, long group) {
        Map<Campaign, Integer> looked =
                book.campaigns().stream()
                        .filter(campaign -> !campaign.accounts.isEmpty())
                        .collect(Collectors.toMap(c -> c, c -> c.accounts.size()));
        assertThat(roster.having(ACCOUNTS)).isEqualTo(looked);
        for (Campaign campaign : book.campaigns()) {
            assertThat(roster.inGroup(campaign, group)).isEqualTo(campaign.inGroup(group));
            for (Campaign other : book.campaigns()) {
                assertThat(roster.infrastructure(campaign).sharedWith(roster.infrastructure(other)))
                        .isEqualTo(all(campaign).sharedWith(all(other)));
            }
        }
    }

    private static Infrastructure all(Campaign campaign) {
        Infrastructure all = new Infrastructure();
        campaign.accounts.values().forEach(account -> all.add(account.prefix, account.payment));
        return all;
    }
}
