package io.distillwatch.workbench.demo;

import io.distillwatch.workbench.local.Ports;
import io.distillwatch.workbench.simulate.RealData;
import io.distillwatch.workbench.simulate.Scenario;
import io.distillwatch.workbench.simulate.text.Texts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: everything at once on this machine. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a Kafka broker and a Flink cluster with its web interface in this process, feeds"
                    + " two days of simulated traffic with two planted campaigns in minutes, prints"
                    + " each campaign as it is flagged, and ends with what was planted and found.",
            "Needs 4 GB at most; give it -Xmx2g."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final int USUAL_PORT = 9092;
    private static final int USUAL_WEB_PORT = 8081;

    @Spec private CommandSpec spec;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Same seed, same traffic (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--days",
            defaultValue = "2",
            paramLabel = "D",
            description = "Event time that passes (default: ${DEFAULT-VALUE}).")
    private double days;

    @Option(
            names = "--speed",
            defaultValue = "1200",
            paramLabel = "X",
            description =
                    "How many times faster than it would be (default: ${DEFAULT-VALUE}, two days in"
                            + " two and a half minutes).")
    private double speed;

    @Option(
            names = "--ordinary",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Ordinary accounts beside the look-alikes (default: ${DEFAULT-VALUE}).")
    private int ordinary;

    @Mixin private RealData real;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Of the broker; 0 for any that is free (default: 9092, or any).")
    private Integer port;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description =
                    "Of Flink's web interface; 0 for any that is free (default: 8081, or any).")
    private Integer webPort;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Subtasks of every operator (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--output",
            defaultValue = "distillwatch-demo",
            paramLabel = "DIR",
            description = "For results, truth and report (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Option(
            names = "--keep",
            description = "Keep broker, cluster and web interface up at the end, until Ctrl-C.")
    private boolean keep;

    @Override
    public Integer call() {
        if (!(speed > 0) || !(days > 0) || ordinary < 0 || parallelism < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--speed, --days and --parallelism must be above 0, --ordinary not below");
        }
        long begin = System.nanoTime();
        PrintStream out = System.out;
        AtomicBoolean interrupted = new AtomicBoolean();
        // Logging starts here: when the process is going down already, it could not any more.
        LogManager.getContext(false);
        try {
            Demo.Plan plan = plan();
            Demo demo = new Demo(plan, out, begin);
            CountDownLatch closed = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> close(demo, interrupted, closed)));
            demo.start();
            demo.run();
            demo.conclude();
            if (keep) {
                out.println("Still up; end with Ctrl-C.");
                closed.await();
            }
            return 0;
        } catch (Exception | LinkageError e) {
            // Kafka's classes do not load once the process goes down: they want hooks of their own.
            if (interrupted.get()) {
                return 0;
            }
            spec.commandLine().getErr().println("demo: " + say(e));
            return 1;
        }
    }

    private Demo.Plan plan() throws IOException {
        int broker = Ports.choose("--port", port, USUAL_PORT);
        int web = Ports.choose("--web-port", webPort, USUAL_WEB_PORT);
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new IOException(output + " is a file; name a directory with --output");
        }
        Files.createDirectories(output);
        return new Demo.Plan(
                seed,
                days,
                speed,
                ordinary,
                real.texts(Scenario.DEFAULT_MAX_BYTES).texts(Texts.DEFAULT_VERBATIM),
                real.arrivals(),
                broker,
                web,
                parallelism,
                output);
    }

    /** At the end as well as at Ctrl-C: nothing of what a dying cluster has to say is news. */
    private static void close(Demo demo, AtomicBoolean interrupted, CountDownLatch closed) {
        interrupted.set(true);
        // Log4j's own hook may have run already: then there is nothing left that would talk.
        if (LogManager.getContext(false) instanceof LoggerContext log) {
            log.getConfiguration().getRootLogger().setLevel(Level.OFF);
            log.updateLoggers();
        }
        try {
            demo.close();
        } catch (Exception goingDownAnyway) {
            // Temporary directories may be left; the system clears them.
        } finally {
            closed.countDown();
        }
    }

    private static String say(Throwable thrown) {
        String message = thrown.toString();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t.getMessage() != null) {
                message = t.getMessage();
            }
        }
        return message;
    }
}
