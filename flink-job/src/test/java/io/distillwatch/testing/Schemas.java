package io.distillwatch.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputTopic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON Schema of a topic, as the job's jar carries it, applied to records. */
public final class Schemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode source;
    private final JsonSchema schema;

    private Schemas(JsonNode source) {
        this.source = source;
        this.schema =
                JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(
                                source,
                                SchemaValidatorsConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build());
    }

    /**
     * @param name as in {@code NAME.schema.json}
     */
    public static Schemas named(String name) {
        String path = "/io/distillwatch/schema/" + name + ".schema.json";
        try (InputStream in = Schemas.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no schema at " + path);
            }
            return new Schemas(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Schemas of(OutputTopic topic) {
        return named(
                switch (topic) {
                    case ACCOUNT_METRICS -> "account-metrics";
                    case PREFIX_METRICS -> "prefix-metrics";
                    case CAMPAIGNS -> "campaign";
                    case CAMPAIGN_MEMBERS -> "campaign-member";
                    case DEAD_LETTERS -> "dead-letter";
                    case LATE -> "late";
                });
    }

    /** The schema itself. */
    public JsonNode source() {
        return source;
    }

    /** What is wrong with a record; empty when it is valid. */
    public List<String> faults(OutputRecord record) {
        return faults(new String(record.value(), StandardCharsets.UTF_8));
    }

    public List<String> faults(String json) {
        try {
            return schema.validate(JSON.readTree(json)).stream()
                    .map(ValidationMessage::getMessage)
                    .sorted()
                    .toList();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
