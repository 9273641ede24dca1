package io.distillwatch.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Objects;

/**
 * Reads the JSON of one record, in one pass, into the fields of the contract: each for itself is
 * what the contract allows, and whether they make an exchange is for {@link ExchangeParser} to say.
 *
 * <p>Reused from record to record; not thread-safe.
 */
final class RecordReader {

    private static final int MAX_NAME_LENGTH = 1024;
    private static final int MAX_NUMBER_LENGTH = 128; // digits; a double never needs more than 25

    private static final JsonParser.Feature DUPLICATES =
            StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature();

    private final JsonFactory factory;
    private final FieldReader fields = new FieldReader();
    private final TopLevelKeys keys = new TopLevelKeys();
    final MessagesReader messages = new MessagesReader();

    /** Key of the value that is being read, or was read last. */
    private String reading;

    private boolean inValue;

    // What the record said so far; null or FieldReader.ABSENT where it said nothing.
    String exchangeId;
    long eventTime;
    String accountId;
    String clientIp;
    String prompt;
    String promptFingerprint;
    String systemPrompt;
    String model;
    long inputTokens;
    long outputTokens;
    String organizationId;
    String userAgent;
    String tlsFingerprint;
    String paymentFingerprint;
    long accountCreatedAt;
    String conversationId;
    float[] embedding;

    /**
     * @param maxRecordBytes larger records are not handed in, and so no string is longer
     */
    RecordReader(int maxRecordBytes) {
        this.factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(ExchangeParser.MAX_NESTING)
                                        .maxNameLength(MAX_NAME_LENGTH)
                                        .maxNumberLength(MAX_NUMBER_LENGTH)
                                        // The record is bounded, and so is every string in it.
                                        .maxStringLength(maxRecordBytes)
                                        .build())
                        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                        // Keys come from outside: the JVM's table of interned strings is no place
                        // for them, and a flood of colliding ones is no reason to fail.
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                        // The contract says UTF-8: zero bytes must not turn a record into UTF-16.
                        .disable(JsonFactory.Feature.CHARSET_DETECTION)
                        .build();
        forget();
    }

    /** Reads a record of well-formed UTF-8. */
    void read(byte[] record) throws Refused {
        int from = startsWithByteOrderMark(record) ? 3 : 0;
        try (JsonParser json = factory.createParser(record, from, record.length - from)) {
            try {
                readObject(json);
            } catch (StreamConstraintsException e) {
                throw beyondConstraints(json);
            } catch (JsonParseException e) {
                throw malformed(json, e);
            }
        } catch (IOException e) {
            throw new Refused(RefusalReason.NOT_JSON, null, "the record cannot be read as JSON");
        }
    }

    private void readObject(JsonParser json) throws IOException, Refused {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw new Refused(
                    RefusalReason.NOT_JSON, null, "the record holds nothing but white space");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new Refused(
                    RefusalReason.NOT_AN_OBJECT,
                    null,
                    "the record is " + FieldReader.kind(first) + "; an object is required");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            reading = json.currentName();
            inValue = true;
            if (!keys.add(reading)) {
                throw duplicate(reading);
            }
            if (json.nextToken().isStructStart()) {
                json.enable(DUPLICATES); // for what stands in this value, and only there
            }
            readField(json, reading);
            inValue = false;
        }
        if (hasMore(json)) {
            throw new Refused(
                    RefusalReason.TRAILING_DATA,
                    null,
                    "something follows the object; one object a record is allowed");
        }
    }

    private static boolean hasMore(JsonParser json) throws IOException {
        try {
            return json.nextToken() != null;
        } catch (JsonParseException e) {
            return true;
        }
    }

    private void readField(JsonParser json, String field) throws IOException, Refused {
        switch (field) {
            case "exchange_id" -> exchangeId = fields.identifier(json, field);
            case "event_time" -> eventTime = fields.time(json, field);
            case "account_id" -> accountId = fields.identifier(json, field);
            case "client_ip" -> clientIp = fields.text(json, field);
            case "prompt" -> prompt = fields.text(json, field);
            case "messages" -> messages.read(json);
            case "prompt_fingerprint" -> promptFingerprint = fields.optionalIdentifier(json, field);
            case "system_prompt" -> systemPrompt = fields.text(json, field);
            case "model" -> model = fields.optionalIdentifier(json, field);
            case "input_tokens" -> inputTokens = fields.count(json, field);
            case "output_tokens" -> outputTokens = fields.count(json, field);
            case "organization_id" -> organizationId = fields.optionalIdentifier(json, field);
            case "user_agent" -> userAgent = fields.text(json, field);
            case "tls_fingerprint" -> tlsFingerprint = fields.text(json, field);
            case "payment_fingerprint" ->
                    paymentFingerprint = fields.optionalIdentifier(json, field);
            case "account_created_at" -> accountCreatedAt = fields.time(json, field);
            case "conversation_id" -> conversationId = fields.optionalIdentifier(json, field);
            case "embedding" -> embedding = fields.embedding(json, field);
            default -> json.skipChildren();
        }
    }

    private static boolean startsWithByteOrderMark(byte[] record) {
        return record.length >= 3
                && record[0] == (byte) 0xef
                && record[1] == (byte) 0xbb
                && record[2] == (byte) 0xbf;
    }

    private Refused beyondConstraints(JsonParser json) {
        String field = faultyField(json);
        if (json.getParsingContext().getNestingDepth() > ExchangeParser.MAX_NESTING) {
            return new Refused(
                    RefusalReason.NESTED_TOO_DEEP,
                    field,
                    "objects and arrays stand in each other more than "
                            + ExchangeParser.MAX_NESTING
                            + " deep");
        }
        return new Refused(
                RefusalReason.TOKEN_TOO_LONG,
                field,
                "a key has more than "
                        + MAX_NAME_LENGTH
                        + " characters, or a number more than "
                        + MAX_NUMBER_LENGTH
                        + " digits");
    }

    private Refused malformed(JsonParser json, JsonParseException e) {
        // Jackson has no type of its own for this; a test holds it to the words.
        if (e.getOriginalMessage().startsWith("Duplicate field")) {
            return duplicate(topLevelKey(json));
        }
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return new Refused(
                RefusalReason.NOT_JSON,
                faultyField(json),
                at < 0 ? "the record is no JSON" : "the record is no JSON near byte " + at);
    }

    private static Refused duplicate(String topLevelKey) {
        return new Refused(
                RefusalReason.DUPLICATE_KEY,
                TopLevelKeys.ifOfContract(topLevelKey),
                "a key stands twice in one object");
    }

    /** The field in which the parser met a fault; null between two fields. */
    private String faultyField(JsonParser json) {
        String key = topLevelKey(json);
        // Numbers are read together with their key: a new key without a value is a faulty one.
        return inValue || !Objects.equals(key, reading) ? TopLevelKeys.ifOfContract(key) : null;
    }

    private static String topLevelKey(JsonParser json) {
        JsonStreamContext context = json.getParsingContext();
        while (context.getNestingDepth() > 1) {
            context = context.getParent();
        }
        return context.getCurrentName();
    }

    /** No text outlives its record. */
    void forget() {
        keys.clear();
        reading = null;
        inValue = false;
        exchangeId = null;
        eventTime = FieldReader.ABSENT;
        accountId = null;
        clientIp = null;
        prompt = null;
        promptFingerprint = null;
        systemPrompt = null;
        model = null;
        inputTokens = FieldReader.ABSENT;
        outputTokens = FieldReader.ABSENT;
        organizationId = null;
        userAgent = null;
        tlsFingerprint = null;
        paymentFingerprint = null;
        accountCreatedAt = FieldReader.ABSENT;
        conversationId = null;
        embedding = null;
        messages.reset();
    }
}
