package io.distillwatch.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What analysts decide while the job runs: thresholds, weights, exceptions and verdicts. A newer
 * policy replaces the whole of the older one. Missing fields take their defaults.
 *
 * @param version name of this version; stands in every flag that it produced
 * @param flagThreshold score from which a group is flagged, 0 to 1
 * @param minAccounts accounts with enough exchanges to be named that a group must have before it is
 *     scored
 * @param minExchanges exchanges that a group must have before it is scored
 * @param minMemberExchanges exchanges in a group's families before an account is named
 * @param requiredAxes independent kinds of evidence that must each hold by themselves
 * @param closeAfterHours event-time hours of silence, or without a group whose score still flags,
 *     after which a campaign is closed
 * @param weights weight of a signal, by its name; 0 leaves it out, signals not named keep theirs
 * @param allow what is never looked at
 * @param verdicts analysts' verdicts on campaigns; one that is left out is withdrawn
 */
public record DetectionPolicy(
        @JsonProperty("version") String version,
        @JsonProperty("flag_threshold") Double flagThreshold,
        @JsonProperty("min_accounts") Integer minAccounts,
        @JsonProperty("min_exchanges") Integer minExchanges,
        @JsonProperty("min_member_exchanges") Integer minMemberExchanges,
        @JsonProperty("required_axes") Integer requiredAxes,
        @JsonProperty("close_after_hours") Integer closeAfterHours,
        @JsonProperty("weights") Map<String, Double> weights,
        @JsonProperty("allow") Allow allow,
        @JsonProperty("verdicts") List<Verdict> verdicts) {

    /** Fills in defaults. */
    public DetectionPolicy {
        version = version == null ? "default" : version;
        flagThreshold = flagThreshold == null ? 0.5 : flagThreshold;
        minAccounts = minAccounts == null ? 12 : minAccounts;
        minExchanges = minExchanges == null ? 40 : minExchanges;
        minMemberExchanges = minMemberExchanges == null ? 2 : minMemberExchanges;
        requiredAxes = requiredAxes == null ? 3 : requiredAxes;
        closeAfterHours = closeAfterHours == null ? 72 : closeAfterHours;
        weights = weights == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(weights));
        allow = allow == null ? new Allow(null, null, null, null, null) : allow;
        verdicts = copy(verdicts);
    }

    /* Keeps nulls, which the parser refuses by the name of their key. */
    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
    }

    /** The policy that holds until the first one comes. */
    public static DetectionPolicy defaults() {
        return new DetectionPolicy(null, null, null, null, null, null, null, null, null, null);
    }

    /**
     * What is never looked at.
     *
     * @param accounts account ids
     * @param organizations organisation ids
     * @param prefixes address prefixes, as the outputs write them
     * @param families family fingerprints, as the outputs write them
     * @param clients client fingerprints, as the outputs write them
     */
    public record Allow(
            @JsonProperty("accounts") List<String> accounts,
            @JsonProperty("organizations") List<String> organizations,
            @JsonProperty("prefixes") List<String> prefixes,
            @JsonProperty("families") List<String> families,
            @JsonProperty("clients") List<String> clients) {

        /** Fills in defaults. */
        public Allow {
            accounts = copy(accounts);
            organizations = copy(organizations);
            prefixes = copy(prefixes);
            families = copy(families);
            clients = copy(clients);
        }
    }

    /**
     * An analyst's verdict.
     *
     * @param campaignId the campaign
     * @param verdict {@code CONFIRMED} or {@code DISMISSED}
     * @param reason for the record
     */
    public record Verdict(
            @JsonProperty("campaign_id") String campaignId,
            @JsonProperty("verdict") String verdict,
            @JsonProperty("reason") String reason) {

        public static final String CONFIRMED = "CONFIRMED";
        public static final String DISMISSED = "DISMISSED";
    }
}
