package io.distillwatch.workbench.replay;

import java.util.Arrays;

/** The median of a small window of values that come and go; the upper one of an even number. */
final class SlidingMedian {

    private final long[] sorted;
    private int size;

    SlidingMedian(int capacity) {
        sorted = new long[capacity];
    }

    void add(long value) {
        int found = Arrays.binarySearch(sorted, 0, size, value);
        int at = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = value;
        size++;
    }

    void remove(long value) {
        int at = Arrays.binarySearch(sorted, 0, size, value);
        if (at < 0) {
            throw new IllegalArgumentException("not in the window: " + value);
        }
        System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
        size--;
    }

    long median() {
        return sorted[size / 2];
    }

    /** How far the lower quartile lies below the median. */
    long lowerSpread() {
        return sorted[size / 2] - sorted[size / 4];
    }

    int size() {
        return size;
    }
}
