package io.distillwatch.workbench.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.distillwatch.DetectionTopology;
import io.distillwatch.exchange.ExchangeParser;
import io.distillwatch.exchange.Intake;
import io.distillwatch.exchange.IntakeWatermarks;
import io.distillwatch.kafka.KafkaSinks;
import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.settings.JobSettings;
import io.distillwatch.workbench.cluster.EmbeddedBroker;
import io.distillwatch.workbench.simulate.SimulateCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine;

/** A broker with a simulated day in it, and with what the job makes of that day. */
final class DemoTopics {

    private static final String DAYS = "1";
    private static final String ORDINARY_ACCOUNTS = "1500";
    private static final int PARTITIONS = 4;

    private DemoTopics() {}

    static void fill(SqlHost host, PrintWriter progress) throws Exception {
        EmbeddedBroker broker = host.broker();
        Configuration configuration = new Configuration();
        configuration.setString("distillwatch.kafka.bootstrap-servers", broker.bootstrapServers());
        configuration.setString("distillwatch.kafka.partitions", String.valueOf(PARTITIONS));
        configuration.setString("distillwatch.kafka.delivery-guarantee", "at-least-once");
        JobSettings job = DetectionOptions.read(configuration);
        broker.createTopics(KafkaTopics.forReplays(job.kafka()));
        long exchanges = feed(broker, job.kafka().exchangesTopic());
        progress.printf(
                Locale.ROOT,
                "%,d simulated exchanges in %s%n",
                exchanges,
                job.kafka().exchangesTopic());
        progress.flush();
        detect(job);
        progress.println("The job has been over them: campaigns, members and metrics are there.");
        progress.flush();
    }

    private static long feed(EmbeddedBroker broker, String topic) throws IOException {
        Path directory = Files.createTempDirectory("distillwatch-demo");
        try {
            int code =
                    new CommandLine(new SimulateCommand())
                            .setOut(new PrintWriter(PrintWriter.nullWriter()))
                            .execute(
                                    "--output", directory.toString(),
                                    "--days", DAYS,
                                    "--ordinary", ORDINARY_ACCOUNTS);
            if (code != 0) {
                throw new IllegalStateException("the simulator ended with " + code);
            }
            return produce(directory.resolve("exchanges.jsonl"), broker, topic);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static long produce(Path log, EmbeddedBroker broker, String topic) throws IOException {
        long lines = 0;
        try (Producer<byte[], byte[]> producer = broker.producer();
                BufferedReader reader = Files.newBufferedReader(log)) {
            JsonFactory json = new JsonFactory();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                byte[] value = line.getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic, null, time(json, value), null, value));
                lines++;
            }
            producer.flush();
        }
        return lines;
    }

    /** The event time of a simulated exchange; the simulator writes them as ISO-8601. */
    private static Long time(JsonFactory json, byte[] value) throws IOException {
        try (JsonParser parser = json.createParser(value)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("event_time")) {
                    parser.nextToken();
                    return parser.currentToken().isNumeric()
                            ? parser.getLongValue()
                            : Instant.parse(parser.getText()).toEpochMilli();
                }
            }
        }
        throw new IllegalStateException("a simulated exchange has an event_time");
    }

    private static void detect(JobSettings job) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
        KafkaSource<Intake> exchanges =
                KafkaSource.<Intake>builder()
                        .setBootstrapServers(job.kafka().bootstrapServers())
                        .setTopics(job.kafka().exchangesTopic())
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setBounded(OffsetsInitializer.latest())
                        .setDeserializer(new Parse(job.detection()))
                        .build();
        DataStream<Intake> intake =
                env.fromSource(exchanges, IntakeWatermarks.strategy(job.detection()), "exchanges")
                        .uid("exchanges");
        DataStream<DetectionPolicy> policies =
                env.fromSource(
                                KafkaSource.<DetectionPolicy>builder()
                                        .setBootstrapServers(job.kafka().bootstrapServers())
                                        .setTopics(job.kafka().policyTopic())
                                        .setBounded(OffsetsInitializer.latest())
                                        .setDeserializer(new NoPolicy())
                                        .build(),
                                WatermarkStrategy.noWatermarks(),
                                "policies")
                        .uid("policies")
                        .setParallelism(1);
        DetectionTopology.build(intake, policies, job.detection(), new KafkaSinks(job.kafka()));
        env.execute("distillwatch over the simulated day");
    }

    private static final class Parse implements KafkaRecordDeserializationSchema<Intake> {

        private final DetectionSettings settings;
        private transient ExchangeParser parser;

        Parse(DetectionSettings settings) {
            this.settings = settings;
        }

        @Override
        public void open(DeserializationSchema.InitializationContext context) {
            parser = new ExchangeParser(settings);
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Intake> out) {
            out.collect(
                    parser.parse(
                            record.value(),
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            record.timestamp()));
        }

        @Override
        public TypeInformation<Intake> getProducedType() {
            return TypeInformation.of(Intake.class);
        }
    }

    /** The demo sets no policy: the topic is empty, and the defaults hold. */
    private static final class NoPolicy
            implements KafkaRecordDeserializationSchema<DetectionPolicy> {

        @Override
        public void deserialize(
                ConsumerRecord<byte[], byte[]> record, Collector<DetectionPolicy> out) {
            throw new IllegalStateException("a policy in the demo");
        }

        @Override
        public TypeInformation<DetectionPolicy> getProducedType() {
            return TypeInformation.of(DetectionPolicy.class);
        }
    }
}
