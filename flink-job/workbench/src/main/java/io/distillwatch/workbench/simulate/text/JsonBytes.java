package io.distillwatch.workbench.simulate.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of UTF-8 that is already escaped as the inside of a JSON string. Grammars and
 * corpora are escaped once, when they are loaded, so that writing an exchange is copying bytes: a
 * general JSON writer would spend most of the simulator's time looking for characters to escape.
 */
public final class JsonBytes {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BASE32 =
            "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    public JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    /** The buffer itself, valid up to {@link #length()} until the next write. */
    @SuppressWarnings("EI_EXPOSE_REP")
    public byte[] array() {
        return bytes;
    }

    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Cuts the text to {@code max} bytes at most, at the start of a character and of an escape. */
    public void truncate(int max) {
        if (length <= max) {
            return;
        }
        length = cut(bytes, max);
    }

    /** The largest cut at or below {@code max} that splits neither a character nor an escape. */
    public static int cut(byte[] text, int max) {
        int end = Math.min(max, text.length);
        if (end == text.length) {
            return end;
        }
        while (end > 0 && (text[end] & 0xC0) == 0x80) {
            end--;
        }
        // an escape is at most six bytes long: a backslash, u and four digits
        for (int i = Math.max(0, end - 6); i < end; i++) {
            if (text[i] == '\\') {
                int size = text[i + 1] == 'u' ? 6 : 2;
                if (i + size > end) {
                    return i;
                }
                i += size - 1;
            }
        }
        return end;
    }

    public JsonBytes raw(byte[] escaped) {
        return raw(escaped, 0, escaped.length);
    }

    public JsonBytes raw(byte[] escaped, int from, int count) {
        room(count);
        System.arraycopy(escaped, from, bytes, length, count);
        length += count;
        return this;
    }

    public JsonBytes raw(JsonBytes other) {
        return raw(other.bytes, 0, other.length);
    }

    public JsonBytes raw(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** A decimal number. */
    public JsonBytes number(long value) {
        if (value < 0) {
            return raw('-').number(-value);
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return padded(value, digits);
    }

    /** A number of exactly {@code digits} digits, with leading zeros. */
    public JsonBytes padded(long value, int digits) {
        room(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** {@code digits} hexadecimal digits, the lowest of the value. */
    public JsonBytes hex(long value, int digits) {
        room(digits);
        for (int i = digits - 1; i >= 0; i--) {
            bytes[length++] = HEX[(int) (value >>> (4 * i)) & 15];
        }
        return this;
    }

    /** {@code digits} digits of Crockford's base 32, the lowest of the value: short identifiers. */
    public JsonBytes base32(long value, int digits) {
        room(digits);
        for (int i = digits - 1; i >= 0; i--) {
            int shift = 5 * i;
            bytes[length++] = BASE32[(int) (value >>> shift) & 31];
        }
        return this;
    }

    /** Makes the byte at {@code position} a capital if it is a lower-case ASCII letter. */
    void capital(int position) {
        if (position < length && bytes[position] >= 'a' && bytes[position] <= 'z') {
            bytes[position] = (byte) (bytes[position] - 32);
        }
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** The inside of a JSON string for this text, as UTF-8. Broken surrogates become '?'. */
    public static byte[] escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
