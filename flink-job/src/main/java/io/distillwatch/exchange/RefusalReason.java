package io.distillwatch.exchange;

import java.util.Locale;

/**
 * Every reason for which a record is not taken as an exchange. The {@link #label} is what dead
 * letters carry and what refusals are counted by; labels are part of the contract with whoever
 * alerts on them, so they are added to and never renamed.
 *
 * <p>A record with several faults is refused for the first one met in reading order: the bytes as a
 * whole, then the JSON from front to back, then the required fields, then how they fit together.
 */
public enum RefusalReason {
    /** No bytes: a tombstone or an empty message. */
    EMPTY_RECORD,
    /** More bytes than the intake settings allow. */
    RECORD_TOO_LARGE,
    /** Bytes that are not well-formed UTF-8. */
    INVALID_UTF8,
    /** Not JSON, or JSON that breaks off. */
    NOT_JSON,
    /** JSON, but not an object. */
    NOT_AN_OBJECT,
    /** Something other than white space after the object. */
    TRAILING_DATA,
    /** A key that stands twice in one object, at any depth, known field or not. */
    DUPLICATE_KEY,
    /** Objects and arrays in each other beyond {@link ExchangeParser#MAX_NESTING}. */
    NESTED_TOO_DEEP,
    /** A key or a number that is longer than any real one. */
    TOKEN_TOO_LONG,
    /** A required field is absent or null. */
    MISSING_FIELD,
    /** A required field is an empty string or white space. */
    BLANK_FIELD,
    /** A value of another JSON type than the field has. */
    WRONG_TYPE,
    /** An identifier beyond {@link ExchangeParser#MAX_IDENTIFIER_CHARACTERS}. */
    FIELD_TOO_LONG,
    /** An identifier with half of a surrogate pair, which no UTF-8 can carry on. */
    BAD_TEXT,
    /** The prompt is there, but has no text. */
    EMPTY_PROMPT,
    /** The prompt or the system prompt is beyond {@link ExchangeParser#MAX_PROMPT_CHARACTERS}. */
    PROMPT_TOO_LONG,
    /** {@code messages} holds no user message with text. */
    NO_USER_MESSAGE,
    /** Not the text of an IPv4 or IPv6 address. */
    BAD_ADDRESS,
    /** Neither ISO-8601 with an offset nor whole epoch milliseconds. */
    BAD_TIME,
    /** A time before 2000 or after 2099: most often a wrong unit. */
    ABSURD_TIME,
    /** An event time further ahead of the broker timestamp than the time settings allow. */
    EVENT_TIME_AHEAD,
    /** A count that is negative or beyond any real one. */
    OUT_OF_RANGE,
    /** An embedding with a number that is not a finite 32-bit float, or with too many. */
    BAD_EMBEDDING,
    /** The parser itself failed: a defect of this program, kept from stopping the job. */
    INTERNAL_ERROR;

    private final String label;

    RefusalReason() {
        this.label = name().toLowerCase(Locale.ROOT);
    }

    /** The name in snake_case. */
    public String label() {
        return label;
    }
}
