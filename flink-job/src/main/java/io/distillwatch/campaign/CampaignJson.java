package io.distillwatch.campaign;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.distillwatch.evidence.Evidence;
import io.distillwatch.fingerprint.PromptFingerprinter;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.Timestamps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON of the campaign topics. */
final class CampaignJson {

    static final String DETECTOR_VERSION = "0.1.0";

    /** MITRE ATLAS: Extract AI Model. */
    static final String TECHNIQUE = "AML.T0024.002";

    private static final JsonFactory JSON = new JsonFactory();
    private static final int TOP_PREFIXES = 10;

    private CampaignJson() {}

    static OutputRecord campaign(Campaign campaign, String policyVersion) {
        Map<String, long[]> prefixes = prefixes(campaign);
        Campaign.Totals totals = campaign.totals();
        byte[] json =
                write(
                        out -> {
                            out.writeStringField("campaign_id", campaign.id);
                            out.writeStringField("status", campaign.status.name());
                            if (campaign.mergedInto != null) {
                                out.writeStringField("merged_into", campaign.mergedInto);
                            }
                            out.writeStringField(
                                    "flagged_at", Timestamps.format(campaign.flaggedAt));
                            out.writeStringField(
                                    "updated_at", Timestamps.format(campaign.updatedAt));
                            out.writeStringField(
                                    "first_seen", Timestamps.format(campaign.firstSeen()));
                            out.writeStringField(
                                    "last_seen", Timestamps.format(campaign.lastSeen()));
                            out.writeNumberField("score", round(campaign.score()));
                            out.writeStringField(
                                    "severity", Severity.of(totals.exchanges()).label());
                            out.writeBooleanField("confirmed", campaign.confirmed);
                            out.writeNumberField("accounts", campaign.accounts.size());
                            out.writeNumberField("prefixes", prefixes.size());
                            out.writeNumberField("exchanges", totals.exchanges());
                            out.writeNumberField("input_tokens", totals.inputTokens());
                            out.writeNumberField("output_tokens", totals.outputTokens());
                            out.writeArrayFieldStart("models");
                            for (String model : campaign.models()) {
                                out.writeString(model);
                            }
                            out.writeEndArray();
                            writeEvidence(out, campaign.evidence());
                            out.writeArrayFieldStart("families");
                            for (long group : campaign.parts.keySet()) {
                                out.writeString(PromptFingerprinter.format(group));
                            }
                            out.writeEndArray();
                            writePrefixes(out, prefixes);
                            out.writeStringField("technique", TECHNIQUE);
                            out.writeStringField("detector_version", DETECTOR_VERSION);
                            out.writeStringField("policy_version", policyVersion);
                        });
        return new OutputRecord(
                campaign.id.getBytes(StandardCharsets.UTF_8), json, campaign.updatedAt - 1);
    }

    static OutputRecord member(Campaign campaign, String accountId) {
        boolean active =
                campaign.status == CampaignStatus.OPEN || campaign.status == CampaignStatus.CLOSED;
        return member(campaign, accountId, campaign.accounts.get(accountId), active);
    }

    /** An account that the campaign, though it lives on, has no more. */
    static OutputRecord removed(Campaign campaign, String accountId, CampaignAccount last) {
        return member(campaign, accountId, last, false);
    }

    private static OutputRecord member(
            Campaign campaign, String accountId, CampaignAccount account, boolean active) {
        byte[] json =
                write(
                        out -> {
                            out.writeStringField("campaign_id", campaign.id);
                            out.writeStringField("account_id", accountId);
                            out.writeStringField("status", active ? "ACTIVE" : "REMOVED");
                            out.writeStringField("joined_at", Timestamps.format(account.joinedAt));
                            out.writeStringField(
                                    "updated_at", Timestamps.format(campaign.updatedAt));
                            out.writeStringField(
                                    "first_seen", Timestamps.format(account.firstSeen));
                            out.writeStringField("last_seen", Timestamps.format(account.lastSeen));
                            out.writeNumberField(
                                    "exchanges", account.exchanges(campaign.families()));
                            out.writeNumberField("score", round(account.score));
                            out.writeStringField("ip_prefix", account.prefix);
                            out.writeArrayFieldStart("families");
                            for (long group : account.exchangesByGroup.keySet()) {
                                out.writeString(PromptFingerprinter.format(group));
                            }
                            out.writeEndArray();
                            writeEvidence(out, campaign.evidence());
                        });
        byte[] key = (campaign.id + "+" + accountId).getBytes(StandardCharsets.UTF_8);
        return new OutputRecord(key, json, campaign.updatedAt - 1);
    }

    private static Map<String, long[]> prefixes(Campaign campaign) {
        Map<String, long[]> prefixes = new TreeMap<>();
        List<Long> families = campaign.families();
        for (CampaignAccount account : campaign.accounts.values()) {
            if (account.prefix != null) {
                long[] counts = prefixes.computeIfAbsent(account.prefix, p -> new long[2]);
                counts[0]++;
                counts[1] += account.exchanges(families);
            }
        }
        return prefixes;
    }

    private static void writePrefixes(JsonGenerator out, Map<String, long[]> prefixes)
            throws IOException {
        List<Map.Entry<String, long[]>> top = new ArrayList<>(prefixes.entrySet());
        top.sort(
                Comparator.<Map.Entry<String, long[]>>comparingLong(e -> -e.getValue()[0])
                        .thenComparing(Map.Entry::getKey));
        out.writeArrayFieldStart("top_prefixes");
        for (Map.Entry<String, long[]> entry : top.subList(0, Math.min(TOP_PREFIXES, top.size()))) {
            out.writeStartObject();
            out.writeStringField("ip_prefix", entry.getKey());
            out.writeNumberField("accounts", entry.getValue()[0]);
            out.writeNumberField("exchanges", entry.getValue()[1]);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeEvidence(JsonGenerator out, List<Evidence> evidence)
            throws IOException {
        out.writeArrayFieldStart("evidence");
        for (Evidence one : evidence) {
            out.writeStartObject();
            out.writeStringField("signal", one.signal().signalName());
            out.writeNumberField("value", round(one.value()));
            out.writeNumberField("expected", round(one.expected()));
            out.writeNumberField("score", round(one.score()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** What goes between the braces. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator out) throws IOException;
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static double round(double value) {
        return Double.isFinite(value) ? Math.round(value * 1e4) / 1e4 : 0;
    }
}
