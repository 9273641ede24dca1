package io.distillwatch.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/** Reads the options of detection. */
final class DetectionReader {

    private static final Duration DAY = Duration.ofDays(1);

    private final OptionReader options;

    private DetectionReader(OptionReader options) {
        this.options = options;
    }

    static DetectionSettings read(OptionReader options) {
        DetectionReader reader = new DetectionReader(options);
        DetectionSettings.Time time = reader.time();
        return new DetectionSettings(
                reader.intake(),
                time,
                reader.windows(time.pane()),
                reader.families(),
                reader.groups());
    }

    private DetectionSettings.Intake intake() {
        return new DetectionSettings.Intake(
                secret(),
                options.between(DetectionOptions.PREFIX_LENGTH_IPV4, 8, 32),
                options.between(DetectionOptions.PREFIX_LENGTH_IPV6, 16, 128),
                Math.toIntExact(
                        options.between(
                                        DetectionOptions.MAX_RECORD_SIZE,
                                        MemorySize.parse("1kb"),
                                        MemorySize.parse("1gb"))
                                .getBytes()),
                options.flag(DetectionOptions.DEAD_LETTER_ORIGINALS));
    }

    private String secret() {
        String file =
                options.read(
                        DetectionOptions.FINGERPRINT_SECRET_FILE,
                        "the path of a file that can be read");
        if (file == null) {
            return options.text(DetectionOptions.FINGERPRINT_SECRET);
        }
        return SettingsFiles.text(Path.of(file))
                .filter(secret -> !secret.isBlank())
                .orElseGet(
                        () -> {
                            options.refuse(
                                    DetectionOptions.FINGERPRINT_SECRET_FILE,
                                    "the path of a file that can be read and is not empty");
                            return DetectionOptions.FINGERPRINT_SECRET.defaultValue();
                        });
    }

    private DetectionSettings.Time time() {
        // Hours and days are made of whole panes.
        Duration pane =
                options.read(
                        DetectionOptions.PANE,
                        value ->
                                value.compareTo(Duration.ofSeconds(1)) >= 0
                                        && DAY.toMillis() % value.toMillis() == 0,
                        "a duration from 1 s to 1 d that divides a day");
        return new DetectionSettings.Time(
                pane,
                options.between(DetectionOptions.MAX_OUT_OF_ORDERNESS, Duration.ZERO, DAY),
                options.between(
                        DetectionOptions.MAX_AHEAD, Duration.ZERO, Duration.ofDays(365_000)),
                options.between(DetectionOptions.IDLENESS, Duration.ofMillis(100), DAY));
    }

    private List<DetectionSettings.Window> windows(Duration pane) {
        String allowed =
                "size/slide, several by semicolon, e.g. 1 h/5 min: both whole multiples of "
                        + DetectionOptions.PANE.key()
                        + ", and the size one of the slide";
        List<String> texts =
                options.read(DetectionOptions.WINDOWS, list -> !list.isEmpty(), allowed);
        List<DetectionSettings.Window> windows = new ArrayList<>();
        for (String text : texts) {
            String[] parts = text.split("/", -1);
            try {
                Duration size = TimeUtils.parseDuration(parts[0]);
                Duration slide = TimeUtils.parseDuration(parts.length == 2 ? parts[1] : "");
                if (slide.toMillis() <= 0
                        || slide.toMillis() % pane.toMillis() != 0
                        || size.toMillis() <= 0
                        || size.toMillis() % slide.toMillis() != 0) {
                    options.problem(DetectionOptions.WINDOWS.key(), text, allowed);
                }
                windows.add(new DetectionSettings.Window(size, slide));
            } catch (IllegalArgumentException notADuration) {
                options.problem(DetectionOptions.WINDOWS.key(), text, allowed);
            }
        }
        return windows;
    }

    private DetectionSettings.Families families() {
        return new DetectionSettings.Families(
                options.between(DetectionOptions.FAMILY_BUCKETS, 1, 1 << 20),
                options.between(DetectionOptions.FEATURES_PER_BUCKET, 16, 1 << 20),
                options.between(DetectionOptions.FAMILY_MIN_ACCOUNTS, 2, 1_000_000),
                options.between(
                        DetectionOptions.FAMILY_MEMORY,
                        Duration.ofMinutes(1),
                        Duration.ofDays(365)));
    }

    private DetectionSettings.Groups groups() {
        return new DetectionSettings.Groups(
                options.between(DetectionOptions.GROUP_MAX_ACCOUNTS, 16, 1 << 24),
                options.between(
                        DetectionOptions.GROUP_MEMORY,
                        Duration.ofMinutes(1),
                        Duration.ofDays(365)));
    }
}
