package io.distillwatch.campaign;

import io.distillwatch.group.GroupReport;
import io.distillwatch.group.MemberReport;

/**
 * Which accounts of a group a campaign names that it has not named yet.
 *
 * <p>Questions that are asked all over the world are a family by themselves: it has the operation's
 * accounts in it, and whoever else asks them. So of a group that was flagged later and whose
 * accounts nearly all stand in others of the campaign as well, an account that only it has is named
 * once it is at home there; so it is where another operation has accounts in the group too.
 */
interface Admission {

    /* A group of which so many accounts have others in the campaign tells of the same accounts. */
    double FOLLOWS = 0.8;
    /* From its tenth exchange on an account is more than a passer-by; where it hardly sends anything
     * else, from the eighth: with several templates that is its tenth. */
    long AT_HOME = 10;
    double MOSTLY = 0.8;

    boolean test(MemberReport member);

    /**
     * Who is admitted of a report.
     *
     * @param contested whether another operation's accounts are in the group as well
     */
    static Admission of(Campaign campaign, GroupReport report, boolean contested) {
        return contested || follows(campaign, report) ? Admission::atHome : member -> true;
    }

    private static boolean atHome(MemberReport member) {
        return member.exchanges() >= AT_HOME
                || member.exchanges() >= MOSTLY * Math.max(AT_HOME, member.recentExchanges());
    }

    /**
     * Whether the group came later, and its accounts stand in others of the campaign but for a few.
     */
    private static boolean follows(Campaign campaign, GroupReport report) {
        boolean nobodyNew =
                report.members().stream()
                        .allMatch(m -> campaign.accounts.containsKey(m.accountId()));
        if (report.flaggedAt() <= campaign.flaggedAt || nobodyNew) {
            return false; // for most reports: not worth a look at every account
        }
        long own = 0;
        long shared = 0;
        for (CampaignAccount account : campaign.accounts.values()) {
            if (account.exchangesByGroup.containsKey(report.group())) {
                own++;
                shared += account.exchangesByGroup.size() > 1 ? 1 : 0;
            }
        }
        for (MemberReport member : report.members()) {
            CampaignAccount account = campaign.accounts.get(member.accountId());
            if (account == null || !account.exchangesByGroup.containsKey(report.group())) {
                own++;
                shared += account == null ? 0 : 1;
            }
        }
        return shared >= FOLLOWS * own;
    }
}
