package io.distillwatch.workbench.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.kafka.KafkaPreparation;
import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.kafka.KafkaUnavailableException;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.KafkaSettings;
import io.distillwatch.workbench.cluster.Await;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerAwayITCase {

    private static final Duration TRY = Duration.ofSeconds(3);

    /** Of the Kafka client in one try: its reconnects, further and further apart. */
    private static final int LINES_A_TRY = 6;

    private final LogLines log = LogLines.of(Level.WARN, "io.distillwatch", "org.apache.kafka");

    @BeforeEach
    void listen() {
        log.start();
    }

    @AfterEach
    void stopListening() {
        log.stop();
    }

    @Test
    void givesUpWithTheAddressTheOptionAndTheReason() throws IOException {
        KafkaSettings kafka = settings(unusedPort());

        assertThatThrownBy(() -> prepare(kafka, 1))
                .isInstanceOf(KafkaUnavailableException.class)
                .hasMessageMatching(
                        "Kafka at localhost:\\d+ \\(distillwatch\\.kafka\\.bootstrap-servers\\) does"
                                + " not answer \\(TimeoutException: .*\\)\\.");
        assertThat(log.events()).hasSizeLessThanOrEqualTo(LINES_A_TRY);
        assertThat(log.events()).allMatch(event -> event.getThrown() == null);
    }

    @Test
    void saysSoOnceATryAndGoesOnWhenTheBrokerComes() throws Exception {
        int port = unusedPort();
        KafkaSettings kafka = settings(port);
        CompletableFuture<List<String>> created =
                CompletableFuture.supplyAsync(() -> prepare(kafka, 20));
        Await.until("the message", Duration.ofSeconds(30), () -> ours() >= 1);

        try (EmbeddedBroker broker = EmbeddedBroker.start(port)) {
            assertThat(created.get(1, TimeUnit.MINUTES))
                    .containsExactlyElementsOf(
                            KafkaTopics.forService(kafka).stream()
                                    .map(KafkaTopics.Plan::name)
                                    .toList());
            assertThat(prepare(kafka, 1)).as("created a second time").isEmpty();
            assertThat(broker.written(kafka.exchangesTopic())).isZero();
        }
        assertThat(log.events()).allMatch(event -> event.getThrown() == null);
        assertThat((long) log.events().size()).isLessThanOrEqualTo(ours() * (1 + LINES_A_TRY));
    }

    private long ours() {
        return log.events().stream()
                .filter(event -> event.getLoggerName().startsWith("io.distillwatch"))
                .map(LogEvent::getMessage)
                .filter(message -> message.getFormattedMessage().contains("does not answer"))
                .count();
    }

    private static List<String> prepare(KafkaSettings kafka, int tries) {
        try {
            return new KafkaPreparation(kafka.properties(), TRY, tries)
                    .prepare(KafkaTopics.forService(kafka));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static KafkaSettings settings(int port) {
        Configuration configuration = new Configuration();
        configuration.setString("distillwatch.kafka.bootstrap-servers", "localhost:" + port);
        return DetectionOptions.read(configuration).kafka();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
