package io.distillwatch.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.testing.Schemas;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schemas of campaigns and members, against records written by hand from the contract. */
class CampaignSchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schemas CAMPAIGN = Schemas.of(OutputTopic.CAMPAIGNS);
    private static final Schemas MEMBER = Schemas.of(OutputTopic.CAMPAIGN_MEMBERS);

    private static final String GOOD_CAMPAIGN =
            """
            {"campaign_id": "dc-0123456789abcdef", "status": "OPEN",
             "flagged_at": "2026-06-01T13:00:00.000Z", "updated_at": "2026-06-01T13:05:00.000Z",
             "first_seen": "2026-06-01T08:00:00.000Z", "last_seen": "2026-06-01T13:04:59.999Z",
             "score": 0.93, "severity": "high", "accounts": 120, "prefixes": 40,
             "exchanges": 5000, "input_tokens": 1000000, "output_tokens": 9000000,
             "models": ["large-3"],
             "evidence": [{"signal": "work_partition", "value": 0.99, "expected": 0.4,
                           "score": 0.9}],
             "families": ["00f00f00f00f00f0"], "top_prefixes": [{"ip_prefix": "203.0.113.0/24", "accounts": 9, "exchanges": 70}],
             "technique": "AML.T0024.002", "detector_version": "0.1.0",
             "policy_version": "default"}
            """;

    private static final String GOOD_MEMBER =
            """
            {"campaign_id": "dc-0123456789abcdef", "account_id": "acct-1", "status": "ACTIVE",
             "joined_at": "2026-06-01T13:00:00.000Z", "first_seen": "2026-06-01T08:00:00.000Z",
             "last_seen": "2026-06-01T13:04:59.999Z", "exchanges": 40, "score": 0.9,
             "evidence": []}
            """;

    @Test
    void recordsOfTheContractAreValid() {
        assertThat(CAMPAIGN.faults(GOOD_CAMPAIGN)).isEmpty();
        assertThat(MEMBER.faults(GOOD_MEMBER)).isEmpty();
    }

    @Test
    void everyFieldOfTheContractIsRequired() throws JsonProcessingException {
        assertEveryFieldIsRequired(CAMPAIGN, GOOD_CAMPAIGN);
        assertEveryFieldIsRequired(MEMBER, GOOD_MEMBER);
    }

    private static void assertEveryFieldIsRequired(Schemas schema, String good)
            throws JsonProcessingException {
        ObjectNode record = read(good);
        List<String> fields = new ArrayList<>();
        record.fieldNames().forEachRemaining(fields::add);
        for (String field : fields) {
            ObjectNode less = record.deepCopy();
            less.remove(field);
            assertThat(schema.faults(less.toString())).as(field).isNotEmpty();
        }
    }

    @Test
    void aMergedCampaignAndNoOtherNamesItsSurvivor() throws JsonProcessingException {
        ObjectNode open = read(GOOD_CAMPAIGN);
        ObjectNode merged = open.deepCopy().put("status", "MERGED");

        assertThat(CAMPAIGN.faults(merged.toString())).isNotEmpty();
        assertThat(CAMPAIGN.faults(merged.putNull("merged_into").toString())).isNotEmpty();
        assertThat(CAMPAIGN.faults(merged.put("merged_into", "dc-1").toString())).isEmpty();
        assertThat(CAMPAIGN.faults(open.put("merged_into", "dc-1").toString())).isNotEmpty();
        assertThat(CAMPAIGN.faults(open.putNull("merged_into").toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status | \"open\"",
                "score | 1.1",
                "score | -0.1",
                "accounts | -1",
                "exchanges | 1.5",
                "flagged_at | 1780315200000",
                "flagged_at | \"2026-06-01T13:00:00Z\"",
                "flagged_at | \"2026-06-01T15:00:00.000+02:00\"",
                "evidence | [{\"signal\": \"work_partition\"}]",
                "evidence | {}",
                "families | [\"F00F\"]",
                "top_prefixes | [\"203.0.113.0/24\"]",
                "severity | \"HIGH\"",
                "technique | \"T1024\"",
                "models | [1]",
            })
    void campaignsOutsideTheContractAreInvalid(String field, String value)
            throws JsonProcessingException {
        ObjectNode record = read(GOOD_CAMPAIGN);
        record.set(field, JSON.readTree(value));

        assertThat(CAMPAIGN.faults(record.toString())).isNotEmpty();
    }

    private static ObjectNode read(String json) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(json);
    }
}
