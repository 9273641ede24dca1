package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.testing.Bytes;
import io.distillwatch.testing.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupStateTest {

    private static final GroupStateCodec CODEC = new GroupStateCodec();

    /** With everything in it that a group can know: models, lengths, heads, silences. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void restoredAnywhereItGoesOnTheSame(long seed) {
        Random random = new Random(seed);
        List<List<AccountPane>> panes =
                Population.queueInShifts(random, 30, 30, 2, 3, false)
                        .each(
                                e ->
                                        s ->
                                                s.with(5, 6, 7)
                                                        .in(1 + random.nextInt(50))
                                                        .cueing(random.nextInt(16))
                                                        .inFamily(random.nextInt(200))
                                                        .shaped(
                                                                random.nextInt(900),
                                                                random.nextInt(5000),
                                                                random.nextInt(2))
                                                        .by("model-" + random.nextInt(40)))
                        .panes();
        GroupState straight = new GroupState();
        GroupState restored = new GroupState();

        for (List<AccountPane> pane : panes) {
            straight.add(pane, 20);
            restored = Bytes.copy(CODEC, restored);
            restored.add(pane, 20);
        }

        // Members are kept in no order, so sums over them differ in the last digit.
        long now = panes.get(panes.size() - 1).get(0).paneEnd();
        assertThat(restored.statistics(1, now, Population.START))
                .usingRecursiveComparison()
                .withComparatorForType(new DoubleComparator(1e-9), Double.class)
                .isEqualTo(straight.statistics(1, now, Population.START));
        assertThat(straight.statistics(1, now, Population.START).returns().accounts()).isPositive();
    }

    /**
     * Asked now and then, by one bound and another, while members come, are left out and forgotten.
     */
    @Test
    void knowsHowManyCanBeNamed() {
        Random random = new Random(3);
        GroupState state = new GroupState();
        for (List<AccountPane> pane : Population.visitors(random, 400, 30).panes()) {
            state.add(pane, 150);
            if (random.nextInt(20) == 0) {
                state.expire(state.lastSeen - random.nextInt(40_000_000));
            }
            if (random.nextInt(5) == 0) {
                state = Bytes.copy(CODEC, state);
            }
            int enough = random.nextInt(4) == 0 ? 4 : 2;
            if (random.nextInt(3) > 0) {
                assertThat(state.named(enough))
                        .isEqualTo(
                                state.members.values().stream()
                                        .filter(member -> member.exchanges >= enough)
                                        .count());
            }
        }
    }

    /** Half-hours before the join are filled, the pane's own exchanges are not counted twice. */
    @Test
    void whatAMemberDidBeforeItJoinedIsInTheRhythmOnly() {
        long end = Population.START + 3_000_000;
        byte[] hours = new byte[24];
        Arrays.fill(hours, (byte) 2);
        GroupState state = new GroupState();
        state.add(panes(50, end, hours), 1_000);

        GroupStatistics statistics = Bytes.copy(CODEC, state).statistics(5, end, Population.START);
        long[] bins = statistics.timing().bins();
        assertThat(statistics.exchanges()).isEqualTo(50);
        assertThat(Arrays.stream(bins).sum()).isEqualTo(50 * 48);
        assertThat(statistics.timing().hoursKnown()).isGreaterThanOrEqualTo(23);
        // A hundred an hour; of the newest, fifty before the pane's half and what chance adds.
        assertThat(Arrays.stream(bins, 2, 46)).allMatch(bin -> bin > 20 && bin < 80);
        assertThat(statistics.firstSeen()).isEqualTo(end - 1);
    }

    /** An account that is not taken for a machine for some hours leaves no gap in the rhythm. */
    @Test
    void whatAMemberDoesOutsideIsInTheRhythmOnceItIsBack() {
        long hour = 3_600_000;
        byte[] hours = new byte[24];
        Arrays.fill(hours, (byte) 1);
        GroupState state = new GroupState();
        for (long at : new long[] {0, 1, 6}) {
            long end = Population.START + at * hour + 1_800_000;
            state.add(panes(1, end, hours), 1_000);
        }

        long[] bins =
                state.statistics(5, Population.START + 7 * hour, Population.START).timing().bins();
        // The newest of the 48 half-hours is the first one of hour 7.
        for (int at = -15; at <= 6; at++) {
            int bin = 47 - 2 * (7 - at);
            assertThat(bins[bin] + bins[bin + 1]).as("hour %d", at).isEqualTo(1);
        }
        assertThat(state.exchanges).isEqualTo(3);
    }

    @Test
    void aGroupThatBeganJustNowKnowsOfNoHours() {
        GroupState state = new GroupState();
        long end = Population.START + 3_000_000;
        state.add(panes(1, end, AccountPane.NO_HOURS), 1_000);

        assertThat(state.statistics(5, end, Population.START).timing().hoursKnown())
                .isLessThanOrEqualTo(1);
    }

    /** An app whose text is recognised only on its second day has no users that joined together. */
    @Test
    void whoWasHereLongBeforeTheGroupDidNotJoinWithIt() {
        long family = 8;
        long cohort = 5;
        long end = Population.START + 60_000;
        GroupState old = new GroupState();
        old.add(panes(10, end, AccountPane.NO_HOURS), 1_000);

        assertThat(joinedEarly(old, family, end)).isZero();
        assertThat(joinedEarly(old, cohort, end)).as("a cohort forms late").isEqualTo(1);

        GroupState young = new GroupState();
        List<AccountPane> panes = new ArrayList<>();
        for (AccountPane pane : panes(10, end, AccountPane.NO_HOURS)) {
            panes.add(
                    new AccountPane(
                            pane.accountId(),
                            end,
                            end - 11 * 3_600_000L,
                            pane.recentExchanges(),
                            pane.hours(),
                            pane.exchanges()));
        }
        young.add(panes, 1_000);

        assertThat(joinedEarly(young, family, end)).isEqualTo(1);
    }

    private static double joinedEarly(GroupState state, long group, long end) {
        return state.statistics(group, end + 3_600_000, Population.START).life().joinedEarly();
    }

    /** One exchange of each account at the end of a pane, with the hours of its day. */
    private static List<AccountPane> panes(int accounts, long end, byte[] hours) {
        List<AccountPane> panes = new ArrayList<>();
        for (int account = 0; account < accounts; account++) {
            String id = "queue-" + account;
            Exchange exchange = Samples.sample(end + account, id, end - 1).exchange();
            long knownSince = Population.START - 40 * 3_600_000L;
            panes.add(new AccountPane(id, end, knownSince, 48, hours, List.of(exchange)));
        }
        return panes;
    }
}
