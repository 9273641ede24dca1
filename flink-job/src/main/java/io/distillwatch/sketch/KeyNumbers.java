package io.distillwatch.sketch;

import java.util.Arrays;

/**
 * Numbers different keys in the order in which they come. It is made once and emptied again and
 * again, at the price of what it holds. Open addressing with linear probing, at most half full.
 */
public final class KeyNumbers {

    /* Spreads keys over the table: the fractional part of the golden ratio. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long[] keys;
    /* Where each key stands in the table, so that it can be taken out again. */
    private int[] slots;
    /* A key's number and one; 0 where there is none. */
    private int[] table;
    private int shift;
    private int size;

    /** With room for so many keys, at least one; it grows when more come. */
    public KeyNumbers(int capacity) {
        allocate(new long[capacity]);
    }

    private void allocate(long[] room) {
        keys = room;
        slots = new int[room.length];
        table = new int[4 * Integer.highestOneBit(room.length)];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(table.length);
    }

    /** The number of a key, from 0 on: {@link #size} before the call if it is new. */
    public int of(long key) {
        int slot = slot(key);
        if (table[slot] != 0) {
            return table[slot] - 1;
        }
        if (size == keys.length) {
            grow();
            slot = slot(key);
        }
        keys[size] = key;
        slots[size] = slot;
        table[slot] = size + 1;
        return size++;
    }

    /** The slot of a key, or the empty one in which it would stand. */
    private int slot(long key) {
        int slot = (int) (key * GOLDEN >>> shift);
        while (table[slot] != 0 && keys[table[slot] - 1] != key) {
            slot = slot + 1 & (table.length - 1);
        }
        return slot;
    }

    private void grow() {
        allocate(Arrays.copyOf(keys, 2 * keys.length));
        for (int number = 0; number < size; number++) {
            slots[number] = slot(keys[number]);
            table[slots[number]] = number + 1;
        }
    }

    /** The key with a number below {@link #size}. */
    public long key(int number) {
        return keys[number];
    }

    /** How many different keys came. */
    public int size() {
        return size;
    }

    /** Forgets all keys; the room stays. */
    public void clear() {
        for (int i = 0; i < size; i++) {
            table[slots[i]] = 0;
        }
        size = 0;
    }
}
