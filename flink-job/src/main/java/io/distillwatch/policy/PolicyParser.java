package io.distillwatch.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.distillwatch.evidence.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads and checks policies; a policy that is not valid is refused as a whole. */
public final class PolicyParser {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private PolicyParser() {}

    /** A refused policy; the message names each key, its value and what is allowed. */
    public static final class InvalidPolicyException extends Exception {
        InvalidPolicyException(String message) {
            super(message);
        }
    }

    /**
     * Parses a policy.
     *
     * @throws InvalidPolicyException with every fault that was found
     */
    public static DetectionPolicy parse(byte[] json) throws InvalidPolicyException {
        DetectionPolicy policy;
        try {
            policy = JSON.readValue(json, DetectionPolicy.class);
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidPolicyException(
                    "unknown key '"
                            + e.getPropertyName()
                            + "'; known here: "
                            + e.getKnownPropertyIds());
        } catch (JsonMappingException e) {
            throw new InvalidPolicyException("not a policy: " + path(e) + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new InvalidPolicyException("not a policy: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidPolicyException("not readable: " + e.getMessage());
        }
        if (policy == null) {
            throw new InvalidPolicyException("not a policy: null");
        }
        List<String> faults = new ArrayList<>();
        range(faults, "flag_threshold", policy.flagThreshold(), 0, 1);
        range(faults, "min_accounts", policy.minAccounts(), 2, 1_000_000);
        range(faults, "min_exchanges", policy.minExchanges(), 2, 1_000_000_000);
        range(faults, "min_member_exchanges", policy.minMemberExchanges(), 1, 1_000);
        range(faults, "required_axes", policy.requiredAxes(), 2, 7);
        range(faults, "close_after_hours", policy.closeAfterHours(), 1, 24 * 365);
        for (Map.Entry<String, Double> weight : policy.weights().entrySet()) {
            if (Signal.byName(weight.getKey()).isEmpty()) {
                faults.add(
                        "weights: unknown signal '"
                                + weight.getKey()
                                + "'; known: "
                                + Signal.names());
            }
            range(faults, "weights." + weight.getKey(), weight.getValue(), 0, 10);
        }
        noNulls(faults, "allow.accounts", policy.allow().accounts());
        noNulls(faults, "allow.organizations", policy.allow().organizations());
        noNulls(faults, "allow.prefixes", policy.allow().prefixes());
        noNulls(faults, "allow.families", policy.allow().families());
        noNulls(faults, "allow.clients", policy.allow().clients());
        for (DetectionPolicy.Verdict verdict : policy.verdicts()) {
            if (verdict == null
                    || verdict.campaignId() == null
                    || !(DetectionPolicy.Verdict.CONFIRMED.equals(verdict.verdict())
                            || DetectionPolicy.Verdict.DISMISSED.equals(verdict.verdict()))) {
                faults.add(
                        "verdicts: needs a campaign_id and CONFIRMED or DISMISSED, got " + verdict);
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidPolicyException(String.join("; ", faults));
        }
        return policy;
    }

    /** The JSON of a policy. */
    public static byte[] format(DetectionPolicy policy) {
        try {
            return JSON.writeValueAsBytes(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where in the policy something is wrong; empty where it is the whole. */
    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.length() == 0 ? "" : path.append(": ").toString();
    }

    private static void noNulls(List<String> faults, String key, List<String> values) {
        if (values.stream().anyMatch(Objects::isNull)) {
            faults.add(key + " holds null; allowed is text");
        }
    }

    private static void range(
            List<String> faults, String key, Number value, double min, double max) {
        double number = value == null ? Double.NaN : value.doubleValue();
        if (!(number >= min && number <= max)) {
            faults.add(key + " is " + value + "; allowed is " + min + " to " + max);
        }
    }
}
