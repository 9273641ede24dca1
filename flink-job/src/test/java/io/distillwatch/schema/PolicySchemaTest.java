package io.distillwatch.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.distillwatch.evidence.Signal;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.policy.PolicyParser;
import io.distillwatch.testing.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What analysts read about policies and what the job does with them is the same. */
class PolicySchemaTest {

    private static final Schemas SCHEMA = Schemas.named("detection-policy");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"version\": \"7\", \"flag_threshold\": 0, \"required_axes\": 7}",
                "{\"weights\": {\"work_partition\": 0, \"hand_off\": 10}}",
                "{\"allow\": {\"accounts\": [\"a\"], \"prefixes\": [\"203.0.113.0/24\"]}}",
                "{\"verdicts\": [{\"campaign_id\": \"c\", \"verdict\": \"DISMISSED\"}]}",
                "{\"verdicts\": [{\"campaign_id\": \"c\", \"verdict\": \"CONFIRMED\","
                        + " \"reason\": \"seen\"}]}",
                "{\"version\": null, \"weights\": null, \"allow\": null, \"verdicts\": null}"
            })
    void goodPoliciesAreValidAndTaken(String policy) throws Exception {
        assertThat(SCHEMA.faults(policy)).isEmpty();
        assertThat(PolicyParser.parse(bytes(policy))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"flag_treshold\": 0.5}",
                "{\"flag_threshold\": 1.1}",
                "{\"flag_threshold\": \"high\"}",
                "{\"min_accounts\": 1}",
                "{\"min_exchanges\": 1}",
                "{\"min_member_exchanges\": 0}",
                "{\"required_axes\": 1}",
                "{\"close_after_hours\": 0}",
                "{\"weights\": {\"moon_phase\": 1}}",
                "{\"weights\": {\"hand_off\": -1}}",
                "{\"weights\": {\"hand_off\": 11}}",
                "{\"allow\": {\"acounts\": []}}",
                "{\"allow\": {\"accounts\": \"a\"}}",
                "{\"verdicts\": [{\"verdict\": \"DISMISSED\"}]}",
                "{\"verdicts\": [{\"campaign_id\": \"c\", \"verdict\": \"MAYBE\"}]}"
            })
    void badPoliciesAreInvalidAndRefused(String policy) {
        assertThat(SCHEMA.faults(policy)).isNotEmpty();
        assertThatThrownBy(() -> PolicyParser.parse(bytes(policy)))
                .isInstanceOf(PolicyParser.InvalidPolicyException.class);
    }

    @Test
    void theSchemaKnowsEverySignal() {
        List<String> known = new ArrayList<>();
        for (JsonNode name : SCHEMA.source().at("/properties/weights/propertyNames/enum")) {
            known.add(name.textValue());
        }

        assertThat(known).containsExactlyElementsOf(Signal.names());
    }

    @Test
    void thePolicyThatHoldsAtFirstIsValidAndItsValuesAreTheDefaultsOfTheSchema() {
        String defaults =
                new String(PolicyParser.format(DetectionPolicy.defaults()), StandardCharsets.UTF_8);
        assertThat(SCHEMA.faults(defaults)).isEmpty();

        JsonNode properties = SCHEMA.source().at("/properties");
        DetectionPolicy policy = DetectionPolicy.defaults();
        Map<String, Number> values =
                Map.of(
                        "flag_threshold", policy.flagThreshold(),
                        "min_accounts", policy.minAccounts(),
                        "min_exchanges", policy.minExchanges(),
                        "min_member_exchanges", policy.minMemberExchanges(),
                        "required_axes", policy.requiredAxes(),
                        "close_after_hours", policy.closeAfterHours());
        values.forEach(
                (key, value) ->
                        assertThat(properties.path(key).path("default").numberValue())
                                .as(key)
                                .isEqualTo(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
