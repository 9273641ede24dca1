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
 * as long as the slide, so a 24-hour window that slides by the hour is at most 24 merges. A pane is
 * put into the finest level only; each coarser slice is made of finer ones when it ends.
 */
public final class WindowPlan implements Serializable {

    private static final long HOUR = 3_600_000;

    /** A window: milliseconds, and the size as outputs name it. */
    record Window(long size, long slide, String name) implements Serializable {

        Window(long size, long slide) {
            this(size, slide, Duration.ofMillis(size).toString());
        }
    }

    /**
     * Slices as long as the slide.
     *
     * @param retention how long they are kept: for the longest of the windows, and until the
     *     coarser slices that are made of them have ended
     * @param from the level whose slices make up this one's: the coarsest whose slide divides this
     *     one's; -1 for panes
     */
    record Level(long slide, long retention, int from, List<Window> windows)
            implements Serializable {}

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
        // Panes are where everything begins; without hours a day would be made of 288 of them.
        bySlide.computeIfAbsent(pane, slide -> new ArrayList<>());
        if (HOUR % pane == 0 && bySlide.lastKey() > HOUR) {
            bySlide.computeIfAbsent(HOUR, slide -> new ArrayList<>());
        }
        this.levels = levels(bySlide);
    }

    private static List<Level> levels(TreeMap<Long, List<Window>> bySlide) {
        List<Long> slides = List.copyOf(bySlide.keySet());
        int[] from = new int[slides.size()];
        long[] retention = new long[slides.size()];
        for (int i = 0; i < slides.size(); i++) {
            from[i] = coarsestThatDivides(slides, i);
            retention[i] = slides.get(i);
            for (Window window : bySlide.get(slides.get(i))) {
                retention[i] = Math.max(retention[i], window.size());
            }
            if (from[i] >= 0) {
                retention[from[i]] = Math.max(retention[from[i]], slides.get(i));
            }
        }
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < slides.size(); i++) {
            List<Window> windows = bySlide.get(slides.get(i));
            windows.sort(Comparator.comparingLong(Window::size));
            levels.add(new Level(slides.get(i), retention[i], from[i], List.copyOf(windows)));
        }
        return levels;
    }

    private static int coarsestThatDivides(List<Long> slides, int level) {
        int from = level - 1;
        while (from >= 0 && slides.get(level) % slides.get(from) != 0) {
            from--;
        }
        return from;
    }

    long pane() {
        return pane;
    }

    List<Level> levels() {
        return levels;
    }

    /** The end of the slice that a pane belongs to. */
    static long sliceEnd(long paneEnd, long slide) {
        return paneEnd(paneEnd - 1, slide);
    }

    /** The end of the pane that a time belongs to. */
    public static long paneEnd(long time, long pane) {
        return Math.floorDiv(time, pane) * pane + pane;
    }
}
