package io.distillwatch.campaign;

/** Where a campaign is in its life. */
public enum CampaignStatus {
    /** Being followed. */
    OPEN,
    /** Silent for the policy's time; opens again when it comes back. */
    CLOSED,
    /** Turned out to be part of another one. */
    MERGED,
    /** An analyst has said that it is none. */
    DISMISSED
}
