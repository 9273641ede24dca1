package io.distillwatch.output;

import org.apache.flink.api.connector.sink2.Sink;

/** Where the job's streams go: Kafka in production, files in a replay, lists in a test. */
@FunctionalInterface
public interface OutputSinks {

    /** The sink of one topic; asked once for each while the graph is built. */
    Sink<OutputRecord> sink(OutputTopic topic);
}
