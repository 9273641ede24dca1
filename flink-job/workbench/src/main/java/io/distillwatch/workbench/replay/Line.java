package io.distillwatch.workbench.replay;

import java.util.Arrays;

/** One line of a log and what is known of it before it is parsed; reused from line to line. */
final class Line {

    private static final int USUAL_BYTES = 2_048;

    byte[] bytes = new byte[USUAL_BYTES];
    int length;

    /** From 1, blank lines counted. */
    long number;

    /** Epoch milliseconds, or {@link EventTimeScan#NONE}. */
    long eventTime;

    /** What the clock of its file shows, epoch milliseconds. */
    long clock;

    void append(byte[] from, int offset, int count, int longest) {
        int room = Math.min(count, longest - length);
        if (room <= 0) {
            return;
        }
        if (length + room > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + room, bytes.length * 2));
        }
        System.arraycopy(from, offset, bytes, length, room);
        length += room;
    }

    /** Drops what editors and other systems put around a line: a carriage return, a BOM. */
    void trim(boolean first) {
        if (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        if (first
                && length >= 3
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF) {
            System.arraycopy(bytes, 3, bytes, 0, length - 3);
            length -= 3;
        }
        boolean blank = true;
        for (int i = 0; i < length && blank; i++) {
            blank = bytes[i] == ' ' || bytes[i] == '\t';
        }
        if (blank) {
            length = 0;
        }
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
