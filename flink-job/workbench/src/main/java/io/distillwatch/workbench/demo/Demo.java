package io.distillwatch.workbench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.workbench.local.Progress;
import io.distillwatch.workbench.report.Campaign;
import io.distillwatch.workbench.report.ReportPage;
import io.distillwatch.workbench.score.Score;
import io.distillwatch.workbench.score.ScoreReport;
import io.distillwatch.workbench.simulate.ArrivalTraces;
import io.distillwatch.workbench.simulate.CampaignPlan;
import io.distillwatch.workbench.simulate.Scenario;
import io.distillwatch.workbench.simulate.TrafficSimulator;
import io.distillwatch.workbench.simulate.Truth;
import io.distillwatch.workbench.simulate.text.Texts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.producer.Producer;

/** One run of the demo, from the first exchange to the report. */
final class Demo {

    /**
     * @param seed same seed, same traffic
     * @param days event time that passes
     * @param speed seconds of event time in a second
     * @param ordinary accounts beside look-alikes and campaigns
     * @param texts that people and campaigns write
     * @param arrivals when people come
     * @param port of the broker
     * @param webPort of Flink's web interface
     */
    record Plan(
            long seed,
            double days,
            double speed,
            int ordinary,
            Texts texts,
            ArrivalTraces arrivals,
            int port,
            int webPort,
            int parallelism,
            Path output) {}

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** For who looks at no terminal, a line this often. */
    private static final double LINE_SECONDS = 15;

    /** Beyond this, the demo says that the machine is too slow and ends, seconds. */
    private static final double LONGEST = 285;

    private final Plan plan;
    private final PrintStream out;
    private final DemoCluster cluster;
    private final TrafficSimulator simulator;
    private final long begin;
    private volatile Producer<byte[], byte[]> producer;
    private volatile TrafficFeed feed;
    private OutputWatch watch;
    private Progress progress;
    private double lastLine;
    private long peakState;

    /**
     * A demo that has not started anything yet, so that whoever wants to end it can be ready.
     *
     * @param begin {@link System#nanoTime()} when the command was called
     */
    Demo(Plan plan, PrintStream out, long begin) throws IOException {
        this.plan = plan;
        this.out = out;
        this.begin = begin;
        this.simulator =
                new TrafficSimulator(
                        Scenario.of(plan.seed(), plan.days(), plan.ordinary(), campaigns()),
                        plan.texts(),
                        plan.arrivals());
        this.cluster = DemoCluster.prepare();
    }

    /** Starts broker, cluster and job. */
    void start() throws Exception {
        cluster.start(plan.port(), plan.webPort(), plan.parallelism());
        this.producer = cluster.broker().producer();
        this.feed =
                new TrafficFeed(
                        simulator, producer, cluster.kafka().exchangesTopic(), plan.speed());
        this.watch =
                new OutputWatch(
                        cluster.broker().consumer(), cluster.kafka(), plan.output(), this::print);
    }

    private static List<CampaignPlan> campaigns() {
        return List.of(
                CampaignPlan.named("hosting")
                        .network(CampaignPlan.Network.HOSTING)
                        .startsAfter(Duration.ofHours(5)),
                CampaignPlan.named("residential")
                        .accounts(250)
                        .network(CampaignPlan.Network.RESIDENTIAL)
                        .dealing(CampaignPlan.Dealing.UNIFORM)
                        .startsAfter(Duration.ofHours(9)));
    }

    /** Runs the traffic through; returns when all of it has been looked at. */
    void run() throws Exception {
        out.printf(
                Locale.ROOT,
                "Flink's web interface: http://localhost:%d   Kafka: localhost:%d%n"
                        + "%.1f days of simulated traffic at %,.0f times its speed; two campaigns are"
                        + " hidden in it.%nAt the end: what was found, and a page that shows why,"
                        + " in %s.%n%n",
                plan.webPort(),
                plan.port(),
                plan.days(),
                plan.speed(),
                plan.output());
        long length = (long) (plan.days() * 24 * 60);
        Thread thread = new Thread(feed, "demo-traffic");
        thread.setDaemon(true);
        thread.start();
        try (Progress bar = new Progress("demo", length, " min", 1)) {
            progress = bar;
            while (!feed.done() || cluster.committed() < feed.count()) {
                look();
                if (seconds() > LONGEST) {
                    out.println("This machine is too slow for the whole of it; ending here.");
                    feed.stop();
                    break;
                }
            }
            do {
                watch.poll();
            } while (!watch.atEnd());
        }
    }

    private void look() throws Exception {
        cluster.check();
        if (feed.failure() != null) {
            throw feed.failure();
        }
        watch.poll();
        peakState = Math.max(peakState, cluster.stateBytes());
        long minutes = (feed.eventTime() - simulator.startsAt()) / 60_000;
        progress.update(minutes, feed.count(), seconds(), feed.eventTime());
        if (!Progress.onTerminal() && seconds() - lastLine > LINE_SECONDS) {
            lastLine = seconds();
            out.printf(
                    Locale.ROOT,
                    "%s  %,d exchanges, %,.0f a second; %,d account windows%n",
                    time(feed.eventTime()),
                    feed.count(),
                    feed.count() / seconds(),
                    watch.count(OutputTopic.ACCOUNT_METRICS));
        }
    }

    private void print(Campaign campaign) {
        progress.print(
                out,
                String.format(
                        Locale.ROOT,
                        "%s  CAMPAIGN %s%n           %s%n",
                        time(campaign.firstFlagged()),
                        campaign.id(),
                        campaign.inWords()));
    }

    /** Writes truth and report, prints what was planted and what was found. */
    void conclude() throws Exception {
        Truth truth = simulator.truth();
        Path truthFile = plan.output().resolve("truth.json");
        truth.write(truthFile);
        feed.writeSent(plan.output().resolve("exchanges.jsonl"));
        JsonNode planted = truth.json();
        Score score = DemoScore.of(planted, feed.sent(), watch.campaigns(), watch.members());
        out.println();
        out.println(ScoreReport.table(score));
        double cpu =
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis()
                        / 1e3;
        out.printf(
                Locale.ROOT,
                "%,d exchanges in %.0f s (broker, cluster and traffic together: %.0f CPU seconds);"
                        + " state at most %,.1f MB; %,d refused, %,d late%n",
                feed.count(),
                seconds(),
                cpu,
                peakState / 1e6,
                watch.count(OutputTopic.DEAD_LETTERS),
                watch.count(OutputTopic.LATE));
        watch.close();
        Path page = plan.output().resolve("report.html");
        ReportPage.write(plan.output(), truthFile, page);
        out.println("Report: " + page.toAbsolutePath().normalize());
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    /** Ends traffic, job, cluster and broker. */
    void close() throws Exception {
        if (feed != null) {
            feed.stop();
        }
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
        cluster.close();
    }
}
