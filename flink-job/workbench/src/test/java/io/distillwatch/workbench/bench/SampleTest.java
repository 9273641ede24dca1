package io.distillwatch.workbench.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SampleTest {

    @Test
    void takesTheMiddle() {
        assertThat(new Sample(new double[] {3, 1, 2}).median()).isEqualTo(2);
        assertThat(new Sample(new double[] {4, 1, 2, 3}).median()).isEqualTo(2.5);
    }

    @Test
    void isSureOfEqualMeasurements() {
        assertThat(new Sample(new double[] {5, 5, 5}).interval()).containsExactly(5, 5);
    }

    @Test
    void intervalHoldsTheTrueMedianAboutNineteenTimesInTwenty() {
        long seed = 9;
        Random random = new Random(seed);
        int held = 0;
        for (int run = 0; run < 200; run++) {
            double[] values = new double[15];
            for (int i = 0; i < values.length; i++) {
                values[i] = 10 + random.nextGaussian();
            }
            double[] interval = new Sample(values).interval();
            held += interval[0] <= 10 && 10 <= interval[1] ? 1 : 0;
        }
        assertThat(held / 200.0).as("seed %d", seed).isCloseTo(0.95, within(0.05));
    }

    @Test
    void leavesItsInputAlone() {
        double[] values = {3, 1, 2};
        new Sample(values).median();
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> new Sample(new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
