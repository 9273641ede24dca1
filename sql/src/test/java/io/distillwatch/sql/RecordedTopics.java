package io.distillwatch.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.exchange.ExchangeParser;
import io.distillwatch.exchange.Intake;
import io.distillwatch.fingerprint.PromptFingerprinter;
import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Two hours of 1 June 2026: a campaign of five accounts, of which one is removed and one takes its
 * place; look-alikes that share one trait each; ordinary people; a few records that nobody can
 * read.
 */
final class RecordedTopics {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Stands in the recorded campaigns for the family that their prompts have. */
    private static final String FAMILY = "@FAMILY@";

    private static final long MIDNIGHT = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

    private RecordedTopics() {}

    static void write(TestBroker broker) throws Exception {
        // One partition, so that the order of the file is the order of the topic.
        broker.createTopic("llm-exchanges", 1);
        broker.write("llm-exchanges", messages("llm-exchanges", "account_id", "event_time"));
        for (String topic : List.of("account-metrics", "prefix-metrics")) {
            broker.createTopic(topic, 2);
        }
        RecordedJob.writeMetrics(lines("llm-exchanges"), broker.bootstrapServers());
        broker.createTopic("distillation-campaigns", 2);
        broker.write(
                "distillation-campaigns",
                messages("distillation-campaigns", "campaign_id", "updated_at"));
        broker.createTopic("distillation-campaign-members", 2);
        broker.write(
                "distillation-campaign-members",
                messages("distillation-campaign-members", "campaign_id+account_id", "last_seen"));
        broker.createTopic("exchanges-dead-letter", 2);
        broker.write(
                "exchanges-dead-letter",
                messages("exchanges-dead-letter", "source_offset", "ingested_at"));
        broker.createTopic("exchanges-late", 2);
        broker.write("exchanges-late", messages("exchanges-late", "exchange_id", "event_time"));
        broker.createTopic("detection-policy", 1);
        broker.write("detection-policy", messages("detection-policy", "version", "none"));
    }

    /** Lines of a recorded topic. */
    static List<String> lines(String topic) throws IOException {
        try (InputStream in =
                RecordedTopics.class.getResourceAsStream("/recorded/" + topic + ".jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** The prompt feature that all prompts of the campaign have in common. */
    static String family() throws IOException {
        ExchangeParser parser = new ExchangeParser(DetectionSettings.defaults());
        Set<Long> common = new TreeSet<>();
        boolean first = true;
        for (String line : lines("llm-exchanges")) {
            Intake intake =
                    parser.parse(line.getBytes(StandardCharsets.UTF_8), "recorded", 0, 0, 0);
            if (intake.refused() || !intake.exchange().accountId().startsWith("d")) {
                continue;
            }
            Set<Long> features =
                    LongStream.of(intake.exchange().features()).boxed().collect(Collectors.toSet());
            if (first) {
                common.addAll(features);
                first = false;
            }
            common.retainAll(features);
        }
        return PromptFingerprinter.format(common.iterator().next());
    }

    private static List<TestBroker.Message> messages(
            String topic, String keyFields, String timeField) throws IOException {
        List<TestBroker.Message> messages = new ArrayList<>();
        String family = family();
        for (String line : lines(topic)) {
            String value = line.replace(FAMILY, family);
            messages.add(
                    new TestBroker.Message(key(value, keyFields), value, time(value, timeField)));
        }
        return messages;
    }

    private static String key(String value, String fields) {
        List<String> parts = new ArrayList<>();
        for (String field : fields.split("\\+")) {
            parts.add(node(value).path(field).asText("none"));
        }
        return String.join("+", parts);
    }

    private static long time(String value, String field) {
        JsonNode time = node(value).path(field);
        if (time.isNumber()) {
            return time.asLong();
        }
        return time.isTextual() ? Instant.parse(time.asText()).toEpochMilli() : MIDNIGHT;
    }

    private static JsonNode node(String value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}
