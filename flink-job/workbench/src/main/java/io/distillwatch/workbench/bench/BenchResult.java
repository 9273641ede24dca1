package io.distillwatch.workbench.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What one workload gave: all rungs, round by round. */
final class BenchResult {

    private final Workload workload;
    private final Workload.Filled filled;
    private final Map<Rung, List<Measurement>> rounds = new EnumMap<>(Rung.class);

    BenchResult(Workload workload, Workload.Filled filled) {
        this.workload = workload;
        this.filled = filled;
        for (Rung rung : Rung.values()) {
            rounds.put(rung, new ArrayList<>());
        }
    }

    void add(Rung rung, Measurement measurement) {
        rounds.get(rung).add(measurement);
    }

    /** Ratio of rates, round by round: above 1, the first is faster. */
    Sample rates(Rung one, Rung other) {
        return ratio(one, other, Measurement::rate);
    }

    /** Ratio of CPU an exchange, round by round: above 1, the first needs less. */
    Sample cpu(Rung one, Rung other) {
        return ratio(other, one, Measurement::cpuPerMillion);
    }

    private Sample ratio(Rung over, Rung under, ToDoubleFunction<Measurement> figure) {
        double[] ratios = new double[rounds.get(over).size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    figure.applyAsDouble(rounds.get(over).get(i))
                            / figure.applyAsDouble(rounds.get(under).get(i));
        }
        return new Sample(ratios);
    }

    private double median(Rung rung, ToDoubleFunction<Measurement> figure) {
        return new Sample(rounds.get(rung).stream().mapToDouble(figure).toArray()).median();
    }

    private double stateBytesAnAccount() {
        return median(Rung.JOB, Measurement::stateBytes) / filled.accounts();
    }

    private double operationsAnExchange() {
        return median(Rung.JOB, m -> (double) m.stateOperations() / filled.exchanges());
    }

    /** Zero would be no access at all, which cannot be: it says that nothing was counted. */
    private String operations() {
        double operations = operationsAnExchange();
        return operations == 0 ? "not counted" : String.format(Locale.ROOT, "%.2f", operations);
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s: %,d exchanges of %,d bytes by %,d accounts, %d rounds%n",
                        workload.name().toLowerCase(Locale.ROOT),
                        filled.exchanges(),
                        filled.bytes() / Math.max(1, filled.exchanges()),
                        filled.accounts(),
                        rounds.get(Rung.JOB).size()));
        text.append(
                String.format(
                        Locale.ROOT,
                        "  %-28s %14s %22s %10s %10s %14s %16s%n",
                        "",
                        "exchanges/s",
                        "CPU s per million",
                        "compiler",
                        "collector",
                        "checkpoints",
                        "largest, longest"));
        for (Rung rung : Rung.values()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-28s %,14.0f %,22.1f %10.2f %10.2f %14.0f %,9.1f MB %,.0f ms%n",
                            rung.title(),
                            median(rung, Measurement::rate),
                            median(rung, Measurement::cpuPerMillion),
                            median(rung, Measurement::compiling),
                            median(rung, Measurement::collecting),
                            median(rung, Measurement::checkpoints),
                            median(rung, Measurement::checkpointBytes) / 1e6,
                            median(rung, Measurement::checkpointMillis)));
        }
        text.append(line("(b)/(a) by wall time", rates(Rung.JOB, Rung.SOURCE)));
        text.append(line("(b)/(a) by CPU", cpu(Rung.JOB, Rung.SOURCE)));
        text.append(line("(b)/(c) by wall time", rates(Rung.JOB, Rung.SQL)));
        text.append(line("(b)/(c) by CPU", cpu(Rung.JOB, Rung.SQL)));
        text.append(line("(b)/(d) by wall time", rates(Rung.JOB, Rung.TUNED_SQL)));
        text.append(line("(b)/(d) by CPU", cpu(Rung.JOB, Rung.TUNED_SQL)));
        text.append(
                String.format(
                        Locale.ROOT,
                        "  state: %s bytes an account in a checkpoint; accesses to keyed state an"
                                + " exchange: %s%n",
                        state(),
                        operations()));
        return text.toString();
    }

    /** A run that ends before its first checkpoint knows nothing. */
    private String state() {
        double bytes = stateBytesAnAccount();
        return bytes == 0
                ? "(the run was too short to know)"
                : String.format(Locale.ROOT, "%,.0f", bytes);
    }

    private static String line(String name, Sample sample) {
        double[] interval = sample.interval();
        return String.format(
                Locale.ROOT,
                "  %-28s %14.2f   95 %% %.2f to %.2f%n",
                name,
                sample.median(),
                interval[0],
                interval[1]);
    }

    ObjectNode json() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("workload", workload.name().toLowerCase(Locale.ROOT));
        node.put("exchanges", filled.exchanges());
        node.put("accounts", filled.accounts());
        node.put("bytes", filled.bytes());
        ObjectNode rungs = node.putObject("rungs");
        rounds.forEach(
                (rung, measurements) ->
                        rungs.set(
                                rung.name().toLowerCase(Locale.ROOT),
                                new ObjectMapper().valueToTree(measurements)));
        put(node, "job_over_source_wall", rates(Rung.JOB, Rung.SOURCE));
        put(node, "job_over_source_cpu", cpu(Rung.JOB, Rung.SOURCE));
        put(node, "job_over_sql_wall", rates(Rung.JOB, Rung.SQL));
        put(node, "job_over_sql_cpu", cpu(Rung.JOB, Rung.SQL));
        put(node, "job_over_tuned_sql_wall", rates(Rung.JOB, Rung.TUNED_SQL));
        put(node, "job_over_tuned_sql_cpu", cpu(Rung.JOB, Rung.TUNED_SQL));
        node.put("state_bytes_an_account", stateBytesAnAccount());
        if (operationsAnExchange() > 0) {
            node.put("state_accesses_an_exchange", operationsAnExchange());
        }
        return node;
    }

    private static void put(ObjectNode node, String name, Sample sample) {
        double[] interval = sample.interval();
        node.putObject(name)
                .put("median", sample.median())
                .put("low", interval[0])
                .put("high", interval[1]);
    }
}
