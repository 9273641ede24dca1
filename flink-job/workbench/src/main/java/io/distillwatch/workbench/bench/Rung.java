package io.distillwatch.workbench.bench;

import io.distillwatch.DetectionJob;
import io.distillwatch.exchange.IntakeWatermarks;
import io.distillwatch.kafka.ExchangeSource;
import io.distillwatch.settings.JobSettings;
import io.distillwatch.settings.RuntimeDefaults;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** What is measured, on the same records. */
enum Rung {
    /** (a) The Kafka source, parsing and fingerprinting; results discarded. */
    SOURCE("a: source and parse") {
        @Override
        void define(StreamExecutionEnvironment environment, JobSettings settings) {
            environment
                    .fromSource(
                            ExchangeSource.create(settings.kafka(), settings.detection()),
                            IntakeWatermarks.strategy(settings.detection()),
                            "exchanges")
                    .uid("exchanges")
                    .sinkTo(new DiscardingSink<>())
                    .uid("nowhere");
        }
    },

    /** (b) The job as it is deployed, to Kafka exactly-once. */
    JOB("b: the whole job") {
        @Override
        void define(StreamExecutionEnvironment environment, JobSettings settings) {
            DetectionJob.define(environment, settings);
        }
    },

    /** (c) Flink SQL as one writes it: the prompts of an account counted, Flink's own settings. */
    SQL("c: plain SQL") {
        @Override
        Configuration runtime(Configuration configuration) {
            return ofSql(RuntimeDefaults.untuned(configuration));
        }

        @Override
        void define(StreamExecutionEnvironment environment, JobSettings settings) {
            HopQuery.define(environment, settings, "prompt");
        }
    },

    /**
     * (d) The same with what helps it: hashes of prompts instead of prompts in its state, the job's
     * settings for RocksDB, object reuse. Mini-batches do not apply to window aggregations, which
     * buffer by themselves.
     */
    TUNED_SQL("d: tuned SQL") {
        @Override
        Configuration runtime(Configuration configuration) {
            return ofSql(RuntimeDefaults.over(configuration));
        }

        @Override
        void define(StreamExecutionEnvironment environment, JobSettings settings) {
            HopQuery.define(environment, settings, "HASH_CODE(prompt)");
        }
    };

    private final String title;

    Rung(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** What its cluster and its job ask of Flink: for the job as it is deployed. */
    Configuration runtime(Configuration configuration) {
        return RuntimeDefaults.over(configuration);
    }

    /* The planner makes its operators, without uids. */
    private static Configuration ofSql(Configuration runtime) {
        runtime.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
        return runtime;
    }

    abstract void define(StreamExecutionEnvironment environment, JobSettings settings);
}
