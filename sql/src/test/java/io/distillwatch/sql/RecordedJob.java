package io.distillwatch.sql;

import io.distillwatch.DetectionTopology;
import io.distillwatch.exchange.ExchangeParser;
import io.distillwatch.exchange.Intake;
import io.distillwatch.exchange.IntakeWatermarks;
import io.distillwatch.kafka.KafkaSinks;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputSinks;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.settings.DetectionOptions;
import io.distillwatch.settings.DetectionSettings;
import io.distillwatch.settings.JobSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job itself, over the recorded exchanges: its metrics are what SQL has to come to as well. */
final class RecordedJob {

    private RecordedJob() {}

    static void writeMetrics(List<String> exchanges, String bootstrapServers) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("distillwatch.kafka.bootstrap-servers", bootstrapServers);
        configuration.setString("distillwatch.kafka.delivery-guarantee", "at-least-once");
        JobSettings job = DetectionOptions.read(configuration);
        KafkaSinks kafka = new KafkaSinks(job.kafka());
        OutputSinks metricsOnly =
                topic ->
                        topic == OutputTopic.ACCOUNT_METRICS || topic == OutputTopic.PREFIX_METRICS
                                ? kafka.sink(topic)
                                : nowhere();

        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.getConfig().enableObjectReuse();
        DataStream<Intake> intake =
                env.fromData(exchanges)
                        .map(new Parse(), TypeInformation.of(Intake.class))
                        .assignTimestampsAndWatermarks(IntakeWatermarks.strategy(job.detection()));
        DataStream<DetectionPolicy> policies =
                env.fromData("default")
                        .map(
                                name -> DetectionPolicy.defaults(),
                                TypeInformation.of(DetectionPolicy.class));
        DetectionTopology.build(intake, policies, job.detection(), metricsOnly);
        env.execute("metrics of the recorded exchanges");
    }

    private static Sink<OutputRecord> nowhere() {
        return new DiscardingSink<>();
    }

    private static final class Parse extends RichMapFunction<String, Intake> {

        private transient ExchangeParser parser;
        private long offset;

        @Override
        public void open(OpenContext context) {
            parser = new ExchangeParser(DetectionSettings.defaults());
        }

        @Override
        public Intake map(String line) {
            return parser.parse(
                    line.getBytes(StandardCharsets.UTF_8), "llm-exchanges", 0, offset++, 0);
        }
    }
}
