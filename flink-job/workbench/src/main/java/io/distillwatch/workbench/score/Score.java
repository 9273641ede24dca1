package io.distillwatch.workbench.score;

import java.util.List;
import java.util.Map;

/**
 * How well flags fit what was planted.
 *
 * @param campaigns by name, in the order of the truth
 * @param falseFlags flagged campaigns that belong to none planted
 */
public record Score(Map<String, Row> campaigns, Total total, List<FalseFlag> falseFlags) {

    /**
     * One planted campaign.
     *
     * @param pieces flagged campaigns for it; 1 is right
     * @param leakage share of its exchanges up to the first flag, 1 if never flagged
     * @param exchangesBeforeFlag {@code null} if never flagged
     * @param hoursToFlag event time from its first exchange to the first flag; {@code null} if
     *     never flagged
     * @param memberRecall accounts named, of those active
     * @param memberPrecision accounts of it, of those named; {@code null} if none was named
     * @param namedInTime of the accounts that sent ten exchanges, those named within two hours of
     *     the tenth, or of the flag where that came later; {@code null} if never flagged or if none
     *     did
     * @param accounts active ones
     */
    public record Row(
            boolean flagged,
            int pieces,
            double leakage,
            Long exchangesBeforeFlag,
            Double hoursToFlag,
            double memberRecall,
            Double memberPrecision,
            Double namedInTime,
            int accounts,
            long exchanges) {}

    /**
     * Over the whole run.
     *
     * @param recall planted campaigns that were flagged, of all planted
     * @param flags flagged campaigns that stand
     * @param ordinaryNamed active ordinary accounts named by any campaign
     * @param ordinaryAccounts active ordinary accounts
     * @param namedByKind {@code ordinaryNamed} by kind of look-alike, "individual" for none
     */
    public record Total(
            double recall,
            int flags,
            int falseFlags,
            long ordinaryNamed,
            long ordinaryAccounts,
            double falseAccountRate,
            Map<String, Long> namedByKind) {}

    /**
     * A flagged campaign that is none.
     *
     * @param kinds the three most frequent kinds of its members, most frequent first
     */
    public record FalseFlag(String campaignId, int members, Map<String, Long> kinds) {}
}
