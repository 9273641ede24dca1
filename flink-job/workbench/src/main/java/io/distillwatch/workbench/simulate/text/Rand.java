package io.distillwatch.workbench.simulate.text;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One actor's own stream of chance. Streams are derived from the run's seed and the actor's name,
 * so an actor more or less never changes what the others do; transcendental functions are {@link
 * StrictMath}'s, so a seed gives the same bytes on every machine.
 */
public final class Rand {

    private final SplittableRandom source;

    /** A stream for this seed; equal seeds give equal streams. */
    public Rand(long seed) {
        source = new SplittableRandom(seed);
    }

    /** The stream of the actor {@code name} in the run {@code seed}. */
    public static Rand of(long seed, String name) {
        return new Rand(Seeds.of(seed, name));
    }

    /** Any 64 bits. */
    public long bits() {
        return source.nextLong();
    }

    /** Uniform in 0 (included) to {@code bound} (excluded). */
    public int below(int bound) {
        return source.nextInt(bound);
    }

    /** Uniform in {@code from} to {@code to}, both included. */
    public int between(int from, int to) {
        return from + source.nextInt(to - from + 1);
    }

    /** Uniform in [0, 1). */
    public double unit() {
        return source.nextDouble();
    }

    /** True with probability {@code p}. */
    public boolean chance(double p) {
        return source.nextDouble() < p;
    }

    /** Exponential with mean 1. */
    public double exponential() {
        return -StrictMath.log(1.0 - source.nextDouble());
    }

    /**
     * Mean 1 and coefficient of variation {@code cv} (at least 1): exponential for 1, clumped above
     * (balanced two-phase hyperexponential, Whitt 1982).
     */
    public double clumped(double cv) {
        if (cv <= 1) {
            return exponential();
        }
        double square = cv * cv;
        double p = (1 + StrictMath.sqrt((square - 1) / (square + 1))) / 2;
        return exponential() / (chance(p) ? 2 * p : 2 * (1 - p));
    }

    /** Standard normal (Box and Muller). */
    public double gaussian() {
        double radius = StrictMath.sqrt(2 * exponential());
        return radius * StrictMath.cos(2 * StrictMath.PI * source.nextDouble());
    }

    /** Lognormal with this median and this sigma of the logarithm. */
    public double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian());
    }

    /**
     * A rank from 0 to {@code n} - 1, rank r with probability close to proportional to 1/(r + 1).
     */
    public int zipf(int n) {
        double rank = StrictMath.exp(source.nextDouble() * StrictMath.log(n + 1.0));
        return Math.min(n - 1, (int) rank - 1);
    }

    /** Any element, each as likely. */
    public <T> T pick(List<T> from) {
        return from.get(source.nextInt(from.size()));
    }
}
