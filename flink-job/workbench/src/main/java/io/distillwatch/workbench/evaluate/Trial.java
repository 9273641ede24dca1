package io.distillwatch.workbench.evaluate;

import io.distillwatch.exchange.ExchangeParser;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.workbench.local.WorkDirectory;
import io.distillwatch.workbench.replay.Replay;
import io.distillwatch.workbench.replay.ReplayOutput;
import io.distillwatch.workbench.score.AccountScore;
import io.distillwatch.workbench.score.PlantedTraffic;
import io.distillwatch.workbench.score.Score;
import io.distillwatch.workbench.score.ScoreFiles;
import io.distillwatch.workbench.score.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** One run of the matrix: traffic written, replayed, scored, and thrown away. */
record Trial(String scenario, Variant variant, long seed) {

    /** RocksDB is not used; Flink wants some managed memory all the same. */
    private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(32);

    /**
     * What came out.
     *
     * @param baselines by name; empty for an ablation, whose traffic is that of the plain run
     */
    record Outcome(Trial trial, long exchanges, Score score, Map<String, AccountScore> baselines) {}

    /** The name of its row. */
    String row() {
        return variant.row(scenario);
    }

    Outcome run(Traffic traffic) throws IOException, InterruptedException {
        // each run writes its traffic anew: that takes far less time than the replay
        try (WorkDirectory work = WorkDirectory.create("distillwatch-evaluate-")) {
            Path directory = work.path();
            traffic.write(scenario, seed, directory);
            Path log = directory.resolve(Traffic.LOG);
            if (variant.audit() != null) {
                Path plain = directory.resolve("plain");
                Files.move(log, plain, StandardCopyOption.ATOMIC_MOVE);
                variant.audit().rewrite(plain, log, seed);
                Files.delete(plain);
            }
            PlantedTraffic planted =
                    ScoreFiles.planted(directory.resolve(Traffic.TRUTH), directory);
            Map<String, AccountScore> baselines = new LinkedHashMap<>();
            if (variant.without() == null) {
                Baselines.run(log)
                        .forEach(
                                (name, named) ->
                                        baselines.put(name, AccountScore.of(planted, named)));
            }
            Path flags = directory.resolve("flags");
            long exchanges = replay(log, flags);
            return new Outcome(
                    this, exchanges, Scorer.score(planted, ScoreFiles.flags(flags)), baselines);
        }
    }

    private long replay(Path log, Path flags) throws IOException, InterruptedException {
        Configuration configuration = new Configuration();
        // Neither touches the detection: metrics are written beside it, and a state backend
        // changes where state is held, not what it says. Both make a run faster.
        configuration.setString(DetectionOptions.PREFIX + "metrics.windows", "1 d/1 d");
        configuration.setString("state.backend.type", "hashmap");
        DetectionSettings settings = DetectionOptions.read(configuration).detection();
        return new Replay(List.of(log), settings, 1, MANAGED_MEMORY, configuration)
                .run(
                        () -> new ExchangeParser(settings)::parse,
                        Replay.detection(variant.policy()),
                        ReplayOutput.prepare(flags, false),
                        (bytes, lines, eventTime) -> {})
                .lines();
    }
}
