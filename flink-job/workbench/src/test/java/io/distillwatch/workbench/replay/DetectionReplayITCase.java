package io.distillwatch.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.workbench.Workbench;
import io.distillwatch.workbench.simulate.ArrivalTraces;
import io.distillwatch.workbench.simulate.CampaignPlan;
import io.distillwatch.workbench.simulate.Scenario;
import io.distillwatch.workbench.simulate.TrafficSimulator;
import io.distillwatch.workbench.simulate.text.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The real graph on a small simulated log with one campaign. */
final class DetectionReplayITCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> RESULTS =
            List.of("distillation-campaigns.jsonl", "distillation-campaign-members.jsonl");

    /** Lines are moved among their neighbours of this much event time, within what is allowed. */
    private static final long SHUFFLED_MILLIS = 110_000;

    @TempDir private static Path directory;

    private static List<byte[]> log;

    @BeforeAll
    static void replayInOrder() throws IOException {
        log = simulate();
        replay(write("ordered.jsonl", log), "1", "ordered");
        for (String file : RESULTS) {
            assertThat(directory.resolve("ordered").resolve(file)).isNotEmptyFile();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void namesTheSameCampaignsInAnyAllowedOrderAtAnyParallelism(int parallelism)
            throws IOException {
        String run = "shuffled-" + parallelism;
        List<byte[]> shuffled = shuffled(log, 12 + parallelism);
        assertThat(shuffled).isNotEqualTo(log);

        replay(write(run + ".jsonl", shuffled), Integer.toString(parallelism), run);

        assertSameAsOrdered(run);
    }

    @Test
    void exchangesThatComeTwiceChangeNothing() throws IOException {
        List<byte[]> twice = new ArrayList<>(log);
        for (int i = 0; i < log.size(); i += 3) {
            twice.add(log.get(i));
        }
        // In order of time again, so that copies meet their originals: one pane or a neighbour.
        twice.sort(Comparator.comparingLong(DetectionReplayITCase::time));

        replay(write("twice.jsonl", shuffled(twice, 12)), "2", "twice");

        assertThat(summary("twice").path("exchanges").asLong()).isEqualTo(twice.size());
        assertSameAsOrdered("twice");
    }

    private static void assertSameAsOrdered(String run) {
        for (String file : RESULTS) {
            assertThat(directory.resolve(run).resolve(file))
                    .as(run)
                    .hasSameBinaryContentAs(directory.resolve("ordered").resolve(file));
        }
    }

    @Test
    void putsCampaignsInOrderAndSumsUpLast() throws IOException {
        List<Instant> updates = new ArrayList<>();
        Path campaigns = directory.resolve("ordered").resolve(RESULTS.get(0));
        for (String line : Files.readAllLines(campaigns)) {
            updates.add(Instant.parse(JSON.readTree(line).path("updated_at").asText()));
        }
        assertThat(updates).isSorted();
        JsonNode summary = summary("ordered");
        assertThat(summary.path("exchanges").asLong()).isEqualTo(log.size());
        assertThat(summary.path("rejected").asLong()).isZero();
        assertThat(summary.path("late").asLong()).isZero();
        assertThat(summary.path("campaigns").asLong()).isPositive();
    }

    private static JsonNode summary(String run) throws IOException {
        return JSON.readTree(Files.readAllBytes(directory.resolve(run).resolve("summary.json")));
    }

    private static List<byte[]> simulate() {
        Scenario scenario =
                Scenario.of(
                        4,
                        0.4,
                        300,
                        List.of(
                                CampaignPlan.named("planted")
                                        .accounts(60)
                                        .perDay(100)
                                        .network(CampaignPlan.Network.HOSTING)
                                        .startsAfter(Duration.ZERO)));
        TrafficSimulator traffic =
                new TrafficSimulator(scenario, Texts.own(), ArrivalTraces.none());
        List<byte[]> lines = new ArrayList<>();
        while (traffic.advance()) {
            lines.add(traffic.line().copy());
        }
        return lines;
    }

    private static List<byte[]> shuffled(List<byte[]> log, long seed) {
        List<byte[]> shuffled = new ArrayList<>(log);
        Random random = new Random(seed);
        int from = 0;
        for (int i = 1; i <= shuffled.size(); i++) {
            if (i == shuffled.size() || time(log.get(i)) - time(log.get(from)) > SHUFFLED_MILLIS) {
                Collections.shuffle(shuffled.subList(from, i), random);
                from = i;
            }
        }
        return shuffled;
    }

    private static long time(byte[] line) {
        return EventTimeScan.find(line, line.length);
    }

    private static Path write(String name, List<byte[]> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(l -> text.append(new String(l, StandardCharsets.UTF_8)).append('\n'));
        return Files.writeString(directory.resolve(name), text);
    }

    private static void replay(Path log, String parallelism, String output) {
        assertThat(
                        new CommandLine(new Workbench())
                                .execute(
                                        "replay",
                                        "--input",
                                        log.toString(),
                                        "--output",
                                        directory.resolve(output).toString(),
                                        "--parallelism",
                                        parallelism,
                                        "--managed-memory",
                                        "128m"))
                .isZero();
    }
}
