package io.distillwatch.group;

import io.distillwatch.evidence.Assessment;
import io.distillwatch.evidence.Assessor;
import io.distillwatch.evidence.GroupStatistics;
import io.distillwatch.evidence.Signal;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.family.Cohort;
import io.distillwatch.fingerprint.ElicitationCue;
import io.distillwatch.fingerprint.PromptFingerprint;
import io.distillwatch.metrics.Hashes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that is kept of one group of accounts: its members one by one, up to a bound, and
 * samples of what they asked. Panes are taken in order of time, accounts within a pane in order of
 * their ids, so the state depends on the content of the stream only.
 */
final class GroupState {

    private static final long DAY = 86_400_000;
    static final int CUES = ElicitationCue.values().length;
    private static final int MAX_MODELS = 32;
    /* An account of an even group stays silent for six expected exchanges with probability e^-6. */
    private static final double SILENCE = 6;
    private static final int NOT_COUNTED = -1;

    /* In order of joining, before and after a restore: sums are the same to the last digit. */
    final Map<String, Member> members = new LinkedHashMap<>();
    long firstSeen = Long.MAX_VALUE;
    long lastSeen;
    long exchanges;
    long inputTokens;
    long outputTokens;
    final TreeMap<String, Long> models = new TreeMap<>();

    Askers bodies = new Askers();
    Askers tails = new Askers();
    Askers halves = new Askers();
    Askers conversations = new Askers();
    ModelUse modelUse = new ModelUse();
    Heads heads = new Heads();
    long[] lengths = new long[GroupStatistics.Lengths.CELLS];
    long returning;
    long returned;
    long cameBack;
    final long[] cues = new long[CUES];
    long singleTurn;
    HalfHours halfHours = new HalfHours();
    Gaps gaps = new Gaps();
    PooledStreams pooled = new PooledStreams();
    /* The even-share clock: expected repeats of an account that has been there all the time. */
    double clock;
    int living;
    /* Members with at least so many exchanges, counted when first asked for; -1 for not yet. */
    private int namedFrom = NOT_COUNTED;
    private long named;

    /* When the group was last assessed, and at what size. */
    long assessedAt;
    long assessedExchanges;
    boolean flagged;
    long flaggedAt;
    Assessment assessment = new Assessment(0, false, List.of(), List.of());

    /** Takes a pane of the group: its accounts' exchanges. */
    void add(List<AccountPane> panes, int maxMembers) {
        panes.sort(Comparator.comparing(AccountPane::accountId));
        long first = Long.MAX_VALUE;
        for (AccountPane pane : panes) {
            first = Math.min(first, pane.exchanges().get(0).eventTime());
        }
        countReturns(panes, first);
        long repeats = 0;
        for (AccountPane pane : panes) {
            Member member = members.get(pane.accountId());
            if (member != null) {
                int begun = member.converse(pane);
                member.repeats += begun;
                repeats += begun;
                if (member.retired) {
                    member.retired = false;
                    cameBack++;
                    living++;
                }
            }
        }
        clock += living == 0 ? 0 : (double) repeats / living;
        for (AccountPane pane : panes) {
            Member member = members.get(pane.accountId());
            boolean joins = member == null;
            if (joins) {
                member = new Member(Hashes.of(pane.accountId()));
                members.put(pane.accountId(), member);
                member.converse(pane);
                living++;
            }
            if (pane.steady()) {
                member.rememberHours(pane, halfHours);
            }
            addExchanges(member, pane);
            if (joins) {
                member.joinedClock = clock;
            }
            member.lastClock = clock;
        }
        pooled.add(panes, first);
        if (members.size() > maxMembers) {
            keepSample(maxMembers);
        }
    }

    private void countReturns(List<AccountPane> panes, long first) {
        if (members.isEmpty() || first - lastSeen < HalfHours.MILLIS) {
            return;
        }
        for (AccountPane pane : panes) {
            returning++;
            returned += members.containsKey(pane.accountId()) ? 1 : 0;
        }
    }

    private void addExchanges(Member member, AccountPane pane) {
        long previous = member.lastSeen;
        boolean few = member.exchanges < namedFrom;
        member.describe(pane);
        named += few && member.exchanges >= namedFrom ? 1 : 0;
        long halfHour = 0;
        long inHalfHour = 0;
        for (Exchange exchange : pane.exchanges()) {
            exchanges++;
            inputTokens += exchange.inputTokens();
            outputTokens += exchange.outputTokens();
            firstSeen = Math.min(firstSeen, exchange.eventTime());
            lastSeen = Math.max(lastSeen, exchange.eventTime());
            if (exchange.model() != null
                    && (models.size() < MAX_MODELS || models.containsKey(exchange.model()))) {
                models.merge(exchange.model(), 1L, Long::sum);
            }
            if (exchange.model() != null) {
                modelUse.add(Hashes.of(exchange.model()), exchange.eventTime());
            }
            heads.add(exchange.familyHash());
            boolean single = exchange.earlierTurns() == 0;
            lengths[
                    GroupStatistics.Lengths.cell(
                            exchange.promptTokens(), exchange.outputTokens(), single)]++;
            bodies.add(exchange.promptHash(), member.accountHash);
            tails.add(PromptFingerprint.lastTokens(exchange.tailHash()), member.accountHash);
            halves.add(PromptFingerprint.laterHalf(exchange.tailHash()), member.accountHash);
            if (exchange.conversationHash() != 0) {
                // Colleagues who go on in one thread are one.
                conversations.add(
                        exchange.conversationHash(),
                        member.organization == 0 ? member.accountHash : member.organization);
            }
            for (int cue = 0; cue < CUES; cue++) {
                cues[cue] += exchange.cues() >>> cue & 1;
            }
            singleTurn += single ? 1 : 0;
            // All of a pane lie in one half-hour, or in two.
            long own = Math.floorDiv(exchange.eventTime(), HalfHours.MILLIS);
            if (own != halfHour) {
                halfHours.add(halfHour, inHalfHour);
                halfHour = own;
                inHalfHour = 0;
            }
            inHalfHour++;
            if (previous != 0) {
                gaps.add(previous, exchange.eventTime(), member.gap);
                member.gap = exchange.eventTime() - previous;
            }
            previous = exchange.eventTime();
        }
        halfHours.add(halfHour, inHalfHour);
    }

    /** Of too many members keeps those with the smallest hashes: the same sample everywhere. */
    private void keepSample(int maxMembers) {
        long[] hashes = members.values().stream().mapToLong(m -> m.accountHash).sorted().toArray();
        long limit = hashes[maxMembers - 1];
        members.values().removeIf(member -> member.accountHash > limit);
        countAnew();
    }

    /** Forgets members that have not been seen since a time; whether any are left. */
    boolean expire(long before) {
        members.values().removeIf(member -> member.lastSeen < before);
        countAnew();
        return !members.isEmpty();
    }

    private void countAnew() {
        living = (int) members.values().stream().filter(member -> !member.retired).count();
        namedFrom = NOT_COUNTED;
    }

    /**
     * Members with enough exchanges to be named. The number that is enough seldom changes, and a
     * crowd's members are all over the heap: they are counted once, and then as they get there.
     */
    long named(int minExchanges) {
        if (namedFrom != minExchanges) {
            namedFrom = minExchanges;
            named = members.values().stream().filter(m -> m.exchanges >= minExchanges).count();
        }
        return named;
    }

    /** Whether the last assessment found the load dealt out evenly. */
    boolean evenlyLoaded() {
        return assessment.evidence().stream()
                .anyMatch(e -> e.signal() == Signal.LOAD_EVENNESS && e.score() >= Assessor.HOLDS);
    }

    /** The sufficient statistics as of the end of a pane. */
    GroupStatistics statistics(long group, long now, long streamStart) {
        EvenShares shares = new EvenShares();
        double sum = 0;
        double sumOfSquares = 0;
        int retired = 0;
        int early = 0;
        int born = 0;
        int died = 0;
        for (Member member : members.values()) {
            if (!member.retired && clock - member.lastClock > SILENCE) {
                member.retired = true;
            }
            double until = member.retired ? member.lastClock : clock;
            shares.add(member.repeats, clock - member.joinedClock, until - member.joinedClock);
            sum += member.exchanges;
            sumOfSquares += (double) member.exchanges * member.exchanges;
            if (member.retired) {
                retired++;
                died += now - member.lastSeen < DAY ? 1 : 0;
            }
            boolean joinedEarly = member.firstSeen - firstSeen < (now - firstSeen) / 2;
            early += joinedEarly && !hereBefore(group, member) ? 1 : 0;
            born += now - member.firstSeen < DAY && member.firstSeen - firstSeen > DAY / 4 ? 1 : 0;
        }
        living = members.size() - retired;
        long halfHour = now / HalfHours.MILLIS;
        return new GroupStatistics(
                group,
                now,
                members.size(),
                exchanges,
                firstSeen,
                new GroupStatistics.Load(
                        shares.lasting(),
                        shares.retiring(),
                        sumOfSquares == 0 ? 0 : sum * sum / sumOfSquares),
                new GroupStatistics.Work(bodies.repeats(), tails.repeats(), halves.repeats()),
                gaps.timing(pooled, halfHour, halfHours.upTo(halfHour)),
                new GroupStatistics.Life(
                        retired,
                        cameBack,
                        born,
                        died,
                        conversations.repeated(),
                        conversations.shared(),
                        (double) early / Math.max(1, members.size()),
                        Math.max(0, firstSeen - streamStart) / 3.6e6),
                new GroupStatistics.Intent(cues.clone(), singleTurn, outputTokens),
                Crowd.of(members.values()).infrastructure(),
                modelUse.statistics(now),
                skeleton(),
                new GroupStatistics.Lengths(lengths.clone()),
                new GroupStatistics.Returns(returning, returned));
    }

    /**
     * Whether the account had been about for long when the group was first seen: then it is the
     * group that is new, or newly known, and not the account. A cohort is always seen late, since
     * its accounts must have worked steadily for hours.
     */
    private boolean hereBefore(long group, Member member) {
        return !Cohort.isCohort(group) && member.knownSince < firstSeen - DAY / 2;
    }

    private GroupStatistics.Skeleton skeleton() {
        double bits = exchanges == 0 ? 0 : Math.log(exchanges) / Math.log(2);
        return new GroupStatistics.Skeleton(
                bits - heads.repetition(),
                heads.kinds(),
                bits - bodies.repetition(),
                bodies.things() / bodies.sampled());
    }
}
