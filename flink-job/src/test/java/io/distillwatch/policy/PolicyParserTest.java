package io.distillwatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.evidence.Signal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyParserTest {

    @Test
    void anEmptyPolicyIsTheDefaultOne() throws Exception {
        assertThat(parse("{}")).isEqualTo(DetectionPolicy.defaults());
    }

    @Test
    void readsWhatItFormats() throws Exception {
        DetectionPolicy policy =
                parse(
                        """
                        {"version": "2026-06-01", "flag_threshold": 0.7, "min_accounts": 20,
                         "min_exchanges": 100, "min_member_exchanges": 3, "required_axes": 4,
                         "close_after_hours": 24, "weights": {"hand_off": 0, "elicitation": 2.5},
                         "allow": {"accounts": ["a"], "organizations": ["o"],
                                   "prefixes": ["203.0.113.0/24"], "families": ["00000000000000ff"],
                                   "clients": []},
                         "verdicts": [{"campaign_id": "dc-1", "verdict": "DISMISSED",
                                       "reason": "a benchmark"}]}
                        """);

        assertThat(policy.flagThreshold()).isEqualTo(0.7);
        assertThat(policy.weights()).containsEntry("hand_off", 0.0);
        assertThat(policy.allow().organizations()).containsExactly("o");
        assertThat(PolicyParser.parse(PolicyParser.format(policy))).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"flag_threshold\": 1.5} | flag_threshold | 1.5 | 0.0 to 1.0",
                "{\"flag_threshold\": -0.1} | flag_threshold | -0.1 | 0.0 to 1.0",
                "{\"flag_threshold\": \"NaN\"} | flag_threshold | NaN | 0.0 to 1.0",
                "{\"min_accounts\": 1} | min_accounts | 1 | 2.0 to 1000000.0",
                "{\"min_exchanges\": 0} | min_exchanges | 0 | 2.0 to 1.0E9",
                "{\"min_member_exchanges\": 0} | min_member_exchanges | 0 | 1.0 to 1000.0",
                "{\"required_axes\": 8} | required_axes | 8 | 2.0 to 7.0",
                "{\"close_after_hours\": 9000} | close_after_hours | 9000 | 1.0 to 8760.0",
                "{\"weights\": {\"hand_off\": 11}} | weights.hand_off | 11 | 0.0 to 10.0",
                "{\"weights\": {\"hand_of\": 1}} | weights | hand_of | hand_off",
                "{\"verdicts\": [{\"campaign_id\": \"dc-1\", \"verdict\": \"MAYBE\"}]}"
                        + " | verdicts | MAYBE | CONFIRMED or DISMISSED",
                "{\"verdicts\": [{\"verdict\": \"DISMISSED\"}]}"
                        + " | verdicts | DISMISSED | campaign_id",
                "{\"flag_treshold\": 0.5} | flag_treshold | unknown key | flag_threshold",
                "{\"allow\": {\"acounts\": []}} | acounts | unknown key | accounts",
                "{\"min_accounts\": \"many\"} | min_accounts | many | not a policy",
                "{\"weights\": {\"hand_off\": null}} | weights.hand_off | null | 0.0 to 10.0",
                "{\"allow\": {\"accounts\": [null]}} | allow.accounts | null | text",
                "{\"verdicts\": [null]} | verdicts | null | CONFIRMED or DISMISSED",
            })
    void aRefusalNamesTheKeyTheValueAndWhatIsAllowed(
            String json, String key, String value, String allowed) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(PolicyParser.InvalidPolicyException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value)
                .hasMessageContaining(allowed);
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThatThrownBy(
                        () ->
                                parse(
                                        """
                                        {"flag_threshold": 2, "required_axes": 1,
                                         "weights": {"luck": 1}}
                                        """))
                .hasMessageContaining("flag_threshold is 2.0")
                .hasMessageContaining("required_axes is 1")
                .hasMessageContaining("unknown signal 'luck'")
                .hasMessageContaining(Signal.names().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "1", "{", "{} {}", "{\"version\": {}}", "\u0000"})
    void whatIsNoPolicyIsRefused(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(PolicyParser.InvalidPolicyException.class)
                .message()
                .isNotBlank();
    }

    private static DetectionPolicy parse(String json) throws Exception {
        return PolicyParser.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
