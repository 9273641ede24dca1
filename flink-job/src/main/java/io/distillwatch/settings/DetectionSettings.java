package io.distillwatch.settings;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Everything that is fixed while the job runs. What analysts may change at run time is in the
 * detection policy instead. Serializable, since the parser is built where the records arrive.
 *
 * @param intake how log records are read
 * @param time event time: panes, lateness, idleness
 * @param windows windows of the metrics
 * @param families bounds of the search for prompt families
 * @param groups bounds of what is kept of one candidate group
 */
public record DetectionSettings(
        Intake intake, Time time, List<Window> windows, Families families, Groups groups)
        implements Serializable {

    /** Defaults that work against a broker on localhost. */
    public static DetectionSettings defaults() {
        return new DetectionSettings(
                Intake.defaults(),
                Time.defaults(),
                Window.defaults(),
                Families.defaults(),
                Groups.defaults());
    }

    /**
     * How log records are read.
     *
     * @param fingerprintSecret key of every hash of prompt text, client and payment; rotate it and
     *     families start anew
     * @param prefixLengthIpv4 bits of an IPv4 prefix, 8 to 32
     * @param prefixLengthIpv6 bits of an IPv6 prefix, 16 to 128
     * @param maxRecordBytes larger records are refused
     * @param deadLetterOriginals whether refused and late records carry the original bytes, or only
     *     the source position
     */
    public record Intake(
            String fingerprintSecret,
            int prefixLengthIpv4,
            int prefixLengthIpv6,
            int maxRecordBytes,
            boolean deadLetterOriginals)
            implements Serializable {

        static Intake defaults() {
            return new Intake("change-me", 24, 48, 4 << 20, true);
        }
    }

    /**
     * Event time.
     *
     * @param pane resolution of every result
     * @param maxOutOfOrderness how long a record may come after a later one and still count
     * @param maxAhead how far event time may run ahead of the broker timestamp
     * @param idleness after how long without records a partition stops holding back the rest
     */
    public record Time(
            Duration pane, Duration maxOutOfOrderness, Duration maxAhead, Duration idleness)
            implements Serializable {

        static Time defaults() {
            return new Time(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1));
        }
    }

    /**
     * A sliding window of the metrics, in whole panes.
     *
     * @param size length
     * @param slide distance of two window ends; divides the size
     */
    public record Window(Duration size, Duration slide) implements Serializable {

        static List<Window> defaults() {
            return List.of(
                    new Window(Duration.ofMinutes(5), Duration.ofMinutes(5)),
                    new Window(Duration.ofHours(1), Duration.ofMinutes(5)),
                    new Window(Duration.ofHours(24), Duration.ofHours(1)));
        }
    }

    /**
     * Bounds of the search for prompt families.
     *
     * @param buckets number of keys that the table of features is split into; fixed for the life of
     *     the state
     * @param featuresPerBucket capacity of one bucket; the least shared and oldest features leave
     *     first
     * @param minAccounts distinct accounts that make a feature popular
     * @param memory how long a feature is remembered without being seen
     */
    public record Families(int buckets, int featuresPerBucket, int minAccounts, Duration memory)
            implements Serializable {

        static Families defaults() {
            return new Families(256, 16_384, 6, Duration.ofDays(7));
        }
    }

    /**
     * Bounds of what is kept of one candidate group.
     *
     * @param maxAccounts accounts of one group that are followed one by one; of larger groups a
     *     consistent sample is
     * @param memory how long a group, or an account in it, is remembered without being seen
     */
    public record Groups(int maxAccounts, Duration memory) implements Serializable {

        static Groups defaults() {
            return new Groups(65_536, Duration.ofDays(7));
        }
    }
}
