package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.testing.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ModelUseTest {

    private static final long DAY = 86_400_000;

    @Test
    void theLastDayCountsAndTheFirstUseStays() {
        ModelUse use = new ModelUse();
        use.add(5, 10 * DAY);
        use.add(5, 11 * DAY);
        use.add(5, 11 * DAY + 1);
        use.add(5, 11 * DAY + DAY / 2);
        use.add(5, 12 * DAY - 1);

        assertThat(use.statistics(12 * DAY).recent()).containsExactly(4);
        assertThat(use.statistics(12 * DAY).firstSeen()).containsExactly(10 * DAY);
        assertThat(use.statistics(12 * DAY + DAY / 8).recent())
                .as("half of the oldest quarter-day")
                .containsExactly(3);
        assertThat(use.statistics(12 * DAY + DAY / 4).recent()).containsExactly(2);
        assertThat(use.statistics(20 * DAY).recent()).containsExactly(0);

        use.add(5, 40 * DAY);
        assertThat(use.statistics(40 * DAY + 1).recent()).containsExactly(1);
        assertThat(use.statistics(40 * DAY + 1).firstSeen()).containsExactly(10 * DAY);
    }

    @Test
    void aModelThatNobodyUsesAnyMoreMakesRoom() {
        ModelUse use = new ModelUse();
        for (int model = 0; model < ModelUse.MAX_MODELS; model++) {
            use.add(model, DAY);
        }
        use.add(0, 9 * DAY);

        use.add(100, 9 * DAY);
        assertThat(use.statistics(9 * DAY + 1).ids()).as("still counted").doesNotContain(100);

        use.add(100, 10 * DAY);
        assertThat(use.statistics(10 * DAY + 1).ids()).containsExactly(0, 100);
    }

    @Test
    void theBytesAreFewAndGoOnAsTheOriginal() throws IOException {
        ModelUse use = new ModelUse();
        for (int i = 0; i < 1_000; i++) {
            use.add(i % 40, i * DAY / 500);
        }
        byte[] bytes = Bytes.of(use::write);
        ModelUse copy = ModelUse.read(Bytes.reader(bytes));
        copy.add(7, 3 * DAY);
        use.add(7, 3 * DAY);

        assertThat(bytes).hasSizeLessThan(800);
        assertThat(Bytes.of(copy::write)).isEqualTo(Bytes.of(use::write));
    }
}
