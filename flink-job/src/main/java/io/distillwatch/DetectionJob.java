package io.distillwatch;

/** The way in. */
public final class DetectionJob {

    private DetectionJob() {}

    public static void main(String[] args) {}
}
