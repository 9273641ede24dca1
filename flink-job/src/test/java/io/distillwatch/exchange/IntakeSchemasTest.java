package io.distillwatch.exchange;

import static io.distillwatch.testing.Exchanges.exchange;
import static io.distillwatch.testing.Exchanges.millis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.testing.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of what goes in and of what is turned away, against the code. */
class IntakeSchemasTest {

    private static final Schemas DEAD_LETTER = Schemas.of(OutputTopic.DEAD_LETTERS);
    private static final Schemas LATE = Schemas.of(OutputTopic.LATE);
    private static final DetectionSettings SETTINGS = DetectionSettings.defaults();

    private final DeadLetters letters = new DeadLetters(SETTINGS);

    static List<Arguments> badRecords() {
        return RefusalsTest.badRecords().toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRecords")
    void everyDeadLetterIsValid(String what, byte[] record) {
        Intake intake = new ExchangeParser(SETTINGS).parse(record, "t", 0, 0, millis("12:00:00"));

        assertThat(DEAD_LETTER.faults(letters.refused(intake))).isEmpty();
    }

    @Test
    void lateRecordsAreValid() {
        long noon = millis("12:00:00");

        assertThat(LATE.faults(letters.late(exchange().at("11:00:00").asIntake(), noon))).isEmpty();
        assertThat(
                        LATE.faults(
                                letters.late(
                                        exchange().at("11:00:00").asIntake(SETTINGS, 1, 2, noon),
                                        noon)))
                .isEmpty();
    }

    @Test
    void recordsThatWereLateAfterIdlenessAreValid() {
        Exchange exchange = exchange().at("11:00:00").asIntake(SETTINGS, 1, 2, 0).exchange();

        OutputRecord letter = DeadLetters.lateAfterIdleness(exchange, millis("12:00:00"));

        assertThat(LATE.faults(letter)).isEmpty();
        assertThat(letter.key()).asString(StandardCharsets.UTF_8).isEqualTo("1@2");
    }

    @Test
    void deadLettersWithoutReasonPlaceOrBytesAreInvalid() {
        String place =
                "\"source_topic\":\"t\",\"source_partition\":0,\"source_offset\":0,"
                        + "\"original_length\":1";
        String why = "\"reason\":\"not_json\",\"message\":\"m\"";

        assertThat(DEAD_LETTER.faults("{" + why + "," + place + ",\"original\":\"x\"}")).isEmpty();
        assertThat(DEAD_LETTER.faults("{" + place + ",\"original\":\"x\"}")).isNotEmpty();
        assertThat(DEAD_LETTER.faults("{" + why + ",\"original\":\"x\"}")).isNotEmpty();
        assertThat(DEAD_LETTER.faults("{" + why + "," + place + "}")).isNotEmpty();
        assertThat(
                        DEAD_LETTER.faults(
                                "{"
                                        + why
                                        + ","
                                        + place
                                        + ",\"original\":\"x\",\"original_omitted\":\"too_large\"}"))
                .isNotEmpty();
        assertThat(
                        DEAD_LETTER.faults(
                                "{\"reason\":\"bad_luck\",\"message\":\"m\","
                                        + place
                                        + ",\"original\":\"x\"}"))
                .isNotEmpty();
    }

    @Test
    void theSchemaKnowsEveryReason() {
        List<String> labels = new ArrayList<>();
        for (RefusalReason reason : RefusalReason.values()) {
            labels.add(reason.label());
        }
        List<String> known = new ArrayList<>();
        for (JsonNode label : DEAD_LETTER.source().at("/properties/reason/enum")) {
            known.add(label.textValue());
        }

        assertThat(known).containsExactlyElementsOf(labels);
    }

    @Test
    void theSchemaKnowsEveryFieldThatTheParserReads() {
        List<String> known = new ArrayList<>();
        Schemas.named("exchange")
                .source()
                .at("/properties")
                .fieldNames()
                .forEachRemaining(known::add);

        assertThat(known).containsExactlyInAnyOrderElementsOf(TopLevelKeys.fields());
    }
}
