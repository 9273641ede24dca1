package io.distillwatch;

import io.distillwatch.exchange.Intake;
import io.distillwatch.exchange.IntakeWatermarks;
import io.distillwatch.kafka.ExchangeSource;
import io.distillwatch.kafka.KafkaPreparation;
import io.distillwatch.kafka.KafkaSinks;
import io.distillwatch.kafka.KafkaTopics;
import io.distillwatch.kafka.PolicySource;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.JobArguments;
import io.distillwatch.settings.JobSettings;
import io.distillwatch.settings.KafkaSettings;
import io.distillwatch.settings.OptionsHelp;
import io.distillwatch.settings.RuntimeDefaults;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The way in: arguments, settings, environment, topology, execution. */
public final class DetectionJob {

    /** Name of the job in Flink's web interface. */
    public static final String NAME = "distillwatch";

    /** How long a broker that lives may take to answer. */
    private static final Duration TRY = Duration.ofSeconds(10);

    /** Five minutes, with the pauses between: longer than a rolling restart of small brokers. */
    private static final int TRIES = 25;

    private DetectionJob() {}

    /**
     * Runs on the cluster that the Flink client, or the cluster's own entry point, gives.
     *
     * @param args as {@link JobArguments} reads them
     * @throws io.distillwatch.settings.SettingsException naming every option that is wrong
     * @throws io.distillwatch.kafka.KafkaUnavailableException if the brokers do not answer
     */
    public static void main(String[] args) throws Exception {
        JobArguments arguments = JobArguments.parse(args);
        if (arguments.help()) {
            System.out.print(OptionsHelp.text());
            return;
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration configuration = arguments.over(env.getConfiguration().toMap());
        JobSettings settings = DetectionOptions.read(configuration);
        Configuration runtime = RuntimeDefaults.over(configuration);
        RuntimeDefaults.check(runtime, settings.kafka());
        env.configure(runtime);

        KafkaSettings kafka = settings.kafka();
        if (kafka.prepareTopics()) {
            new KafkaPreparation(kafka.properties(), TRY, TRIES)
                    .prepare(KafkaTopics.forService(kafka));
        }
        define(env, settings);
        env.execute(NAME);
    }

    /** Adds the graph between Kafka and Kafka to the environment. */
    public static void define(StreamExecutionEnvironment env, JobSettings settings) {
        KafkaSettings kafka = settings.kafka();
        DataStream<Intake> intake =
                env.fromSource(
                                ExchangeSource.create(kafka, settings.detection()),
                                IntakeWatermarks.strategy(settings.detection()),
                                OperatorId.EXCHANGE_SOURCE.displayName())
                        .uid(OperatorId.EXCHANGE_SOURCE.uid());
        DataStream<DetectionPolicy> policies =
                env.fromSource(
                                PolicySource.create(kafka),
                                PolicySource.noEventTime(),
                                OperatorId.POLICY_SOURCE.displayName())
                        .uid(OperatorId.POLICY_SOURCE.uid())
                        // The topic has one partition: other readers would have nothing to read.
                        .setParallelism(1);
        DetectionTopology.build(intake, policies, settings.detection(), new KafkaSinks(kafka));
    }
}
