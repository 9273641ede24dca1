package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.testing.Bytes;
import java.util.List;
import java.util.Random;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupStateTest {

    private static final GroupStateCodec CODEC = new GroupStateCodec();

    /** With everything in it that a group can know: models, lengths, heads, silences. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void restoredAnywhereItGoesOnTheSame(long seed) {
        Random random = new Random(seed);
        List<List<AccountPane>> panes =
                Population.queueInShifts(random, 30, 30, 2, 3, false)
                        .each(
                                e ->
                                        s ->
                                                s.with(5, 6, 7)
                                                        .in(1 + random.nextInt(50))
                                                        .cueing(random.nextInt(16))
                                                        .inFamily(random.nextInt(200))
                                                        .shaped(
                                                                random.nextInt(900),
                                                                random.nextInt(5000),
                                                                random.nextInt(2))
                                                        .by("model-" + random.nextInt(40)))
                        .panes();
        GroupState straight = new GroupState();
        GroupState restored = new GroupState();

        for (List<AccountPane> pane : panes) {
            straight.add(pane, 20);
            restored = Bytes.copy(CODEC, restored);
            restored.add(pane, 20);
        }

        // Members are kept in no order, so sums over them differ in the last digit.
        long now = panes.get(panes.size() - 1).get(0).paneEnd();
        assertThat(restored.statistics(1, now, Population.START))
                .usingRecursiveComparison()
                .withComparatorForType(new DoubleComparator(1e-9), Double.class)
                .isEqualTo(straight.statistics(1, now, Population.START));
        assertThat(straight.statistics(1, now, Population.START).returns().accounts()).isPositive();
    }
}
