package io.distillwatch.helm;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker in this JVM as production has it: TLS, SCRAM-SHA-512 and ACLs that allow nothing
 * by default. User {@code admin} may do everything; its password is {@link #ADMIN_PASSWORD}.
 */
final class SecureBroker implements AutoCloseable {

    static final String ADMIN_PASSWORD = "admin-password";
    static final String USER_PASSWORD = "user-password";
    private static final String STORE_PASSWORD = "store-password";

    private final KafkaRaftServer server;
    private final int port;
    private final Path certificate;

    private SecureBroker(KafkaRaftServer server, int port, Path certificate) {
        this.server = server;
        this.port = port;
        this.certificate = certificate;
    }

    /**
     * @param users who gets {@link #USER_PASSWORD}
     */
    static SecureBroker start(Path directory, List<String> users) {
        Path keystore = directory.resolve("broker.p12");
        Path certificate = directory.resolve("ca.crt");
        keytool(
                directory,
                "-genkeypair",
                "-alias broker -keyalg EC -dname CN=localhost -validity 2 -storetype PKCS12",
                "-ext SAN=dns:localhost,ip:127.0.0.1 -keystore " + keystore);
        keytool(
                directory,
                "-exportcert",
                "-rfc -alias broker",
                "-file " + certificate + " -keystore " + keystore);
        int port = Ports.free();
        int controller = Ports.free();
        String admin =
                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"admin\" password=\"%s\";".formatted(ADMIN_PASSWORD);
        Map<String, String> config =
                Map.ofEntries(
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("node.id", "1"),
                        Map.entry("controller.quorum.voters", "1@localhost:" + controller),
                        Map.entry("controller.listener.names", "CONTROLLER"),
                        Map.entry("inter.broker.listener.name", "CLIENT"),
                        Map.entry(
                                "listeners",
                                "CLIENT://localhost:%d,CONTROLLER://localhost:%d"
                                        .formatted(port, controller)),
                        Map.entry(
                                "listener.security.protocol.map",
                                "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT"),
                        Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-512"),
                        Map.entry("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512"),
                        Map.entry("listener.name.client.scram-sha-512.sasl.jaas.config", admin),
                        Map.entry("ssl.keystore.location", keystore.toString()),
                        Map.entry("ssl.keystore.type", "PKCS12"),
                        Map.entry("ssl.keystore.password", STORE_PASSWORD),
                        Map.entry("ssl.truststore.location", certificate.toString()),
                        Map.entry("ssl.truststore.type", "PEM"),
                        Map.entry(
                                "authorizer.class.name",
                                "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                        // ANONYMOUS is the controller's own listener, which nobody else reaches.
                        Map.entry("super.users", "User:admin;User:ANONYMOUS"),
                        Map.entry("log.dirs", directory.resolve("data").toString()),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("offsets.topic.num.partitions", "1"),
                        Map.entry("transaction.state.log.replication.factor", "1"),
                        Map.entry("transaction.state.log.min.isr", "1"),
                        Map.entry("transaction.state.log.num.partitions", "1"),
                        Map.entry("auto.create.topics.enable", "false"),
                        Map.entry("group.initial.rebalance.delay.ms", "0"),
                        Map.entry("log.cleaner.dedupe.buffer.size", "4194304"));
        format(directory, config, users);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
        server.startup();
        return new SecureBroker(server, port, certificate);
    }

    String bootstrapServers() {
        return "localhost:" + port;
    }

    /** The broker's certificate, which clients must trust. */
    Path certificate() {
        return certificate;
    }

    /** Client properties of the super user. */
    Properties admin() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers());
        properties.put("security.protocol", "SASL_SSL");
        properties.put("sasl.mechanism", "SCRAM-SHA-512");
        properties.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"admin\" password=\"%s\";".formatted(ADMIN_PASSWORD));
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", certificate.toString());
        return properties;
    }

    private static void format(Path directory, Map<String, String> config, List<String> users) {
        try {
            Path file = directory.resolve("server.properties");
            Properties properties = new Properties();
            properties.putAll(config);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            List<String> arguments =
                    new ArrayList<>(
                            List.of(
                                    "format",
                                    "--config",
                                    file.toString(),
                                    "--cluster-id",
                                    "ZGlzdGlsbHdhdGNoX19fXw",
                                    "--add-scram",
                                    "SCRAM-SHA-512=[name=admin,password=%s]"
                                            .formatted(ADMIN_PASSWORD)));
            for (String user : users) {
                arguments.add("--add-scram");
                arguments.add("SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, USER_PASSWORD));
            }
            int code =
                    StorageTool.execute(
                            arguments.toArray(String[]::new),
                            new PrintStream(
                                    OutputStream.nullOutputStream(),
                                    false,
                                    StandardCharsets.UTF_8));
            if (code != 0) {
                throw new IllegalStateException("the broker's storage cannot be formatted");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keytool(Path directory, String command, String... arguments) {
        List<String> call =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                command));
        for (String each : arguments) {
            call.addAll(List.of(each.split(" ", -1)));
        }
        call.addAll(List.of("-storepass", STORE_PASSWORD));
        Tool.Result result = Tool.run(directory, Map.of(), call.toArray(String[]::new));
        if (result.code() != 0) {
            throw new IllegalStateException(result.output());
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
