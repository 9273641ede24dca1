package io.distillwatch.workbench.local;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Reads the metrics of a Flink cluster that runs in this process, by name and over all subtasks.
 * Flink makes reporters by itself, so a tap is found again by an id that travels in the cluster's
 * configuration.
 */
public final class MetricTap implements MetricReporter {

    private static final String ID = "tap-id";
    private static final Map<String, MetricTap> TAPS = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    /* By name: a job has thousands, and whoever watches it asks for the same few all the time. */
    private final Map<String, Set<Metric>> metrics = new ConcurrentHashMap<>();
    private final Map<String, Long> ended = new ConcurrentHashMap<>();

    private MetricTap() {}

    /** Puts a tap on the cluster that will be started with this configuration. */
    public static MetricTap on(Configuration configuration) {
        MetricTap tap = new MetricTap();
        TAPS.put(tap.id, tap);
        configuration.setString("metrics.reporters", "tap");
        configuration.setString("metrics.reporter.tap.factory.class", Factory.class.getName());
        configuration.setString("metrics.reporter.tap." + ID, tap.id);
        return tap;
    }

    /** Sum over all subtasks that run now; 0 when there is no such metric. */
    public long sum(String name) {
        return values(name).sum();
    }

    /** Sum over all subtasks, those that have ended with their last value. For counters. */
    public long total(String name) {
        return ended.getOrDefault(name, 0L) + sum(name);
    }

    /** How many metrics of this name there are now. */
    public long count(String name) {
        return values(name).count();
    }

    /** The smallest value among the subtasks that run now; 0 when there is no such metric. */
    public long least(String name) {
        return values(name).min().orElse(0);
    }

    private LongStream values(String name) {
        return metrics.getOrDefault(name, Set.of()).stream().mapToLong(MetricTap::value);
    }

    private static long value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        if (metric instanceof Histogram histogram) {
            return histogram.getCount();
        }
        if (metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number) {
            return number.longValue();
        }
        return 0;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        metrics.computeIfAbsent(name, n -> ConcurrentHashMap.newKeySet()).add(metric);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        Set<Metric> named = metrics.get(name);
        if (named != null && named.remove(metric) && !(metric instanceof Gauge)) {
            ended.merge(name, value(metric), Long::sum);
        }
    }

    /** Flink closes its reporters; the values stay readable until the owner lets go of the tap. */
    @Override
    public void close() {}

    /** Lets go of the tap. */
    public void release() {
        TAPS.remove(id);
    }

    /** Found by Flink through the service loader. */
    public static final class Factory implements MetricReporterFactory {

        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            MetricTap tap = TAPS.get(properties.getProperty(ID, ""));
            return tap == null ? new MetricTap() : tap;
        }
    }
}
