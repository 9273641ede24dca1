package io.distillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.Signal;
import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.testing.Bytes;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Groups as they are reported, and books that take them. */
final class Books {

    static final long HOUR = 3_600_000;
    static final long T = 1_780_000_000_000L;
    static final DetectionPolicy POLICY = DetectionPolicy.defaults();

    private Books() {}

    static String bytes(Campaign campaign) {
        return HexFormat.of().formatHex(Bytes.of(campaign::write));
    }

    static Campaign only(CampaignBook book) {
        assertThat(book.campaigns()).hasSize(1);
        return book.campaigns().iterator().next();
    }

    static CampaignBook.Changes take(CampaignBook book, GroupReport... reports) {
        return book.take(List.of(reports), POLICY);
    }

    /** Takes a group with nothing in common with others; gives the id of its campaign. */
    static String flag(CampaignBook book, GroupReport report) {
        CampaignBook.Changes changes = take(book, report);
        assertThat(changes.campaigns).hasSize(1);
        return changes.campaigns.first();
    }

    /** The campaign of a book that knows nothing else. */
    static Campaign flagged(GroupReport report) {
        CampaignBook book = new CampaignBook();
        return book.campaign(flag(book, report));
    }

    static DetectionPolicy verdict(String campaign, String verdict) {
        return verdicts(List.of(new DetectionPolicy.Verdict(campaign, verdict, "a test")));
    }

    static DetectionPolicy verdicts(List<DetectionPolicy.Verdict> verdicts) {
        return new DetectionPolicy(null, null, null, null, null, null, null, null, null, verdicts);
    }

    /** Members with nothing but their accounts in common with anybody. */
    static List<MemberReport> members(int from, int to) {
        return members(from, to, a -> "10." + a / 250 + "." + a % 250 + ".0/24", a -> 0L);
    }

    static List<MemberReport> members(
            int from, int to, IntFunction<String> prefix, IntToLongFunction payment) {
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

    static MemberReport member(String account, long exchanges) {
        return member(account, exchanges, exchanges);
    }

    /**
     * @param recentExchanges of the account, here and elsewhere
     */
    static MemberReport member(String account, long exchanges, long recentExchanges) {
        return new MemberReport(
                account, T - HOUR, T, exchanges, exchanges, recentExchanges, "10.9.9.0/24", 0);
    }

    static GroupReport report(long group, long at, long flaggedAt, int from, int to) {
        return report(group, at, flaggedAt, members(from, to));
    }

    static GroupReport later(GroupReport report, long millis) {
        return report(
                report.group(),
                report.at() + millis,
                report.flaggedAt() + millis,
                report.members());
    }

    static GroupReport scored(GroupReport report, double score) {
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

    static GroupReport report(long group, long at, long flaggedAt, List<MemberReport> members) {
        return report(group, at, flaggedAt, T - HOUR, at, 500, members);
    }

    static GroupReport report(
            long group,
            long at,
            long flaggedAt,
            long firstSeen,
            long lastSeen,
            long exchanges,
            List<MemberReport> members) {
        return new GroupReport(
                group,
                at,
                flaggedAt,
                firstSeen,
                lastSeen,
                members.size(),
                exchanges,
                1_000,
                2_000,
                0.9,
                Map.of("large-3", exchanges),
                List.of(Evidence.of(Signal.WORK_PARTITION, 1, 0.5, 0.9)),
                members);
    }
}
