package io.distillwatch.workbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.workbench.local.Ports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerITCase {

    @TempDir Path directory;

    @Test
    void keepsItsTopicsInADirectoryThatWasGiven() {
        int port = Ports.any();
        try (EmbeddedBroker broker = EmbeddedBroker.start(port, directory)) {
            broker.createTopic("kept", 2, Map.of());
            send(broker, "kept", "one", "two");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(port, directory)) {
            assertThat(values(broker, "kept")).containsExactlyInAnyOrder("one", "two");
            assertThat(broker.written("kept")).isEqualTo(2);
            assertThatThrownBy(() -> EmbeddedBroker.start(port))
                    .hasMessage(
                            "port "
                                    + port
                                    + " is taken: stop what listens there, or name another port");
        }
    }

    private static void send(EmbeddedBroker broker, String topic, String... values) {
        try (Producer<byte[], byte[]> producer = broker.producer()) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static List<String> values(EmbeddedBroker broker, String topic) {
        return broker.committed(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
