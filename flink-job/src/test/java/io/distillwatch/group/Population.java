package io.distillwatch.group;

import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.metrics.WindowPlan;
import io.distillwatch.testing.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A synthetic group of accounts and what they did; its statistics come by the way of the job. */
final class Population {

    static final long START = 1_780_012_800_000L;
    static final long HOUR = 3_600_000;

    private static final long PANE = 300_000;

    private final List<Exchange> exchanges = new ArrayList<>();
    private final Random random;

    private Population(Random random) {
        this.random = random;
    }

    /**
     * A queue that is dealt out at random: equal loads, no sessions, every item once.
     *
     * @param perHour exchanges of one account
     */
    static Population queue(Random random, int accounts, int hours, double perHour) {
        Population population = new Population(random);
        int total = (int) (accounts * hours * perHour);
        for (int i = 0; i < total; i++) {
            population.add(
                    "acct-" + random.nextInt(accounts),
                    START + (long) (random.nextDouble() * hours * HOUR),
                    random.nextLong());
        }
        return population;
    }

    /** The same, but dealt by weights as unlike as people's use. */
    static Population unevenQueue(Random random, int accounts, int hours, double perHour) {
        Population population = new Population(random);
        for (int account = 0; account < accounts; account++) {
            int items = (int) (use(random) * hours * perHour / 3.5);
            for (int i = 0; i < items; i++) {
                population.add(
                        "acct-" + account,
                        START + (long) (random.nextDouble() * hours * HOUR),
                        random.nextLong());
            }
        }
        return population;
    }

    /**
     * A service that calls for each of its customers when something happens to them, who differ.
     */
    static Population webhooks(
            Random random, int accounts, int hours, double perHour, double sigma) {
        Population population = new Population(random);
        for (int account = 0; account < accounts; account++) {
            double rate = perHour * Math.exp(sigma * random.nextGaussian());
            for (double at = after(random, rate); at < hours; at += after(random, rate)) {
                population.add("acct-" + account, START + (long) (at * HOUR), random.nextLong());
            }
        }
        return population;
    }

    /** Pupils: sessions of some exchanges at random times, more alike than people's use is. */
    static Population pupils(Random random, int accounts, int hours, double sigma) {
        Population population = new Population(random);
        for (int account = 0; account < accounts; account++) {
            double rate = Math.exp(sigma * random.nextGaussian()) / 4;
            for (double at = after(random, rate); at < hours; at += after(random, rate)) {
                long time = START + (long) (at * HOUR);
                for (int i = 0; i < 2 + random.nextInt(4); i++) {
                    population.add("acct-" + account, time, random.nextLong());
                    time += 20_000 + random.nextInt(150_000);
                }
            }
        }
        return population;
    }

    private static double after(Random random, double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    /** A queue that deals out tasks of so many turns each, a minute apart. */
    static Population queueOfTasks(
            Random random, int accounts, int hours, double perHour, int turns) {
        Population population = new Population(random);
        int total = (int) (accounts * hours * perHour);
        for (int i = 0; i < total; i++) {
            String account = "acct-" + random.nextInt(accounts);
            long time = START + (long) (random.nextDouble() * hours * HOUR);
            for (int turn = 0; turn < turns; turn++) {
                population.exchanges.add(
                        Samples.sample(random.nextLong() | 1, account, time + turn * 60_000L)
                                .asking(random.nextLong())
                                .in(i + 1)
                                .exchange());
            }
        }
        return population;
    }

    /** Two shifts of agents, each for half of the day, to whom calls are dealt. */
    static Population callCentre(Random random, int accounts, int hours, double perHour) {
        Population population = new Population(random);
        int total = (int) (accounts / 2 * hours * perHour);
        for (int i = 0; i < total; i++) {
            double at = random.nextDouble() * hours;
            int shift = (int) (at / 12) % 2;
            population.add(
                    "acct-" + (2 * random.nextInt(accounts / 2) + shift),
                    START + (long) (at * HOUR),
                    random.nextLong());
        }
        return population;
    }

    /** A queue that gives each account one item a round, in an order of its own, ten a minute. */
    static Population roundRobin(Random random, int accounts, int items) {
        Population population = new Population(random);
        List<Integer> round = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            if (round.isEmpty()) {
                IntStream.range(0, accounts).forEach(round::add);
                Collections.shuffle(round, random);
            }
            int account = round.remove(round.size() - 1);
            population.add("acct-" + account, START + i * 6_000L, random.nextLong());
        }
        return population;
    }

    /** A queue whose items go to one account after the other, each having its turn once a round. */
    static Population inTurn(Random random, int accounts, int hours, int roundSeconds) {
        Population population = new Population(random);
        double step = 1000.0 * roundSeconds / accounts;
        for (int i = 0; i * step < hours * HOUR; i++) {
            population.add("acct-" + i % accounts, START + (long) (i * step), random.nextLong());
        }
        return population;
    }

    /** A few accounts that share a queue evenly, and others that come by once each. */
    static Population busyAmongPassersBy(
            Random random, int busy, int passersBy, int hours, double perHour) {
        Population population = queue(random, busy, hours, perHour);
        for (int i = 0; i < passersBy; i++) {
            population.add(
                    "passer-" + i,
                    START + (long) (random.nextDouble() * hours * HOUR),
                    random.nextLong());
        }
        return population;
    }

    /** A queue that gives each item to so many different accounts. */
    static Population queueWithCopies(
            Random random, int accounts, int hours, int items, int copies) {
        Population population = new Population(random);
        for (int i = 0; i < items; i++) {
            long item = random.nextLong();
            int first = random.nextInt(accounts);
            for (int copy = 0; copy < copies; copy++) {
                population.add(
                        "acct-" + (first + copy * 7) % accounts,
                        START + (long) (random.nextDouble() * hours * HOUR),
                        item);
            }
        }
        return population;
    }

    /** People who share an app: heavy-tailed use, in sessions, with popular questions. */
    static Population people(Random random, int accounts, int hours, double perHour) {
        Population population = new Population(random);
        for (int account = 0; account < accounts; account++) {
            double sessions = perHour * hours * use(random) / 3.5 / 5;
            for (int session = 0; session < Math.max(1, Math.round(sessions)); session++) {
                long time = START + (long) (random.nextDouble() * (hours - 1) * HOUR);
                for (int i = 0; i < 1 + random.nextInt(9); i++) {
                    population.add("acct-" + account, time, question(random));
                    time += 5_000 + random.nextInt(150_000);
                }
            }
        }
        return population;
    }

    /** A timer for each account, its phase its own, a few seconds late. */
    static Population timers(Random random, int accounts, int hours, int minutes) {
        Population population = new Population(random);
        for (int account = 0; account < accounts; account++) {
            long phase = random.nextInt(minutes) * 60_000L;
            for (long at = phase; at < hours * HOUR; at += minutes * 60_000L) {
                population.add(
                        "acct-" + account, START + at + random.nextInt(8_000), random.nextLong());
            }
        }
        return population;
    }

    /** Each account at the same three odd minutes of its own day, up to a minute late. */
    static Population threeTimesADay(Random random, int accounts, int days) {
        Population population = new Population(random);
        int[] minutes = {6 * 60 + 43, 12 * 60 + 37, 19 * 60 + 12};
        for (int account = 0; account < accounts; account++) {
            long zone = random.nextInt(24) * HOUR;
            for (int day = 0; day < days; day++) {
                for (int minute : minutes) {
                    long at = day * 24 * HOUR + minute * 60_000L + zone;
                    population.add(
                            "acct-" + account,
                            START + at + random.nextInt(60_000),
                            random.nextLong());
                }
            }
        }
        return population;
    }

    /** Each account is reminded three times of its day, and four times of five answers soon. */
    static Population reminded(Random random, int accounts, int days) {
        Population population = new Population(random);
        int[] minutes = {8 * 60 + 17, 13 * 60 + 41, 20 * 60 + 52};
        for (int account = 0; account < accounts; account++) {
            long zone = random.nextInt(8) * HOUR;
            for (int i = 0; i < 3 * days; i++) {
                long minute = i / 3 * 24 * 60 + minutes[i % 3];
                long late = (long) (-Math.log(1 - random.nextDouble()) * 5 * 60_000);
                if (random.nextInt(5) > 0) {
                    long at = minute * 60_000L + zone + Math.min(late, HOUR / 2);
                    population.add("acct-" + account, START + at, random.nextLong());
                }
            }
        }
        return population;
    }

    /** Each account once in every hour of the clock, at any minute. */
    static Population onceAnHour(Random random, int accounts, int hours) {
        Population population = new Population(random);
        for (int account = 0; account < accounts; account++) {
            for (int hour = 0; hour < hours; hour++) {
                long at = START + hour * HOUR + random.nextInt((int) HOUR);
                population.add("acct-" + account, at, random.nextLong());
            }
        }
        return population;
    }

    /** Each account comes for one session, long or short, and is not seen again. */
    static Population visitors(Random random, int accounts, int hours) {
        Population population = new Population(random);
        for (int account = 0; account < accounts; account++) {
            long time = START + (long) (random.nextDouble() * hours * HOUR);
            int turns = 3 + (int) (-15 * Math.log(1 - random.nextDouble()));
            for (int i = 0; i < turns; i++) {
                population.add("acct-" + account, time, random.nextLong());
                time += 5_000 + random.nextInt(20_000);
            }
        }
        return population;
    }

    /** Everybody runs the same finite set, each item once. */
    static Population benchmark(Random random, int accounts, int hours, int items) {
        Population population = new Population(random);
        for (int item = 0; item < items; item++) {
            for (int account = 0; account < accounts; account++) {
                population.add(
                        "acct-" + account,
                        START + (long) (random.nextDouble() * hours * HOUR),
                        item * 0x9e3779b97f4a7c15L);
            }
        }
        return population;
    }

    /** A queue whose accounts each last so many hours and are then replaced. */
    static Population churningQueue(
            Random random, int slots, int hours, double perHour, double lifetime) {
        Population population = new Population(random);
        int total = (int) (slots * hours * perHour);
        for (int i = 0; i < total; i++) {
            int slot = random.nextInt(slots);
            double at = random.nextDouble() * hours;
            int generation = (int) ((at + lifetime * slot / slots) / lifetime);
            population.add(
                    "acct-" + slot + "-" + generation,
                    START + (long) (at * HOUR),
                    random.nextLong());
        }
        return population;
    }

    /**
     * A queue that is worked off in every other shift of so many hours, with new accounts or not.
     */
    static Population queueInShifts(
            Random random, int accounts, int hours, double perHour, int shift, boolean newEach) {
        Population population = new Population(random);
        int total = (int) (accounts * hours * perHour);
        for (int i = 0; i < total; i++) {
            double at = random.nextDouble() * hours;
            int number = (int) at / shift;
            String account = "acct-" + random.nextInt(accounts) + (newEach ? "-" + number : "");
            if (number % 2 == 0) {
                population.add(account, START + (long) (at * HOUR), random.nextLong());
            }
        }
        return population;
    }

    /** Questions of which some are asked by everybody: Zipf over three thousand. */
    static long question(Random random) {
        return (long) Math.pow(3_000, random.nextDouble()) * 0x9e3779b97f4a7c15L;
    }

    /** Pareto with shape 1.3, cut at fifty times the smallest: 3.5 in the mean. */
    private static double use(Random random) {
        return Math.min(50, Math.pow(1 - random.nextDouble(), -1 / 1.3));
    }

    private void add(String account, long time, long body) {
        exchanges.add(Samples.sample(random.nextLong() | 1, account, time).asking(body).exchange());
    }

    /** The same exchanges, each changed. */
    Population all(UnaryOperator<Samples> change) {
        return each(exchange -> change);
    }

    /** The same exchanges, each changed in a way that depends on it. */
    Population each(Function<Exchange, UnaryOperator<Samples>> change) {
        Population changed = new Population(random);
        for (Exchange exchange : exchanges) {
            changed.exchanges.add(change.apply(exchange).apply(new Samples(exchange)).exchange());
        }
        return changed;
    }

    /** The exchanges of both. */
    Population and(Population others) {
        Population both = new Population(random);
        both.exchanges.addAll(exchanges);
        both.exchanges.addAll(others.exchanges);
        return both;
    }

    /** Those of the exchanges that pass. */
    Population only(Predicate<Exchange> passes) {
        Population left = new Population(random);
        exchanges.stream().filter(passes).forEach(left.exchanges::add);
        return left;
    }

    /** Number of an account, from its name. */
    static int number(Exchange exchange) {
        return Math.floorMod(exchange.accountId().hashCode() * 0x9e3779b9, 1 << 20);
    }

    int size() {
        return exchanges.size();
    }

    /** What the job knows of the group at the end, the stream having begun with it. */
    GroupStatistics statistics() {
        return statistics(0, START);
    }

    GroupStatistics statistics(long group, long streamStart) {
        return statistics(group, streamStart, true);
    }

    /** The same, but looked at only once, at the end: quicker, and enough for a random group. */
    GroupStatistics atTheEnd(long group) {
        return statistics(group, START, false);
    }

    private GroupStatistics statistics(long group, long streamStart, boolean allAlong) {
        GroupState state = new GroupState();
        long last = 0;
        for (List<AccountPane> pane : panes()) {
            last = pane.get(0).paneEnd();
            state.add(pane, 65_536);
            if (allAlong) {
                state.statistics(group, last, streamStart);
            }
        }
        return state.statistics(group, last, streamStart);
    }

    /** The panes as the job closes them, oldest first; each of at least one account. */
    List<List<AccountPane>> panes() {
        TreeMap<Long, Map<String, List<Exchange>>> panes = new TreeMap<>();
        for (Exchange exchange : exchanges) {
            panes.computeIfAbsent(
                            WindowPlan.paneEnd(exchange.eventTime(), PANE), end -> new TreeMap<>())
                    .computeIfAbsent(exchange.accountId(), account -> new ArrayList<>())
                    .add(exchange);
        }
        List<List<AccountPane>> closed = new ArrayList<>();
        panes.forEach(
                (end, accounts) -> {
                    List<AccountPane> pane = new ArrayList<>();
                    accounts.forEach(
                            (account, own) -> {
                                own.sort(Comparator.comparingLong(Exchange::eventTime));
                                pane.add(
                                        new AccountPane(
                                                account,
                                                end,
                                                START,
                                                10,
                                                AccountPane.NO_HOURS,
                                                own));
                            });
                    closed.add(pane);
                });
        return closed;
    }
}
