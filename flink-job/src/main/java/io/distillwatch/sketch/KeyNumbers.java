package io.distillwatch.sketch;

/**
 * Numbers different keys in the order in which they come, up to a bound. It is made once and
 * emptied again and again, at the price of what it holds. Open addressing with linear probing, at
 * most half full.
 */
final class KeyNumbers {

    /* Spreads keys over the table: the fractional part of the golden ratio. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long[] keys;
    /* Where each key stands in the table, so that it can be taken out again. */
    private final int[] slots;
    /* A key's number and one; 0 where there is none. */
    private final int[] table;
    private final int shift;
    private int size;

    /** For so many keys; their numbers begin at 0. */
    KeyNumbers(int most) {
        keys = new long[most];
        slots = new int[most];
        table = new int[4 * Integer.highestOneBit(most)];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(table.length);
    }

    /** The number of a key, which is {@link #size} before the call if it is new. */
    int of(long key) {
        int slot = (int) (key * GOLDEN >>> shift);
        while (table[slot] != 0) {
            int number = table[slot] - 1;
            if (keys[number] == key) {
                return number;
            }
            slot = slot + 1 & (table.length - 1);
        }
        keys[size] = key;
        slots[size] = slot;
        table[slot] = size + 1;
        return size++;
    }

    long key(int number) {
        return keys[number];
    }

    int size() {
        return size;
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            table[slots[i]] = 0;
        }
        size = 0;
    }
}
