package io.distillwatch.workbench.evaluate;

import io.distillwatch.workbench.local.Progress;
import io.distillwatch.workbench.replay.ReplayFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Runs trials, several at a time. */
final class Matrix {

    private final List<Trial> trials;
    private final Traffic traffic;
    private final List<Trial.Outcome> outcomes = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    Matrix(List<Trial> trials, Traffic traffic) {
        this.trials = trials;
        this.traffic = traffic;
    }

    /** Results in the order of the trials. */
    List<Trial.Outcome> outcomes() {
        return outcomes;
    }

    /** Trials without a result, each with its reason. */
    List<String> failed() {
        return failed;
    }

    /** Runs all; one that fails does not take the others with it. */
    void run(int parallel) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(parallel);
        long start = System.nanoTime();
        AtomicInteger done = new AtomicInteger();
        AtomicLong exchanges = new AtomicLong();
        try (Progress progress = new Progress("evaluate", trials.size(), " runs", 1)) {
            List<Future<Trial.Outcome>> results = new ArrayList<>();
            for (Trial trial : trials) {
                results.add(
                        workers.submit(
                                () -> {
                                    try {
                                        Trial.Outcome outcome = trial.run(traffic);
                                        exchanges.addAndGet(outcome.exchanges());
                                        return outcome;
                                    } finally {
                                        progress.update(
                                                done.incrementAndGet(),
                                                exchanges.get(),
                                                (System.nanoTime() - start) / 1e9,
                                                0);
                                    }
                                }));
            }
            for (int i = 0; i < results.size(); i++) {
                collect(trials.get(i), results.get(i), progress, System.err);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private void collect(
            Trial trial, Future<Trial.Outcome> result, Progress progress, PrintStream err)
            throws InterruptedException {
        try {
            outcomes.add(result.get());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (!(cause instanceof IOException || cause instanceof ReplayFailed)) {
                throw new IllegalStateException(trial + " failed", cause);
            }
            String sentence = trial.row() + ", seed " + trial.seed() + ": " + cause.getMessage();
            failed.add(sentence);
            progress.print(err, "evaluate: " + sentence);
        }
    }
}
