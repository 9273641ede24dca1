package io.distillwatch.pane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

class StateCacheTest {

    /** Keyed state on the heap. */
    private static final class Stored implements ValueState<byte[]> {

        final Map<String, byte[]> values = new HashMap<>();
        String key;

        @Override
        public byte[] value() {
            return values.get(key);
        }

        @Override
        public void update(byte[] value) {
            values.put(key, value);
        }

        @Override
        public void clear() {
            values.remove(key);
        }
    }

    private final Stored stored = new Stored();
    private final SimpleCounter accesses = new SimpleCounter();

    private StateCache<String, long[]> cache(int maxCells) {
        return new StateCache<>(
                key -> stored.key = key, stored, new Tally.LongsCodec(), maxCells, accesses);
    }

    private void put(StateCache<String, long[]> cache, String key, long value) throws IOException {
        StateCache.Cell<long[]> cell = cache.get(key);
        cell.state = new long[] {value};
        cell.dirty = true;
    }

    @Test
    void whatIsUsedAgainAndAgainIsReadOnce() throws IOException {
        StateCache<String, long[]> cache = cache(10);
        put(cache, "hot", 7);
        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.get("hot").state).containsExactly(7);
            put(cache, "cold " + i, i);
            cache.trim();
        }

        assertThat(cache.size()).isEqualTo(10);
        // one read of each key, and a write of each cold one that had to go
        assertThat(accesses.getCount()).isEqualTo(1_001 + 991);
        assertThat(stored.values).doesNotContainKey("hot").hasSize(991);
    }

    @Test
    void whatWasLetGoComesBackAsItWas() throws IOException {
        StateCache<String, long[]> cache = cache(0);
        put(cache, "a", 5);
        cache.trim();

        assertThat(cache.size()).isZero();
        assertThat(cache.get("a").state).containsExactly(5);
    }

    @Test
    void whatDidNotChangeIsNotWrittenAgain() throws IOException {
        StateCache<String, long[]> cache = cache(10);
        put(cache, "a", 5);
        cache.flush();
        long before = accesses.getCount();
        cache.flush();

        assertThat(accesses.getCount()).isEqualTo(before);
        assertThat(stored.values).containsOnlyKeys("a");
    }
}
