package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.evidence.Assessment;
import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.Signal;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who of a group is named: 40 accounts of an operation, and others that happen to be there. */
class BelongingTest {

    private static final long START = 1_780_012_800_000L;
    private static final long PANE = 300_000;
    private static final int DAYS = 2;
    private static final long FAMILY = 4;
    private static final long COHORT = 5;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thoseWhoShareACardAndTheHoursBelong(long seed) {
        Random random = new Random(seed);
        GroupState state =
                operationAnd(
                        random,
                        (panes, end) -> {
                            for (int account = 0; account < 20; account++) {
                                act(panes, "reseller-" + account, end, random, 24, 7, true);
                            }
                            for (int account = 0; account < 5; account++) {
                                act(panes, "bot-" + account, end, random, 24, 100 + account, false);
                            }
                            act(panes, "busy", end, random, 150, 1, false);
                        });
        Set<String> named = named(COHORT, state);

        assertThat(named).allMatch(account -> account.startsWith("queue-"));
        assertThat(named).hasSizeGreaterThan(36);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ofAnEvenFamilyEverybodyBelongsButWhoTakesManyShares(long seed) {
        Random random = new Random(seed);
        GroupState state =
                operationAnd(
                        random,
                        (panes, end) -> {
                            for (int account = 0; account < 5; account++) {
                                act(panes, "weighted-" + account, end, random, 60, 1, false);
                            }
                            act(panes, "researcher", end, random, 200, 9, false);
                        });
        assertThat(named(FAMILY, state)).as("nothing is known of the load").hasSize(46);

        state.assessment = assessed(0.9);
        assertThat(named(FAMILY, state)).hasSize(45).doesNotContain("researcher");

        state.assessment = assessed(0.4);
        assertThat(named(FAMILY, state)).as("uneven: people").hasSize(46);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoHardlyUsesTheTemplateAmongAllThatItSendsIsAPasserBy(long seed) {
        Random random = new Random(seed);
        GroupState state =
                operationAnd(
                        random,
                        (panes, end) -> {
                            act(panes, "covered", end, random, 24, 1, false, 24 * 20);
                            act(panes, "researcher", end, random, 6, 9, false, 900);
                        });

        assertThat(state.members).hasSize(42);
        assertThat(named(FAMILY, state)).hasSize(41).doesNotContain("researcher");
    }

    /** Two days of the operation, with what others do in each pane. */
    private static GroupState operationAnd(
            Random random, BiConsumer<List<AccountPane>, Long> others) {
        GroupState state = new GroupState();
        for (long end = START + PANE; end <= START + DAYS * 86_400_000L; end += PANE) {
            List<AccountPane> panes = new ArrayList<>();
            for (int account = 0; account < 40; account++) {
                act(panes, "queue-" + account, end, random, 24, 1 + account % 2, false);
            }
            others.accept(panes, end);
            if (!panes.isEmpty()) {
                state.add(panes, 65_536);
            }
        }
        return state;
    }

    private static Assessment assessed(double evenness) {
        Evidence load = Evidence.of(Signal.LOAD_EVENNESS, 0.1, 1.5, evenness);
        return new Assessment(0.9, true, List.of(), List.of(load));
    }

    private static Set<String> named(long group, GroupState state) {
        Belonging belonging = Belonging.of(group, state);
        return state.members.entrySet().stream()
                .filter(entry -> belonging.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static void act(
            List<AccountPane> panes,
            String account,
            long end,
            Random random,
            int perDay,
            long payment,
            boolean asleepAtNight) {
        act(panes, account, end, random, perDay, payment, asleepAtNight, 10);
    }

    private static void act(
            List<AccountPane> panes,
            String account,
            long end,
            Random random,
            int perDay,
            long payment,
            boolean asleepAtNight,
            long anywhere) {
        double hour = (end - START) % 86_400_000L / 3.6e6;
        double rate = perDay / 288.0 * (asleepAtNight ? (hour < 12 ? 0.2 : 1.8) : 1);
        if (random.nextDouble() < rate) {
            long time = end - 1 - random.nextInt(200_000);
            Exchange exchange =
                    Samples.sample(random.nextLong() | 1, account, time)
                            .from("10." + random.nextInt(250) + "." + random.nextInt(250) + ".0/24")
                            .with(9, payment, 0)
                            .asking(random.nextLong())
                            .exchange();
            panes.add(
                    new AccountPane(
                            account,
                            end,
                            START,
                            anywhere,
                            AccountPane.NO_HOURS,
                            List.of(exchange)));
        }
    }
}
