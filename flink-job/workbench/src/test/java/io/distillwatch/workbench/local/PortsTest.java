package io.distillwatch.workbench.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void takesTheUsualOneWhenItIsFree() {
        int free = Ports.any();

        assertThat(Ports.choose("--port", null, free)).isEqualTo(free);
        assertThat(Ports.choose("--port", free, 1)).isEqualTo(free);
    }

    @Test
    void takesAnyWhenTheUsualOneIsTakenOrNoneIsAskedFor() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int usual = taken.getLocalPort();

            assertThat(Ports.choose("--port", null, usual)).isPositive().isNotEqualTo(usual);
            assertThat(Ports.choose("--port", 0, usual)).isPositive().isNotEqualTo(usual);
        }
    }

    @Test
    void saysWhatToDoWhenTheWantedOneIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int wanted = taken.getLocalPort();

            assertThatThrownBy(() -> Ports.choose("--port", wanted, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + wanted + " is taken")
                    .hasMessageContaining("--port");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void refusesWhatIsNoPort(int wanted) {
        assertThatThrownBy(() -> Ports.choose("--web-port", wanted, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no port " + wanted)
                .hasMessageContaining("--web-port takes 1 to 65535");
    }
}
