package io.distillwatch.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the value that a parser stands on as what a field of the contract may be. A JSON null is an
 * absent value everywhere. Messages name the field and the kind of the offending value, never the
 * value.
 */
final class FieldReader {

    /** An absent time or count. */
    static final long ABSENT = Long.MIN_VALUE;

    /** 2000-01-01T00:00:00Z: whatever is dated before it is in another unit, most often seconds. */
    static final long EARLIEST = 946_684_800_000L;

    /**
     * 2100-01-01T00:00:00Z, exclusive: whatever is dated from it on is in microseconds or worse.
     */
    static final long LATEST = 4_102_444_800_000L;

    private final float[] vector = new float[ExchangeParser.MAX_EMBEDDING];

    /** A string as it stands; null when absent. */
    String text(JsonParser json, String field) throws IOException, Refused {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NULL -> null;
            default -> throw wrongType(json, field, "a string");
        };
    }

    /**
     * A string that names something: bounded, because it is kept, and free of broken surrogates,
     * because two of them would become the same bytes in a key. Null when absent; may be blank.
     */
    String identifier(JsonParser json, String field) throws IOException, Refused {
        String text = text(json, field);
        if (text == null) {
            return null;
        }
        if (longerThan(text, ExchangeParser.MAX_IDENTIFIER_CHARACTERS)) {
            throw new Refused(
                    RefusalReason.FIELD_TOO_LONG,
                    field,
                    field
                            + " has more than "
                            + ExchangeParser.MAX_IDENTIFIER_CHARACTERS
                            + " characters");
        }
        if (hasLoneSurrogate(text)) {
            throw new Refused(
                    RefusalReason.BAD_TEXT, field, field + " has half of a surrogate pair in it");
        }
        return text;
    }

    /** As {@link #identifier}; blank is absent, so that "" does not link everybody who has it. */
    String optionalIdentifier(JsonParser json, String field) throws IOException, Refused {
        String text = identifier(json, field);
        return text == null || isBlank(text) ? null : text;
    }

    /** A whole number from 0 to {@link ExchangeParser#MAX_TOKENS}, or {@link #ABSENT}. */
    long count(JsonParser json, String field) throws IOException, Refused {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return ABSENT;
        }
        if (!json.currentToken().isNumeric()) {
            throw wrongType(json, field, "a whole number");
        }
        double value = json.getDoubleValue();
        if (value != Math.rint(value)) {
            throw new Refused(
                    RefusalReason.WRONG_TYPE,
                    field,
                    field + " is a number with a fraction; a whole number is required");
        }
        if (value < 0 || value > ExchangeParser.MAX_TOKENS) {
            throw new Refused(
                    RefusalReason.OUT_OF_RANGE,
                    field,
                    field + " must be from 0 to " + ExchangeParser.MAX_TOKENS);
        }
        return (long) value;
    }

    /** Epoch milliseconds from 2000 to 2099, or {@link #ABSENT}. */
    long time(JsonParser json, String field) throws IOException, Refused {
        long millis =
                switch (json.currentToken()) {
                    case VALUE_NULL -> ABSENT;
                    case VALUE_STRING -> isoTime(json, field);
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> epochMillis(json, field);
                    default ->
                            throw wrongType(
                                    json, field, "an ISO-8601 string or a number of milliseconds");
                };
        if (millis == ABSENT) {
            return ABSENT;
        }
        if (millis < EARLIEST || millis >= LATEST) {
            throw new Refused(
                    RefusalReason.ABSURD_TIME,
                    field,
                    field + " lies outside 2000 to 2099; a number is in epoch milliseconds");
        }
        return millis;
    }

    private static long isoTime(JsonParser json, String field) throws IOException, Refused {
        long millis =
                IsoTime.epochMillis(
                        json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        if (millis == IsoTime.NOT_A_TIME) {
            throw new Refused(
                    RefusalReason.BAD_TIME,
                    field,
                    field
                            + " is a string that is no ISO-8601 time with an offset, such as"
                            + " 2026-06-01T12:34:56.789Z; epoch milliseconds are written as a"
                            + " number");
        }
        return millis;
    }

    private static long epochMillis(JsonParser json, String field) throws IOException, Refused {
        double value = json.getDoubleValue();
        if (value != Math.rint(value)) {
            throw new Refused(
                    RefusalReason.BAD_TIME,
                    field,
                    field + " is a number with a fraction; epoch milliseconds are whole");
        }
        // Far outside the range the cast saturates; there it must not mean "absent".
        return Math.max((long) value, ABSENT + 1);
    }

    /** An array of finite floats; null when absent or empty. */
    float[] embedding(JsonParser json, String field) throws IOException, Refused {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrongType(json, field, "an array of numbers");
        }
        int length = 0;
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            if (!token.isNumeric()) {
                throw new Refused(
                        RefusalReason.WRONG_TYPE,
                        field,
                        field + " holds " + kind(token) + "; numbers only are allowed");
            }
            if (length == vector.length) {
                throw new Refused(
                        RefusalReason.BAD_EMBEDDING,
                        field,
                        field + " has more than " + vector.length + " numbers");
            }
            float value = (float) json.getDoubleValue();
            if (!Float.isFinite(value)) {
                throw new Refused(
                        RefusalReason.BAD_EMBEDDING,
                        field,
                        field + " holds a number that is no finite 32-bit float");
            }
            vector[length++] = value;
        }
        return length == 0 ? null : Arrays.copyOf(vector, length);
    }

    /** Whether a text has more Unicode characters than that; a surrogate pair is one. */
    static boolean longerThan(String text, int characters) {
        return text.length() > characters
                && (text.length() > 2 * characters
                        || text.codePointCount(0, text.length()) > characters);
    }

    /** Whether there is nothing but white space, no-break spaces included. */
    static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                return false;
            }
        }
        return true;
    }

    static Refused wrongType(JsonParser json, String field, String allowed) {
        return new Refused(
                RefusalReason.WRONG_TYPE,
                field,
                field + " is " + kind(json.currentToken()) + "; " + allowed + " is required");
    }

    /** What a person calls the value that begins with this token. */
    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length()
                        || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
