package io.distillwatch.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are well-formed UTF-8 (Unicode 16, table 3-7). The JSON parser is lenient here: it
 * takes overlong forms and encoded surrogates, and skips the text of fields that nobody reads.
 */
final class Utf8 {

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** Index of the first byte of the first malformed sequence; -1 when all is well. */
    static int firstMalformed(byte[] bytes) {
        int length = bytes.length;
        int at = 0;
        while (at < length) {
            while (at <= length - Long.BYTES && ((long) WORDS.get(bytes, at) & NOT_ASCII) == 0) {
                at += Long.BYTES;
            }
            while (at < length && bytes[at] >= 0) {
                at++;
            }
            while (at < length && bytes[at] < 0) {
                int size = sequenceLength(bytes, at, length);
                if (size == 0) {
                    return at;
                }
                at += size;
            }
        }
        return -1;
    }

    /** Bytes of the multi-byte sequence that starts here; 0 when it is malformed. */
    private static int sequenceLength(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        int size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (at + size > end) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        // Overlong forms, surrogates and code points above U+10FFFF show in the second byte.
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
