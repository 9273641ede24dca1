package io.distillwatch.metrics;

import static io.distillwatch.testing.Exchanges.exchange;
import static io.distillwatch.testing.Exchanges.millis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputRecordCodec;
import io.distillwatch.output.Timestamps;
import io.distillwatch.pane.PaneOperator;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.testing.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every window that is put out, against one that is computed from the exchanges themselves. */
class WindowsOracleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OutputTag<OutputRecord> LATE =
            new OutputTag<>("late", OutputRecordCodec.type());
    private static final OutputTag<OutputRecord> METRICS =
            new OutputTag<>("metrics", OutputRecordCodec.type());
    private static final long DISORDER = 120_000;
    private static final long START = 1_780_000_000_000L;
    private static final long END_OF_TIME = START + 40L * 86_400_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PT5M/PT5M PT1H/PT5M PT24H/PT1H", // the defaults
                "PT5M/PT5M",
                "PT1H/PT1H",
                "PT24H/PT1H PT30M/PT10M",
                "PT1H/PT15M PT2H/PT30M PT6H/PT1H",
                "PT1H/PT20M PT2H/PT30M", // neither slide divides the other
                "PT3H/PT90M PT48H/PT24H"
            })
    void everyWindowEqualsTheRecomputedOneAndComesOnceOnChangeOnly(String windows)
            throws Exception {
        DetectionSettings settings = settings(windows);
        for (int seed = 0; seed < 3; seed++) {
            List<Exchange> exchanges = exchanges(new Random(seed));

            List<String> out = run(settings, arrivals(exchanges, new Random(seed)), -1);

            assertThat(out)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(oracle(settings, exchanges));
        }
    }

    @Test
    void duplicatesCountOnce() throws Exception {
        DetectionSettings settings = DetectionSettings.defaults();
        List<Exchange> exchanges = exchanges(new Random(10));
        Random random = new Random(10);
        List<Exchange> twice = new ArrayList<>(exchanges);
        exchanges.stream().filter(e -> random.nextInt(3) == 0).forEach(twice::add);

        assertThat(twice).hasSizeGreaterThan(exchanges.size() + 50);
        assertThat(run(settings, arrivals(twice, random), -1))
                .containsExactlyInAnyOrderElementsOf(oracle(settings, exchanges));
    }

    @Test
    void anExchangeOfAClosedPaneGoesToTheLateTopicWithItsPlace() throws Exception {
        try (Harness harness = new Harness(DetectionSettings.defaults())) {
            harness.open();
            harness.arrive(millis("12:10:00"));
            harness.arrive(
                    exchange()
                            .at("12:04:00")
                            .asIntake(DetectionSettings.defaults(), 3, 4711, 0)
                            .exchange());

            assertThat(harness.getSideOutput(LATE))
                    .extracting(record -> JSON.readTree(record.getValue().value()))
                    .singleElement()
                    .satisfies(
                            letter -> {
                                assertThat(letter.get("reason").textValue())
                                        .isEqualTo("late_after_idleness");
                                assertThat(letter.get("lateness_ms").longValue())
                                        .isEqualTo(360_000);
                                assertThat(letter.get("source_partition").intValue()).isEqualTo(3);
                                assertThat(letter.get("source_offset").longValue()).isEqualTo(4711);
                            });
        }
    }

    @Test
    void aStopInTheMiddleChangesNothing() throws Exception {
        DetectionSettings settings = DetectionSettings.defaults();
        List<Exchange> exchanges = exchanges(new Random(11));
        for (int at : new int[] {1, 57, 200, 333}) {
            assertThat(run(settings, arrivals(exchanges, new Random(11)), at))
                    .as("stop after %d", at)
                    .containsExactlyInAnyOrderElementsOf(oracle(settings, exchanges));
        }
    }

    @Test
    void accountPanesNameEveryExchangeOnceInOrder() throws Exception {
        List<Exchange> exchanges = exchanges(new Random(12));
        try (Harness harness = new Harness(DetectionSettings.defaults())) {
            harness.open();
            for (Object arrival : arrivals(exchanges, new Random(12))) {
                harness.arrive(arrival);
            }
            harness.processWatermark(END_OF_TIME);
            List<AccountPane> panes = harness.extractOutputValues();

            assertThat(panes.stream().flatMap(pane -> pane.exchanges().stream()))
                    .extracting(Exchange::exchangeHash)
                    .containsExactlyInAnyOrderElementsOf(
                            exchanges.stream().map(Exchange::exchangeHash).toList());
            for (AccountPane pane : panes) {
                assertThat(pane.exchanges())
                        .isNotEmpty()
                        .isSortedAccordingTo((a, b) -> Long.compare(a.eventTime(), b.eventTime()))
                        .allMatch(e -> e.accountId().equals(pane.accountId()))
                        .allMatch(
                                e -> WindowPlan.paneEnd(e.eventTime(), 300_000) == pane.paneEnd());
                assertThat(pane.recentExchanges()).isGreaterThanOrEqualTo(pane.exchanges().size());
            }
        }
    }

    @Test
    void whatTheDetectionIsToldDoesNotDependOnTheWindows() throws Exception {
        List<List<Object>> expected = told("PT5M/PT5M PT1H/PT5M PT24H/PT1H");

        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(told("PT5M/PT5M")).isEqualTo(expected);
        assertThat(told("PT1H/PT15M PT6H/PT1H")).isEqualTo(expected);
    }

    /** By account and pane: since when the account is known, and what it did in a day. */
    private static List<List<Object>> told(String windows) throws Exception {
        List<Exchange> exchanges = exchanges(new Random(14));
        try (Harness harness = new Harness(settings(windows))) {
            harness.open();
            for (Object arrival : arrivals(exchanges, new Random(14))) {
                harness.arrive(arrival);
            }
            harness.processWatermark(END_OF_TIME);
            return harness.extractOutputValues().stream()
                    .sorted(
                            Comparator.comparing(AccountPane::accountId)
                                    .thenComparingLong(AccountPane::paneEnd))
                    .map(
                            pane ->
                                    List.<Object>of(
                                            pane.accountId(),
                                            pane.paneEnd(),
                                            pane.knownSince(),
                                            pane.recentExchanges()))
                    .toList();
        }
    }

    @Test
    void nothingIsLeftOfAnAccountThatStaysAway() throws Exception {
        try (Harness harness = new Harness(DetectionSettings.defaults())) {
            harness.open();
            int arrived = 0;
            for (Object arrival : arrivals(exchanges(new Random(13)), new Random(13))) {
                harness.arrive(arrival);
                if (++arrived % 50 == 0) {
                    harness.snapshot(arrived, arrived);
                }
            }
            harness.processWatermark(END_OF_TIME);
            harness.snapshot(10_000, 10_000);

            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    static DetectionSettings settings(String windows) {
        DetectionSettings defaults = DetectionSettings.defaults();
        List<DetectionSettings.Window> list = new ArrayList<>();
        for (String window : windows.split(" ", -1)) {
            String[] parts = window.split("/", -1);
            list.add(
                    new DetectionSettings.Window(
                            Duration.parse(parts[0]), Duration.parse(parts[1])));
        }
        return new DetectionSettings(
                defaults.intake(), defaults.time(), list, defaults.families(), defaults.groups());
    }

    /** Three accounts with bursts and pauses from seconds to days, everything drawn at random. */
    private static List<Exchange> exchanges(Random random) {
        List<Exchange> exchanges = new ArrayList<>();
        for (String account : List.of("acct-a", "acct-b", "acct-c")) {
            long time = START + random.nextInt(7_200_000);
            for (int i = 0; i < 130; i++) {
                double pause = 1_000 * Math.pow(10, 4.2 * random.nextDouble());
                time +=
                        (long)
                                (random.nextInt(40) == 0
                                        ? 100_000_000 * random.nextDouble()
                                        : pause);
                exchanges.add(
                        Samples.sample(random.nextLong(), account, time)
                                .asking(Hashes.of("prompt-" + random.nextInt(40)))
                                .inFamily(Hashes.of("family-" + random.nextInt(6)))
                                .from("10.0." + random.nextInt(3) + ".0/24")
                                .costing(random.nextInt(1000), random.nextInt(1000))
                                .with(Hashes.of("client-" + random.nextInt(3)), 0, 0)
                                .exchange());
            }
        }
        return exchanges;
    }

    /** Exchanges out of order within the allowed, with watermarks (as Long) in between. */
    private static List<Object> arrivals(List<Exchange> exchanges, Random random) {
        TreeMap<Long, List<Exchange>> byArrival = new TreeMap<>();
        for (Exchange exchange : exchanges) {
            long arrival = exchange.eventTime() + random.nextInt((int) DISORDER);
            byArrival.computeIfAbsent(arrival, t -> new ArrayList<>()).add(exchange);
        }
        List<Object> arrivals = new ArrayList<>();
        byArrival.forEach(
                (time, group) -> {
                    arrivals.addAll(group);
                    if (random.nextInt(3) == 0) {
                        arrivals.add(time - DISORDER - 1);
                    }
                });
        return arrivals;
    }

    private static List<String> run(DetectionSettings settings, List<Object> arrivals, int stopAt)
            throws Exception {
        List<String> lines = new ArrayList<>();
        Harness harness = new Harness(settings);
        harness.open();
        for (int i = 0; i < arrivals.size(); i++) {
            if (i == stopAt) {
                OperatorSubtaskState snapshot = harness.snapshot(1, 1);
                lines.addAll(harness.lines());
                harness.close();
                harness = new Harness(settings);
                harness.initializeState(snapshot);
                harness.open();
            }
            harness.arrive(arrivals.get(i));
        }
        harness.processWatermark(END_OF_TIME);
        lines.addAll(harness.lines());
        harness.close();
        return lines;
    }

    private static List<String> oracle(DetectionSettings settings, List<Exchange> exchanges) {
        Map<String, List<Exchange>> byAccount =
                exchanges.stream().collect(Collectors.groupingBy(Exchange::accountId));
        List<String> lines = new ArrayList<>();
        byAccount.forEach(
                (account, own) -> {
                    for (DetectionSettings.Window window : settings.windows()) {
                        long slide = window.slide().toMillis();
                        Set<Long> ends = new HashSet<>();
                        own.forEach(e -> ends.add(WindowPlan.paneEnd(e.eventTime(), slide)));
                        for (long end : ends) {
                            lines.add(recomputed(account, end, window.size().toMillis(), own));
                        }
                    }
                });
        return lines;
    }

    private static String recomputed(String account, long end, long size, List<Exchange> own) {
        List<Exchange> in =
                own.stream()
                        .filter(e -> e.eventTime() >= end - size && e.eventTime() < end)
                        .toList();
        Map<Long, Long> families =
                in.stream()
                        .collect(
                                Collectors.groupingBy(Exchange::familyHash, Collectors.counting()));
        double n = in.size();
        double entropy = 0;
        double top = 0;
        for (long count : families.values()) {
            entropy -= count / n * Math.log(count / n) / Math.log(2);
            top = Math.max(top, count / n);
        }
        long prompts = distinct(in, Exchange::promptHash);
        return line(
                account,
                end - size,
                end,
                in.size(),
                in.stream().mapToLong(Exchange::inputTokens).sum(),
                in.stream().mapToLong(Exchange::outputTokens).sum(),
                prompts,
                families.size(),
                prompts / n,
                entropy,
                top,
                distinct(in, Exchange::prefix),
                distinct(in, Exchange::clientHash),
                distinct(in, e -> Math.floorDiv(e.eventTime(), 3_600_000L)),
                in.stream().mapToLong(Exchange::eventTime).min().orElseThrow(),
                in.stream().mapToLong(Exchange::eventTime).max().orElseThrow());
    }

    private static long distinct(Collection<Exchange> in, Function<Exchange, Object> field) {
        return in.stream().map(field).distinct().count();
    }

    private static String line(
            String account,
            long start,
            long end,
            long exchanges,
            long input,
            long output,
            long prompts,
            long families,
            double ratio,
            double entropy,
            double top,
            long prefixes,
            long clients,
            long hours,
            long first,
            long last) {
        return String.format(
                java.util.Locale.ROOT,
                "%s %s..%s n=%d in=%d out=%d prompts=%d families=%d ratio=%s entropy=%s"
                        + " top=%s prefixes=%d clients=%d hours=%d %s..%s",
                account,
                Timestamps.format(start),
                Timestamps.format(end),
                exchanges,
                input,
                output,
                prompts,
                families,
                round(ratio),
                round(entropy),
                round(top),
                prefixes,
                clients,
                hours,
                Timestamps.format(first),
                Timestamps.format(last));
    }

    /** To six decimals, as the job writes them. */
    private static double round(double value) {
        return Math.abs(Math.round(value * 1e6) / 1e6);
    }

    private static String line(OutputRecord record) {
        try {
            JsonNode json = JSON.readTree(record.value());
            Map<String, Long> times = new HashMap<>();
            for (String field : List.of("window_start", "window_end", "first_seen", "last_seen")) {
                times.put(field, java.time.Instant.parse(json.get(field).asText()).toEpochMilli());
            }
            assertThat(record.timestamp()).isEqualTo(times.get("window_end") - 1);
            assertThat(new String(record.key(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(json.get("account_id").asText());
            return line(
                    json.get("account_id").asText(),
                    times.get("window_start"),
                    times.get("window_end"),
                    json.get("exchanges").asLong(),
                    json.get("input_tokens").asLong(),
                    json.get("output_tokens").asLong(),
                    json.get("distinct_prompts").asLong(),
                    json.get("distinct_families").asLong(),
                    json.get("distinct_ratio").asDouble(),
                    json.get("family_entropy").asDouble(),
                    json.get("top_family_share").asDouble(),
                    json.get("distinct_prefixes").asLong(),
                    json.get("distinct_clients").asLong(),
                    json.get("active_hours").asLong(),
                    times.get("first_seen"),
                    times.get("last_seen"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, Exchange, AccountPane> {

        Harness(DetectionSettings settings) throws Exception {
            super(
                    new PaneOperator<>(new AccountWindows(new WindowPlan(settings), METRICS, LATE)),
                    Exchange::accountId,
                    Types.STRING);
            setup(new io.distillwatch.serial.CodecSerializer<>(new AccountPane.Codec()));
        }

        void arrive(Object arrival) throws Exception {
            if (arrival instanceof Exchange exchange) {
                processElement(exchange, exchange.eventTime());
            } else {
                processWatermark((long) arrival);
            }
        }

        List<String> lines() {
            var records = getSideOutput(METRICS);
            List<String> lines = new ArrayList<>();
            if (records != null) {
                records.forEach(record -> lines.add(line(record.getValue())));
            }
            return lines;
        }
    }
}
