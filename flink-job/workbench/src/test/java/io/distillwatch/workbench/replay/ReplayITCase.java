package io.distillwatch.workbench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.Intake;
import io.distillwatch.exchange.Refusal;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputSinks;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.settings.DetectionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way through source, cluster and files, with a small graph that counts exchanges an account
 * and pane, so that what is tested is the replay and not the detection.
 */
final class ReplayITCase {

    private static final long PANE = 300_000;
    private static final Instant START = Instant.parse("2026-04-22T00:00:00Z");

    @TempDir private Path directory;

    @Test
    void givesTheSameBytesAtAnyParallelismAndTwice() throws Exception {
        Path log = write("log.jsonl", lines(20_000, 4));
        Map<String, String> once = replay("a", 1, log);
        assertThat(once.get("account-metrics.jsonl")).hasLineCount(counted(once));
        assertThat(replay("b", 1, log)).isEqualTo(once);
        assertThat(replay("c", 2, log)).isEqualTo(once);
        assertThat(replay("d", 4, log)).isEqualTo(once);
    }

    @Test
    void givesTheSameResultInAnyOrderWithinTheOutOfOrderness() throws Exception {
        List<String> lines = lines(20_000, 4);
        Map<String, String> ordered = replay("a", 2, write("log.jsonl", lines));
        long seed = 40;
        // 100 lines span 100 s at most, within the 2 minutes that are allowed
        List<String> shuffled = new ArrayList<>(lines);
        for (int from = 0; from < lines.size(); from += 100) {
            Collections.shuffle(shuffled.subList(from, from + 100), new Random(seed + from));
        }
        Map<String, String> permuted = replay("b", 2, write("shuffled.jsonl", shuffled));
        assertThat(permuted.get("account-metrics.jsonl"))
                .as("seed %d", seed)
                .isEqualTo(ordered.get("account-metrics.jsonl"));
        assertThat(permuted.get("exchanges-late.jsonl")).isEmpty();
    }

    @Test
    void readsDaysAndPartitionsAsOneLog() throws Exception {
        List<String> lines = lines(12_000, 4);
        Map<String, String> whole = replay("whole", 2, write("log.jsonl", lines));
        List<String> even = new ArrayList<>();
        List<String> odd = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            (i % 2 == 0 ? even : odd).add(lines.get(i));
        }
        Map<String, String> parts =
                replay(
                        "parts",
                        2,
                        write("p0.jsonl", even),
                        write("p1.jsonl", odd),
                        write("next.jsonl", lines.subList(6_000, 12_000)));
        assertThat(parts.get("account-metrics.jsonl"))
                .isEqualTo(whole.get("account-metrics.jsonl"));
    }

    @Test
    void lineDatedFarAheadMakesNothingLate() throws Exception {
        List<String> lines = lines(5_000, 4);
        lines.set(2_000, line("acct-x", Instant.parse("2099-01-01T00:00:00Z")));
        lines.set(3_000, line("acct-x", START.plusSeconds(3_000 + 7 * 86_400)));
        Map<String, String> result = replay("a", 2, write("log.jsonl", lines));
        assertThat(result.get("exchanges-dead-letter.jsonl").lines())
                .containsExactly("log.jsonl:2001", "log.jsonl:3001");
        assertThat(result.get("exchanges-late.jsonl")).isEmpty();
    }

    @Test
    void lineThatComesTooLateIsLateAtAnyParallelism() throws Exception {
        List<String> lines = lines(5_000, 4);
        lines.add(4_000, line("acct-x", START.plusSeconds(1_000)));
        Path log = write("log.jsonl", lines);
        for (int parallelism : new int[] {1, 2, 4}) {
            assertThat(replay("p" + parallelism, parallelism, log).get("exchanges-late.jsonl"))
                    .isEqualTo("log.jsonl:4001\n");
        }
    }

    private static int counted(Map<String, String> result) {
        return (int) result.get("account-metrics.jsonl").lines().distinct().count();
    }

    private static List<String> lines(int count, int accounts) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(line("acct-" + i % accounts, START.plusSeconds(i)));
        }
        return lines;
    }

    private static String line(String account, Instant time) {
        return "{\"account_id\":\"" + account + "\",\"event_time\":\"" + time + "\"}";
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(directory.resolve(name), lines, StandardCharsets.UTF_8);
    }

    private Map<String, String> replay(String name, int parallelism, Path... logs)
            throws Exception {
        Path results = directory.resolve(name);
        ReplayOutput output = ReplayOutput.prepare(results, false);
        Replay replay =
                new Replay(
                        List.of(logs),
                        DetectionSettings.defaults(),
                        parallelism,
                        MemorySize.ofMebiBytes(64),
                        new Configuration());
        Replay.Outcome outcome =
                replay.run(() -> ReplayITCase::parse, ReplayITCase::count, output, (b, l, t) -> {});
        long all = 0;
        for (Path log : logs) {
            all += Files.readAllLines(log).size();
        }
        assertThat(outcome.lines()).isEqualTo(all);
        Map<String, String> files = new LinkedHashMap<>();
        for (OutputTopic topic : OutputTopic.values()) {
            String file = topic.topicName() + ".jsonl";
            files.put(file, Files.readString(results.resolve(file)));
        }
        return files;
    }

    private static Intake parse(
            byte[] value, String topic, int partition, long offset, long ingestedAt) {
        long time = EventTimeScan.find(value, value.length);
        String text = new String(value, StandardCharsets.UTF_8);
        String account = text.substring(15, text.indexOf('"', 15));
        DetectionSettings settings = DetectionSettings.defaults();
        if (time > ingestedAt + settings.time().maxAhead().toMillis()) {
            Refusal refusal = new Refusal("ahead", "event_time", "ahead");
            return new Intake(null, refusal, topic, partition, offset, ingestedAt, value);
        }
        Exchange exchange =
                new Exchange(
                        offset,
                        account,
                        time,
                        "",
                        null,
                        null,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        new long[0],
                        partition,
                        offset);
        return new Intake(exchange, null, topic, partition, offset, ingestedAt, value);
    }

    private static void count(
            StreamExecutionEnvironment environment,
            DataStream<Intake> intake,
            DetectionSettings settings,
            OutputSinks sinks) {
        SingleOutputStreamOperator<Seen> gated = intake.process(new Gate()).uid("gate");
        gated.getSideOutput(Gate.LATE).sinkTo(sinks.sink(OutputTopic.LATE)).uid("late");
        gated.getSideOutput(Gate.REFUSED).sinkTo(sinks.sink(OutputTopic.DEAD_LETTERS)).uid("dead");
        gated.keyBy(Seen::account)
                .process(new Count())
                .uid("count")
                .sinkTo(sinks.sink(OutputTopic.ACCOUNT_METRICS))
                .uid("counts");
    }

    /**
     * @param account who
     * @param time when, epoch milliseconds
     */
    public record Seen(String account, long time) {}

    private static final class Gate extends ProcessFunction<Intake, Seen> {

        static final OutputTag<OutputRecord> LATE = new OutputTag<>("late") {};
        static final OutputTag<OutputRecord> REFUSED = new OutputTag<>("refused") {};

        @Override
        public void processElement(
                Intake intake, ProcessFunction<Intake, Seen>.Context context, Collector<Seen> out) {
            byte[] position =
                    (intake.topic() + ":" + intake.offset()).getBytes(StandardCharsets.UTF_8);
            OutputRecord record = new OutputRecord(null, position, intake.ingestedAt());
            if (intake.refused()) {
                context.output(REFUSED, record);
            } else if (intake.exchange().eventTime() < context.timerService().currentWatermark()) {
                context.output(LATE, record);
            } else {
                out.collect(new Seen(intake.exchange().accountId(), intake.exchange().eventTime()));
            }
        }
    }

    private static final class Count extends KeyedProcessFunction<String, Seen, OutputRecord> {

        private transient ValueState<Map<Long, Long>> panes;

        @Override
        public void open(OpenContext context) {
            panes =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>(
                                            "panes", Types.MAP(Types.LONG, Types.LONG)));
        }

        @Override
        public void processElement(
                Seen seen,
                KeyedProcessFunction<String, Seen, OutputRecord>.Context context,
                Collector<OutputRecord> out)
                throws Exception {
            long end = seen.time() - Math.floorMod(seen.time(), PANE) + PANE;
            Map<Long, Long> counts = panes.value();
            counts = counts == null ? new LinkedHashMap<>() : counts;
            counts.merge(end, 1L, Long::sum);
            panes.update(counts);
            context.timerService().registerEventTimeTimer(end - 1);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<OutputRecord> out)
                throws Exception {
            Map<Long, Long> counts = panes.value();
            String text = timestamp + 1 + " " + context.getCurrentKey();
            String value = text + " " + counts.remove(timestamp + 1);
            panes.update(counts);
            out.collect(
                    new OutputRecord(
                            context.getCurrentKey().getBytes(StandardCharsets.UTF_8),
                            value.getBytes(StandardCharsets.UTF_8),
                            timestamp + 1));
        }
    }
}
