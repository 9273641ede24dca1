package io.distillwatch.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;

/**
 * Writes one flat JSON object as UTF-8, for the topics with a record or more an exchange: the bytes
 * that Jackson would write, at a tenth of the price. Reused from record to record.
 */
public final class JsonLine {

    /* Figures are rounded to this many parts of one, and written without an exponent from FEWEST. */
    private static final long PARTS = 1_000_000;
    private static final long FEWEST = 1_000;

    private byte[] bytes = new byte[1024];
    private int length;

    /** A name of a field as it stands in the output, with what comes before and after. */
    public static byte[] field(String name) {
        return ",\"%s\":".formatted(name).getBytes(US_ASCII);
    }

    /** Starts anew. */
    public JsonLine start() {
        length = 0;
        return this;
    }

    /** A field of text. */
    public JsonLine text(byte[] field, String text) {
        name(field);
        room(text.length() + 2);
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                length -= i;
                raw(JsonStringEncoder.getInstance().quoteAsUTF8(text));
                return quote();
            }
            bytes[length++] = (byte) c;
        }
        return quote();
    }

    /** A field of a time. */
    public JsonLine time(byte[] field, long millis) {
        name(field);
        room(Timestamps.LENGTH + 2);
        if (!Timestamps.write(millis, bytes, length + 1)) {
            length -= field.length;
            return text(field, Timestamps.format(millis));
        }
        bytes[length] = '"';
        length += Timestamps.LENGTH + 1;
        return quote();
    }

    /** A field of a whole number. */
    public JsonLine number(byte[] field, long value) {
        name(field);
        return digits(value);
    }

    /** A field of a figure, rounded to six decimals. */
    public JsonLine figure(byte[] field, double value) {
        name(field);
        long parts = Math.round(value * PARTS);
        if (parts < FEWEST && parts != 0 || parts >= 1_000 * FEWEST * PARTS) {
            return raw(Double.toString((double) parts / PARTS).getBytes(US_ASCII));
        }
        digits(parts / PARTS);
        room(7);
        bytes[length++] = '.';
        int rest = (int) (parts % PARTS);
        int unit = (int) PARTS / 10;
        do {
            bytes[length++] = (byte) ('0' + rest / unit);
            rest %= unit;
            unit /= 10;
        } while (rest != 0);
        return this;
    }

    /** Fields as {@link #written} gave them. */
    public JsonLine fields(byte[] fields) {
        name(fields);
        return this;
    }

    /** What was written since the start, to be written again by {@link #fields}. */
    public byte[] written() {
        byte[] fields = Arrays.copyOf(bytes, length);
        fields[0] = ',';
        return fields;
    }

    /** How many bytes were written since the start. */
    public int length() {
        return length;
    }

    /** The whole object, of which the rest is that of another, from one of its fields on. */
    public byte[] rest(byte[] object, int from) {
        byte[] whole = Arrays.copyOf(bytes, length + object.length - from);
        System.arraycopy(object, from, whole, length, object.length - from);
        return whole;
    }

    /** The whole object. */
    public byte[] end() {
        room(1);
        bytes[length++] = '}';
        return Arrays.copyOf(bytes, length);
    }

    private void name(byte[] field) {
        boolean first = length == 0;
        raw(field);
        if (first) {
            bytes[0] = '{';
        }
    }

    private JsonLine quote() {
        room(1);
        bytes[length++] = '"';
        return this;
    }

    private JsonLine digits(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            return raw(Long.toString(value).getBytes(US_ASCII));
        }
        // Of 32 bits: to divide is most of the work, and nearly all numbers are small.
        int rest = (int) value;
        int count = 1;
        for (long power = 10; power <= rest; power *= 10) {
            count++;
        }
        room(count);
        length += count;
        for (int i = length - 1; i >= length - count; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    private JsonLine raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
