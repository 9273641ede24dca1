package io.distillwatch.campaign;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What operators of the service see of the campaigns: numbers only. Accounts and prefixes are never
 * labels, since a metrics system keeps those for months and makes a series of each.
 */
final class CampaignMetrics {

    private static final int RANKS = 5;
    private static final int RECENT_FLAGS = 100;

    private final Counter flagged;
    private final Histogram flagDelaySeconds;
    private final Map<CampaignStatus, Counter> ended = new EnumMap<>(CampaignStatus.class);
    private final Map<Severity, long[]> openBySeverity = new EnumMap<>(Severity.class);
    private final long[] prefixExchanges = new long[RANKS];
    private final Map<String, CampaignStatus> known = new HashMap<>();
    private long accounts;
    private long exchanges;

    CampaignMetrics(MetricGroup metrics) {
        flagged = metrics.counter("flaggedCampaigns");
        flagDelaySeconds =
                metrics.histogram(
                        "flagDelaySeconds", new DescriptiveStatisticsHistogram(RECENT_FLAGS));
        for (CampaignStatus status : CampaignStatus.values()) {
            if (status != CampaignStatus.OPEN) {
                ended.put(
                        status,
                        metrics.addGroup("status", status.name().toLowerCase(java.util.Locale.ROOT))
                                .counter("closedCampaigns"));
            }
        }
        for (Severity severity : Severity.values()) {
            long[] open = new long[1];
            openBySeverity.put(severity, open);
            metrics.addGroup("severity", severity.label()).gauge("openCampaigns", () -> open[0]);
        }
        for (int rank = 0; rank < RANKS; rank++) {
            int at = rank;
            metrics.addGroup("rank", Integer.toString(rank + 1))
                    .gauge("prefixExchanges", () -> prefixExchanges[at]);
        }
        metrics.gauge("campaignAccounts", () -> accounts);
        metrics.gauge("campaignExchanges", () -> exchanges);
    }

    /**
     * Takes the book as it is now.
     *
     * @param changed campaigns that were written out since the last call
     */
    void update(Collection<Campaign> campaigns, Collection<Campaign> changed) {
        changed.forEach(this::count);
        openBySeverity.values().forEach(open -> open[0] = 0);
        Arrays.fill(prefixExchanges, 0);
        accounts = 0;
        exchanges = 0;
        Map<String, Long> byPrefix = new HashMap<>();
        for (Campaign campaign : campaigns) {
            if (campaign.status != CampaignStatus.OPEN) {
                continue;
            }
            Campaign.Totals totals = campaign.totals();
            List<Long> families = campaign.families();
            openBySeverity.get(Severity.of(totals.exchanges()))[0]++;
            accounts += campaign.accounts.size();
            exchanges += totals.exchanges();
            for (CampaignAccount account : campaign.accounts.values()) {
                if (account.prefix != null) {
                    byPrefix.merge(account.prefix, account.exchanges(families), Long::sum);
                }
            }
        }
        long[] largest =
                byPrefix.values().stream()
                        .mapToLong(Long::longValue)
                        .map(each -> -each)
                        .sorted()
                        .limit(RANKS)
                        .toArray();
        for (int rank = 0; rank < largest.length; rank++) {
            prefixExchanges[rank] = -largest[rank];
        }
    }

    private void count(Campaign campaign) {
        CampaignStatus before = known.put(campaign.id, campaign.status);
        if (before == null && campaign.updatedAt == campaign.flaggedAt) {
            flagged.inc();
            flagDelaySeconds.update((campaign.flaggedAt - campaign.firstSeen()) / 1_000);
        }
        if (campaign.status != CampaignStatus.OPEN) {
            known.remove(campaign.id);
            if (before == null || before == CampaignStatus.OPEN) {
                ended.get(campaign.status).inc();
            }
        }
    }
}
