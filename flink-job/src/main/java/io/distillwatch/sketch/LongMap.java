package io.distillwatch.sketch;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * A map from hashes to objects without an object an entry: an exchange has a dozen features, and
 * each is looked up in half a dozen maps. Open addressing with linear probing, at most half full.
 */
public final class LongMap<V> {

    /** Takes one entry. */
    @FunctionalInterface
    public interface Visitor<V> {
        void visit(long key, V value);
    }

    private static final int SMALLEST = 8;
    /* Spreads keys over the table: the fractional part of the golden ratio. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long[] keys;
    private Object[] values;
    private int shift;
    private int size;

    public LongMap() {
        allocate(SMALLEST);
    }

    /** An empty map with room for so many entries. */
    public LongMap(int entries) {
        allocate(Math.max(SMALLEST, 4 * Integer.highestOneBit(Math.max(1, entries))));
    }

    private void allocate(int capacity) {
        keys = new long[capacity];
        values = new Object[capacity];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The value of a key; null when there is none. */
    @SuppressWarnings("unchecked")
    public V get(long key) {
        return (V) values[slot(key)];
    }

    /** Sets the value of a key, which must not be null. */
    public void put(long key, V value) {
        set(slot(key), key, value);
    }

    /** The value of a key, made by the function if there is none. */
    @SuppressWarnings("unchecked")
    public V computeIfAbsent(long key, LongFunction<V> make) {
        int slot = slot(key);
        if (values[slot] == null) {
            V value = make.apply(key);
            set(slot, key, value);
            return value;
        }
        return (V) values[slot];
    }

    private void set(int slot, long key, Object value) {
        boolean added = values[slot] == null;
        keys[slot] = key;
        values[slot] = value;
        if (added && 2 * ++size > keys.length) {
            rehash(2 * keys.length);
        }
    }

    public void remove(long key) {
        int hole = slot(key);
        if (values[hole] == null) {
            return;
        }
        size--;
        values[hole] = null;
        // Whatever could not stand in its place because of the hole moves up.
        int mask = keys.length - 1;
        for (int i = hole + 1 & mask; values[i] != null; i = i + 1 & mask) {
            int home = home(keys[i]);
            if ((i - home & mask) >= (i - hole & mask)) {
                keys[hole] = keys[i];
                values[hole] = values[i];
                values[i] = null;
                hole = i;
            }
        }
    }

    /** Visits all entries, in no order that could be relied upon. */
    @SuppressWarnings("unchecked")
    public void forEach(Visitor<? super V> visitor) {
        for (int i = 0; i < keys.length; i++) {
            if (values[i] != null) {
                visitor.visit(keys[i], (V) values[i]);
            }
        }
    }

    @SuppressWarnings("unchecked")
    public void removeIf(Predicate<? super V> gone) {
        for (long key : sortedKeys()) {
            if (gone.test((V) values[slot(key)])) {
                remove(key);
            }
        }
    }

    /** All keys in ascending order. */
    public long[] sortedKeys() {
        long[] sorted = new long[size];
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (values[i] != null) {
                sorted[n++] = keys[i];
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /** The slot of a key, or the empty one in which it would stand. */
    private int slot(long key) {
        int mask = keys.length - 1;
        int i = home(key);
        while (values[i] != null && keys[i] != key) {
            i = i + 1 & mask;
        }
        return i;
    }

    private int home(long key) {
        return (int) (key * GOLDEN >>> shift);
    }

    private void rehash(int capacity) {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        allocate(capacity);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
