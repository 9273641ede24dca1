package io.distillwatch.workbench.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.distillwatch.output.OutputTopic;

/**
 * The content of {@code summary.json}.
 *
 * @param exchanges lines read, refused and late ones with them
 * @param rejected lines that are no valid exchange
 * @param late exchanges that came too late to count
 * @param campaigns different campaigns that were flagged at any time
 * @param seconds wall time of the job, without the merging of its files
 * @param exchangesPerSecond over that time
 * @param parallelism of the run
 * @param peakStateBytes largest size of RocksDB that was seen; sampled every 5 s
 */
public record ReplaySummary(
        long exchanges,
        long rejected,
        long late,
        long campaigns,
        double seconds,
        double exchangesPerSecond,
        int parallelism,
        long peakStateBytes) {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    static ReplaySummary of(Replay.Outcome outcome, int parallelism) {
        return new ReplaySummary(
                outcome.lines(),
                outcome.written().get(OutputTopic.DEAD_LETTERS).records(),
                outcome.written().get(OutputTopic.LATE).records(),
                outcome.written().get(OutputTopic.CAMPAIGNS).keys(),
                Math.round(outcome.seconds() * 1e3) / 1e3,
                Math.round(outcome.lines() / Math.max(outcome.seconds(), 1e-3)),
                parallelism,
                outcome.peakStateBytes());
    }

    byte[] json() throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }
}
