package io.distillwatch.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A real Prometheus on this machine that scrapes Flink's reporters as the PodMonitor would have it.
 */
final class Prometheus implements AutoCloseable {

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param ports of the reporters on localhost; those that nobody listens on are harmless
     */
    static Prometheus start(Path directory, List<Integer> ports) throws IOException {
        int port = Ports.free();
        String targets =
                ports.stream()
                        .map(each -> "'localhost:%d'".formatted(each))
                        .collect(Collectors.joining(", "));
        Path config = directory.resolve("prometheus.yml");
        // What the PodMonitor adds: the namespace, and the labels app and component of the pod.
        Files.writeString(
                config,
                """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                scrape_configs:
                  - job_name: flink
                    static_configs:
                      - targets: [%s]
                        labels: {namespace: %s, app: %s}
                """
                        .formatted(targets, Chart.NAMESPACE, Chart.RELEASE));
        File log = directory.resolve("prometheus.log").toFile();
        Process process =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        return new Prometheus(process, port);
    }

    /** The series that an expression gives now; empty while Prometheus starts. */
    JsonNode query(String expression) {
        URI uri =
                URI.create(
                        "http://127.0.0.1:%d/api/v1/query?query=%s"
                                .formatted(
                                        port,
                                        URLEncoder.encode(expression, StandardCharsets.UTF_8)));
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonNode json = new ObjectMapper().readTree(answer.body());
            if (answer.statusCode() == 400) {
                throw new AssertionError(expression + ": " + json.path("error").asText());
            }
            return json.at("/data/result");
        } catch (java.net.ConnectException starting) {
            return new ObjectMapper().createArrayNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
