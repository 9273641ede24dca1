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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The real graph on a small simulated log with one campaign. */
final class DetectionReplayITCase {

    private static final List<String> RESULTS =
            List.of("distillation-campaigns.jsonl", "distillation-campaign-members.jsonl");

    /** Lines are moved among their neighbours of this much event time, within what is allowed. */
    private static final long SHUFFLED_MILLIS = 110_000;

    @TempDir private Path directory;

    @Test
    void namesTheSameCampaignsAtAnyParallelismAndInAnyAllowedOrder() throws IOException {
        List<byte[]> log = simulate();
        Path ordered = write("ordered.jsonl", log);
        replay(ordered, "1", "a");
        assertThat(directory.resolve("a").resolve(RESULTS.get(0))).isNotEmptyFile();
        replay(ordered, "2", "b");
        replay(ordered, "4", "c");
        long seed = 12;
        replay(write("shuffled.jsonl", shuffled(log, seed)), "2", "d");
        for (String other : List.of("b", "c", "d")) {
            for (String file : RESULTS) {
                assertThat(directory.resolve(other).resolve(file))
                        .as("run %s, seed %d", other, seed)
                        .hasSameBinaryContentAs(directory.resolve("a").resolve(file));
            }
        }
    }

    @Test
    void putsCampaignsInOrderAndSumsUpLast() throws IOException {
        List<byte[]> log = simulate();
        replay(write("log.jsonl", log), "2", "out");
        ObjectMapper json = new ObjectMapper();
        List<Instant> updates = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("out").resolve(RESULTS.get(0)))) {
            updates.add(Instant.parse(json.readTree(line).path("updated_at").asText()));
        }
        assertThat(updates).isSorted();
        JsonNode summary =
                json.readTree(Files.readAllBytes(directory.resolve("out").resolve("summary.json")));
        assertThat(summary.path("exchanges").asLong()).isEqualTo(log.size());
        assertThat(summary.path("rejected").asLong()).isZero();
        assertThat(summary.path("late").asLong()).isZero();
        assertThat(summary.path("campaigns").asLong()).isPositive();
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

    private Path write(String name, List<byte[]> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(l -> text.append(new String(l, StandardCharsets.UTF_8)).append('\n'));
        return Files.writeString(directory.resolve(name), text);
    }

    private void replay(Path log, String parallelism, String output) {
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
