package io.distillwatch.metrics;

import io.distillwatch.settings.DetectionSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * How windows are put together from slices. Windows with the same slide share one level of slices
 * as long as the slide, so a 24-hour window that slides by the hour is at most 24 merges, and an
 * exchange costs one update a level, not one a window.
 */
public final class WindowPlan implements Serializable {

    /** A window: milliseconds, and the size as outputs name it. */
    record Window(long size, long slide, String name) implements Serializable {

        Window(long size, long slide) {
            this(size, slide, Duration.ofMillis(size).toString());
        }
    }

    /** Slices as long as the slide, kept for the longest of the windows. */
    record Level(long slide, long retention, List<Window> windows) implements Serializable {}

    private final long pane;
    private final List<Level> levels;

    /** Levels come finest first; sizes are validated by the settings. */
    public WindowPlan(DetectionSettings settings) {
        this.pane = settings.time().pane().toMillis();
        TreeMap<Long, List<Window>> bySlide = new TreeMap<>();
        for (DetectionSettings.Window window : settings.windows()) {
            bySlide.computeIfAbsent(window.slide().toMillis(), slide -> new ArrayList<>())
                    .add(new Window(window.size().toMillis(), window.slide().toMillis()));
        }
        // There is always a level of panes: it tells whether a key was active in the newest one.
        bySlide.computeIfAbsent(pane, slide -> new ArrayList<>());
        this.levels = new ArrayList<>();
        bySlide.forEach(
                (slide, windows) -> {
                    windows.sort(Comparator.comparingLong(Window::size));
                    long retention =
                            windows.isEmpty() ? slide : windows.get(windows.size() - 1).size();
                    levels.add(new Level(slide, retention, List.copyOf(windows)));
                });
    }

    long pane() {
        return pane;
    }

    List<Level> levels() {
        return levels;
    }

    /** The end of the pane that a time belongs to. */
    public static long paneEnd(long time, long pane) {
        return Math.floorDiv(time, pane) * pane + pane;
    }
}
