package io.distillwatch.exchange;

import io.distillwatch.fingerprint.PromptFingerprint;
import io.distillwatch.fingerprint.PromptFingerprinter;
import io.distillwatch.settings.DetectionSettings;

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

    private static final byte[] NOTHING = {};

    private final int maxRecordBytes;
    private final long maxAheadMillis;
    private final RecordReader record;
    private final IpPrefix prefixes;
    private final PromptFingerprinter fingerprinter;

    /**
     * @param settings prefix lengths, limits and the fingerprint secret are taken from them
     */
    public ExchangeParser(DetectionSettings settings) {
        DetectionSettings.Intake intake = settings.intake();
        this.maxRecordBytes = intake.maxRecordBytes();
        this.maxAheadMillis = settings.time().maxAhead().toMillis();
        this.prefixes = new IpPrefix(intake.prefixLengthIpv4(), intake.prefixLengthIpv6());
        this.fingerprinter = new PromptFingerprinter(intake.fingerprintSecret());
        this.record = new RecordReader(maxRecordBytes);
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
            exchange = read(original, partition, offset, ingestedAt);
        } catch (Refused e) {
            refusal = e.refusal();
        } finally {
            record.forget();
        }
        return new Intake(exchange, refusal, topic, partition, offset, ingestedAt, original);
    }

    private Exchange read(byte[] bytes, int partition, long offset, long ingestedAt)
            throws Refused {
        if (bytes.length == 0) {
            throw new Refused(RefusalReason.EMPTY_RECORD, null, "the record has no bytes");
        }
        if (bytes.length > maxRecordBytes) {
            throw new Refused(
                    RefusalReason.RECORD_TOO_LARGE,
                    null,
                    "the record has "
                            + bytes.length
                            + " bytes; "
                            + maxRecordBytes
                            + " are allowed");
        }
        int malformed = Utf8.firstMalformed(bytes);
        if (malformed >= 0) {
            throw new Refused(
                    RefusalReason.INVALID_UTF8,
                    null,
                    "the bytes are no UTF-8 from byte " + malformed + " on");
        }
        try {
            record.read(bytes);
            return assemble(partition, offset, ingestedAt);
        } catch (RuntimeException e) {
            // Reading the same record again would fail again: let the job go on, and be counted.
            throw new Refused(
                    RefusalReason.INTERNAL_ERROR,
                    null,
                    "the parser failed with " + e.getClass().getSimpleName());
        }
    }

    private Exchange assemble(int partition, long offset, long ingestedAt) throws Refused {
        required("exchange_id", record.exchangeId);
        if (record.eventTime == FieldReader.ABSENT) {
            throw missing("event_time");
        }
        required("account_id", record.accountId);
        required("client_ip", record.clientIp);
        String prefix = prefixes.of(record.clientIp);
        if (prefix == null) {
            throw new Refused(
                    RefusalReason.BAD_ADDRESS,
                    "client_ip",
                    "client_ip is not the text of an IPv4 or IPv6 address, which has no port, no"
                            + " brackets and no zone");
        }
        if (ingestedAt > 0 && record.eventTime - ingestedAt > maxAheadMillis) {
            throw new Refused(
                    RefusalReason.EVENT_TIME_AHEAD,
                    "event_time",
                    "event_time is "
                            + (record.eventTime - ingestedAt)
                            + " ms ahead of the time at which the record was taken in; "
                            + maxAheadMillis
                            + " ms are allowed");
        }
        PromptFingerprint text = fingerprint();
        return new Exchange(
                fingerprinter.hash(record.exchangeId),
                record.accountId,
                record.eventTime,
                prefix,
                record.organizationId,
                record.model,
                orZero(record.inputTokens),
                orZero(record.outputTokens),
                text.promptHash(),
                text.familyHash(),
                text.tailHash(),
                text.systemHash(),
                clientHash(),
                hash("payment:", record.paymentFingerprint),
                hash("conversation:", record.conversationId),
                orZero(record.accountCreatedAt),
                text.tokens(),
                Math.max(0, record.messages.userMessages - 1),
                text.cues(),
                text.features(),
                partition,
                offset);
    }

    private PromptFingerprint fingerprint() throws Refused {
        String system = record.systemPrompt;
        if (system == null || FieldReader.isBlank(system)) {
            system = record.messages.systemPrompt;
        }
        notTooLong("system_prompt", system);
        if (record.prompt != null) {
            if (FieldReader.isBlank(record.prompt)) {
                throw new Refused(RefusalReason.EMPTY_PROMPT, "prompt", "prompt has no text in it");
            }
            notTooLong("prompt", record.prompt);
            return fingerprinter.fingerprint(record.prompt, system, record.embedding);
        }
        if (record.messages.prompt != null) {
            notTooLong("messages", record.messages.prompt);
            return fingerprinter.fingerprint(record.messages.prompt, system, record.embedding);
        }
        if (record.messages.present) {
            throw new Refused(
                    RefusalReason.NO_USER_MESSAGE,
                    "messages",
                    "messages holds no message of role user with text in it");
        }
        if (record.promptFingerprint != null) {
            return fingerprinter.opaque(record.promptFingerprint, system, record.embedding);
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
        boolean agent = record.userAgent != null && !FieldReader.isBlank(record.userAgent);
        boolean tls = record.tlsFingerprint != null && !FieldReader.isBlank(record.tlsFingerprint);
        if (!agent && !tls) {
            return 0;
        }
        return fingerprinter.hash(
                "client:"
                        + (agent ? record.userAgent : "")
                        + '\0'
                        + (tls ? record.tlsFingerprint : ""));
    }

    /** The tag keeps equal text in two fields from being one hash. */
    private long hash(String tag, String text) {
        return text == null ? 0 : fingerprinter.hash(tag + text);
    }
}
