package io.distillwatch.sketch;

import java.util.Arrays;

/** How often each of several keys came, without an object a key. */
public final class KeyCounts {

    private final KeyNumbers numbers;
    private int[] counts;

    /** With room for so many keys, at least one; it grows when more come. */
    public KeyCounts(int capacity) {
        numbers = new KeyNumbers(capacity);
        counts = new int[capacity];
    }

    /** Counts a key; gives its number, from 0 on in the order of coming. */
    public int add(long key) {
        int number = numbers.of(key);
        if (number == counts.length) {
            counts = Arrays.copyOf(counts, 2 * number);
        }
        counts[number]++;
        return number;
    }

    /** How many different keys came. */
    public int size() {
        return numbers.size();
    }

    /** How often the key with a number below {@link #size} came. */
    public int count(int number) {
        return counts[number];
    }
}
