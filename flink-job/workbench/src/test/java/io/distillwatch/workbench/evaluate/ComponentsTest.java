package io.distillwatch.workbench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComponentsTest {

    @Test
    void whatIsJoinedInAChainIsOneComponent() {
        Components components = new Components();
        for (int i = 0; i < 6; i++) {
            assertThat(components.add()).isEqualTo(i);
        }

        components.join(4, 2);
        components.join(0, 4);
        components.join(0, 2);
        components.join(5, 1);

        assertThat(components.together(0, 2)).isTrue();
        assertThat(components.together(0, 1)).isFalse();
        assertThat(components.ofAtLeast(2))
                .containsExactlyInAnyOrder(List.of(0, 2, 4), List.of(1, 5));
        assertThat(components.ofAtLeast(3)).containsExactly(List.of(0, 2, 4));
    }
}
