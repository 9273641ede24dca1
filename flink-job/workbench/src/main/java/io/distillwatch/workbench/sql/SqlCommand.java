package io.distillwatch.workbench.sql;

import io.distillwatch.sql.SqlFailure;
import io.distillwatch.sql.SqlScript;
import io.distillwatch.sql.SqlSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A SQL session over the detector's topics. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Opens a SQL session over the detector's topics: tables, views and functions are there.",
            "With a terminal, Flink's SQL client; with -e or -f, the results; else a gateway for JDBC."
        })
public final class SqlCommand implements Callable<Integer> {

    /** How results are written. */
    public enum Format {
        table,
        csv,
        json
    }

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Kafka brokers; localhost:9092 unless given, or those of --demo.")
    private String bootstrapServers;

    @Option(
            names = "--demo",
            description =
                    "Starts a broker, fills its topics with a simulated day and what the job makes"
                            + " of it.")
    private boolean demo;

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "SQL",
            description = "Runs statements, writes their results, and ends; repeatable.")
    private List<String> statements = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description =
                    "Runs the statements of a file, writes their results, and ends; repeatable.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "Of results with -e and -f: ${COMPLETION-CANDIDATES}.")
    private Format format;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8083",
            description = "Of the gateway, on this machine only; 0 for any that is free.")
    private int port;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description =
                    "An option of the job, such as distillwatch.kafka.properties.security.protocol,"
                            + " or of Flink; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        if (demo && bootstrapServers != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--demo has a broker of its own: leave out one of --demo and --bootstrap-servers");
        }
        List<String> scripts = scripts();
        try (SqlHost host = SqlHost.start(settings)) {
            if (demo) {
                DemoTopics.fill(host, err);
            } else {
                host.kafka(bootstrapServers);
            }
            if (!scripts.isEmpty()) {
                return run(host, scripts);
            }
            return serve(host);
        } catch (SqlFailure | SqlHost.Unreachable | IllegalArgumentException e) {
            err.println(e.getMessage());
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "-f " + file + ": no file that can be read");
            }
            scripts.add(Files.readString(file));
        }
        scripts.addAll(statements);
        return scripts;
    }

    private int run(SqlHost host, List<String> scripts) {
        PrintWriter out = spec.commandLine().getOut();
        try (SqlSession session = SqlSession.open(host.configuration())) {
            for (String script : scripts) {
                for (String statement : SqlScript.statements(script)) {
                    ResultWriter.of(format, out).write(session, statement);
                    out.flush();
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private int serve(SqlHost host) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (SqlGatewayServer gateway = SqlGatewayServer.start(host.configuration(), port)) {
            out.println("Gateway  http://localhost:" + gateway.port());
            out.println("JDBC     " + gateway.jdbcUrl());
            out.println("Flink    " + host.webUi());
            out.flush();
            if (System.console() != null) {
                return SqlClientProcess.run(gateway.port());
            }
            out.println("No terminal here: the gateway runs until this process is stopped.");
            out.flush();
            new CountDownLatch(1).await();
        }
        return CommandLine.ExitCode.OK;
    }
}
