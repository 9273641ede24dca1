package io.distillwatch.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.distillwatch.fingerprint.PromptFingerprint;
import io.distillwatch.fingerprint.PromptFingerprinter;
import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.util.Set;

/**
 * Turns the bytes of one log record into an {@link Exchange} or a {@link Refusal}, and never
 * throws: whatever comes, the job goes on. Prompt text is fingerprinted here and goes no further.
 *
 * <p>The JSON is read in one pass. Where the contract leaves a choice:
 *
 * <ul>
 *   <li>A JSON null is an absent field, and so is a blank string in an optional one.
 *   <li>Of {@code prompt}, {@code messages} and {@code prompt_fingerprint} the first that is there
 *       gives the text. {@code messages} counts earlier turns in any case, and gives the system
 *       prompt where {@code system_prompt} is absent; see {@link MessagesReader}.
 *   <li>Times are ISO-8601 with an offset, or a JSON number of epoch milliseconds; digits in a
 *       string are no time, for nothing says their unit.
 *   <li>Whole numbers may be written as {@code 12.0}.
 *   <li>A byte order mark in front is skipped. UTF-16 and UTF-32 are not UTF-8, and refused.
 * </ul>
 *
 * <p>Messages of refusals name fields, kinds and limits, and never repeat what the record says.
 *
 * <p>Reused from record to record; one instance a thread.
 */
public final class ExchangeParser {

    /** Longest prompt and system prompt in Unicode characters: 1 MiB of plain English. */
    public static final int MAX_PROMPT_CHARACTERS = 1 << 20;

    /** Longest identifier in Unicode characters; real ones are below 100. */
    public static final int MAX_IDENTIFIER_CHARACTERS = 512;

    /** Most tokens of one exchange; a thousand times today's longest contexts. */
    public static final long MAX_TOKENS = 1_000_000_000L;

    /** Most dimensions of an embedding; the largest in use have 4,096 to 12,288. */
    public static final int MAX_EMBEDDING = 16_384;

    /** Objects and arrays in each other; tool calls inside messages need about ten. */
    public static final int MAX_NESTING = 64;

    private static final int MAX_NAME_LENGTH = 1024;
    private static final int MAX_NUMBER_LENGTH = 128; // digits; a double never needs more than 25

    private static final byte[] NOTHING = {};

    private static final Set<String> FIELDS =
            Set.of(
                    "exchange_id",
                    "event_time",
                    "account_id",
                    "client_ip",
                    "prompt",
                    "messages",
                    "prompt_fingerprint",
                    "system_prompt",
                    "model",
                    "input_tokens",
                    "output_tokens",
                    "organization_id",
                    "user_agent",
                    "tls_fingerprint",
                    "payment_fingerprint",
                    "account_created_at",
                    "conversation_id",
                    "embedding");

    private final int maxRecordBytes;
    private final long maxAheadMillis;
    private final JsonFactory factory;
    private final IpPrefix prefixes;
    private final PromptFingerprinter fingerprinter;
    private final FieldReader fields = new FieldReader();
    private final MessagesReader messages = new MessagesReader();

    // What the record said so far; null or FieldReader.ABSENT where it said nothing.
    private String exchangeId;
    private long eventTime;
    private String accountId;
    private String clientIp;
    private String prompt;
    private String promptFingerprint;
    private String systemPrompt;
    private String model;
    private long inputTokens;
    private long outputTokens;
    private String organizationId;
    private String userAgent;
    private String tlsFingerprint;
    private String paymentFingerprint;
    private long accountCreatedAt;
    private String conversationId;
    private float[] embedding;

    /**
     * @param settings prefix lengths, limits and the fingerprint secret are taken from them
     */
    public ExchangeParser(DetectionSettings settings) {
        DetectionSettings.Intake intake = settings.intake();
        this.maxRecordBytes = intake.maxRecordBytes();
        this.maxAheadMillis = settings.time().maxAhead().toMillis();
        this.prefixes = new IpPrefix(intake.prefixLengthIpv4(), intake.prefixLengthIpv6());
        this.fingerprinter = new PromptFingerprinter(intake.fingerprintSecret());
        this.factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(MAX_NESTING)
                                        .maxNameLength(MAX_NAME_LENGTH)
                                        .maxNumberLength(MAX_NUMBER_LENGTH)
                                        // The record is bounded, and so is every string in it.
                                        .maxStringLength(Math.max(1, maxRecordBytes))
                                        .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
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

    /** The fields of the contract; any other is ignored. */
    static Set<String> fields() {
        return FIELDS;
    }

    /**
     * Reads one record.
     *
     * @param value UTF-8 JSON; null and empty are refused
     * @param topic source topic, or file name in a replay
     * @param partition source partition
     * @param offset source offset, or line number
     * @param ingestedAt broker timestamp in epoch milliseconds; 0 or less where unknown, which
     *     skips the check that event time does not run ahead of it
     */
    public Intake parse(byte[] value, String topic, int partition, long offset, long ingestedAt) {
        byte[] original = value == null ? NOTHING : value;
        Exchange exchange = null;
        Refusal refusal = null;
        try {
            exchange = read(original, ingestedAt);
        } catch (Refused e) {
            refusal = e.refusal();
        } finally {
            forget();
        }
        return new Intake(exchange, refusal, topic, partition, offset, ingestedAt, original);
    }

    private Exchange read(byte[] record, long ingestedAt) throws Refused {
        if (record.length == 0) {
            throw new Refused(RefusalReason.EMPTY_RECORD, null, "the record has no bytes");
        }
        if (record.length > maxRecordBytes) {
            throw new Refused(
                    RefusalReason.RECORD_TOO_LARGE,
                    null,
                    "the record has "
                            + record.length
                            + " bytes; "
                            + maxRecordBytes
                            + " are allowed");
        }
        int malformed = Utf8.firstMalformed(record);
        if (malformed >= 0) {
            throw new Refused(
                    RefusalReason.INVALID_UTF8,
                    null,
                    "the bytes are no UTF-8 from byte " + malformed + " on");
        }
        try {
            readJson(record);
            return assemble(ingestedAt);
        } catch (RuntimeException e) {
            // Reading the same record again would fail again: let the job go on, and be counted.
            throw new Refused(
                    RefusalReason.INTERNAL_ERROR,
                    null,
                    "the parser failed with " + e.getClass().getSimpleName());
        }
    }

    private void readJson(byte[] record) throws Refused {
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
            String field = json.currentName();
            json.nextToken();
            readField(json, field);
        }
        boolean more;
        try {
            more = json.nextToken() != null;
        } catch (JsonParseException e) {
            more = true;
        }
        if (more) {
            throw new Refused(
                    RefusalReason.TRAILING_DATA,
                    null,
                    "something follows the object; one object a record is allowed");
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

    private Exchange assemble(long ingestedAt) throws Refused {
        required("exchange_id", exchangeId);
        if (eventTime == FieldReader.ABSENT) {
            throw missing("event_time");
        }
        required("account_id", accountId);
        required("client_ip", clientIp);
        String prefix = prefixes.of(clientIp);
        if (prefix == null) {
            throw new Refused(
                    RefusalReason.BAD_ADDRESS,
                    "client_ip",
                    "client_ip is not the text of an IPv4 or IPv6 address, which has no port, no"
                            + " brackets and no zone");
        }
        if (ingestedAt > 0 && eventTime - ingestedAt > maxAheadMillis) {
            throw new Refused(
                    RefusalReason.EVENT_TIME_AHEAD,
                    "event_time",
                    "event_time is "
                            + (eventTime - ingestedAt)
                            + " ms ahead of the time at which the record was taken in; "
                            + maxAheadMillis
                            + " ms are allowed");
        }
        PromptFingerprint text = fingerprint();
        return new Exchange(
                fingerprinter.hash(exchangeId),
                accountId,
                eventTime,
                prefix,
                organizationId,
                model,
                orZero(inputTokens),
                orZero(outputTokens),
                text.promptHash(),
                text.familyHash(),
                text.tailHash(),
                text.systemHash(),
                clientHash(),
                hash("payment:", paymentFingerprint),
                hash("conversation:", conversationId),
                orZero(accountCreatedAt),
                text.tokens(),
                Math.max(0, messages.userMessages - 1),
                text.cues(),
                text.features());
    }

    private PromptFingerprint fingerprint() throws Refused {
        String system = systemPrompt;
        if (system == null || FieldReader.isBlank(system)) {
            system = messages.systemPrompt;
        }
        notTooLong("system_prompt", system);
        if (prompt != null) {
            if (FieldReader.isBlank(prompt)) {
                throw new Refused(RefusalReason.EMPTY_PROMPT, "prompt", "prompt has no text in it");
            }
            notTooLong("prompt", prompt);
            return fingerprinter.fingerprint(prompt, system, embedding);
        }
        if (messages.prompt != null) {
            notTooLong("messages", messages.prompt);
            return fingerprinter.fingerprint(messages.prompt, system, embedding);
        }
        if (messages.present) {
            throw new Refused(
                    RefusalReason.NO_USER_MESSAGE,
                    "messages",
                    "messages holds no message of role user with text in it");
        }
        if (promptFingerprint != null) {
            return fingerprinter.opaque(promptFingerprint);
        }
        throw new Refused(
                RefusalReason.MISSING_FIELD,
                "prompt",
                "one of prompt, messages and prompt_fingerprint is required");
    }

    private static void notTooLong(String field, String text) throws Refused {
        if (text != null && FieldReader.longerThan(text, MAX_PROMPT_CHARACTERS)) {
            throw new Refused(
                    RefusalReason.PROMPT_TOO_LONG,
                    field,
                    field + " has a text of more than " + MAX_PROMPT_CHARACTERS + " characters");
        }
    }

    private static void required(String field, String value) throws Refused {
        if (value == null) {
            throw missing(field);
        }
        if (FieldReader.isBlank(value)) {
            throw new Refused(RefusalReason.BLANK_FIELD, field, field + " has no text in it");
        }
    }

    private static Refused missing(String field) {
        return new Refused(RefusalReason.MISSING_FIELD, field, field + " is required");
    }

    private static long orZero(long value) {
        return value == FieldReader.ABSENT ? 0 : value;
    }

    /** User agent and TLS fingerprint together: either alone is shared by half the world. */
    private long clientHash() {
        boolean agent = userAgent != null && !FieldReader.isBlank(userAgent);
        boolean tls = tlsFingerprint != null && !FieldReader.isBlank(tlsFingerprint);
        if (!agent && !tls) {
            return 0;
        }
        return fingerprinter.hash(
                "client:" + (agent ? userAgent : "") + '\0' + (tls ? tlsFingerprint : ""));
    }

    /** The tag keeps equal text in two fields from being one hash. */
    private long hash(String tag, String text) {
        return text == null ? 0 : fingerprinter.hash(tag + text);
    }

    private static boolean startsWithByteOrderMark(byte[] record) {
        return record.length >= 3
                && record[0] == (byte) 0xef
                && record[1] == (byte) 0xbb
                && record[2] == (byte) 0xbf;
    }

    private static Refused beyondConstraints(JsonParser json) {
        String field = knownFieldAt(json);
        if (json.getParsingContext().getNestingDepth() > MAX_NESTING) {
            return new Refused(
                    RefusalReason.NESTED_TOO_DEEP,
                    field,
                    "objects and arrays stand in each other more than " + MAX_NESTING + " deep");
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

    private static Refused malformed(JsonParser json, JsonParseException e) {
        String field = knownFieldAt(json);
        // Jackson has no type of its own for this; a test holds it to the words.
        if (e.getOriginalMessage().startsWith("Duplicate field")) {
            return new Refused(
                    RefusalReason.DUPLICATE_KEY, field, "a key stands twice in one object");
        }
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return new Refused(
                RefusalReason.NOT_JSON,
                field,
                at < 0 ? "the record is no JSON" : "the record is no JSON near byte " + at);
    }

    /**
     * The top-level field that the parser is in. Only names of the contract are repeated: any other
     * key is text from outside.
     */
    private static String knownFieldAt(JsonParser json) {
        JsonStreamContext context = json.getParsingContext();
        while (context.getNestingDepth() > 1) {
            context = context.getParent();
        }
        String name = context.getCurrentName();
        return name != null && FIELDS.contains(name) ? name : null;
    }

    /** No text outlives its record. */
    private void forget() {
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
