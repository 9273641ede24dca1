package io.distillwatch.workbench.evaluate;

import java.util.Arrays;

/**
 * On how many different occasions each pair has met: hours, or targets. Open addressing over
 * primitives: a campaign of a thousand accounts has half a million pairs.
 */
public final class PairMeetings {

    private static final long FREE = -1;

    /** Low bits of a value hold the count, the rest the last occasion. */
    private static final int COUNT_BITS = 8;

    private static final int MOST = (1 << COUNT_BITS) - 1;

    private long[] keys = free(1 << 12);
    private long[] values = new long[1 << 12];
    private int size;

    /**
     * Notes that a pair met. Occasions come one after the other, and none comes back.
     *
     * @param smaller number of the one, 0 and more
     * @param greater number of the other
     * @param occasion its number, below 2^55 either way
     * @return on how many occasions the pair has met by now, at most 255
     */
    public int met(int smaller, int greater, long occasion) {
        if (2 * size >= keys.length) {
            grow();
        }
        long key = (long) smaller << 32 | greater;
        int slot = slot(keys, key);
        if (keys[slot] == FREE) {
            keys[slot] = key;
            size++;
            values[slot] = occasion << COUNT_BITS | 1;
        } else if (values[slot] >> COUNT_BITS != occasion) {
            long count = Math.min(MOST, (values[slot] & MOST) + 1);
            values[slot] = occasion << COUNT_BITS | count;
        }
        return (int) (values[slot] & MOST);
    }

    private static long[] free(int length) {
        long[] keys = new long[length];
        Arrays.fill(keys, FREE);
        return keys;
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9e3779b97f4a7c15L) >>> 32) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] wider = free(2 * keys.length);
        long[] moved = new long[2 * keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                int slot = slot(wider, keys[i]);
                wider[slot] = keys[i];
                moved[slot] = values[i];
            }
        }
        keys = wider;
        values = moved;
    }
}
