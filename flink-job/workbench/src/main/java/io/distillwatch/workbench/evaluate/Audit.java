package io.distillwatch.workbench.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Takes one kind of information out of a log and leaves the rest: a detector that finds a campaign
 * by what it claims to look at loses what the audit removes, and no more; one that lives on a
 * shortcut of the simulator gives itself away.
 */
enum Audit {
    /** Event times change places among the exchanges of an account. */
    SHUFFLED_TIMES {
        @Override
        void rewrite(IndexedLog log, Path to, Random random) throws IOException {
            int[] donors = new int[log.size()];
            for (List<Integer> own : log.byAccount()) {
                List<Integer> shuffled = new ArrayList<>(own);
                Collections.shuffle(shuffled, random);
                for (int i = 0; i < own.size(); i++) {
                    donors[own.get(i)] = shuffled.get(i);
                }
            }
            // the line that has got the first time goes first
            int[] order = new int[donors.length];
            for (int i = 0; i < donors.length; i++) {
                order[donors[i]] = i;
            }
            log.write(
                    to, order, (line, exchange) -> copy("event_time", donors[line], log, exchange));
        }
    },

    /** Every account gets the addresses of another one, in their order, again where it has more. */
    PERMUTED_ADDRESSES {
        @Override
        void rewrite(IndexedLog log, Path to, Random random) throws IOException {
            List<List<Integer>> accounts = log.byAccount();
            List<List<Integer>> others = new ArrayList<>(accounts);
            Collections.shuffle(others, random);
            int[] donors = new int[log.size()];
            for (int a = 0; a < accounts.size(); a++) {
                List<Integer> own = accounts.get(a);
                List<Integer> other = others.get(a);
                for (int i = 0; i < own.size(); i++) {
                    donors[own.get(i)] = other.get(i % other.size());
                }
            }
            log.write(to, null, (line, exchange) -> copy("client_ip", donors[line], log, exchange));
        }
    },

    /** Prompts change places among all exchanges; system prompts stay. */
    SWAPPED_TEXTS {
        @Override
        void rewrite(IndexedLog log, Path to, Random random) throws IOException {
            List<Integer> donors = new ArrayList<>();
            for (int i = 0; i < log.size(); i++) {
                donors.add(i);
            }
            Collections.shuffle(donors, random);
            log.write(
                    to,
                    null,
                    (line, exchange) -> {
                        int donor = donors.get(line);
                        copy("prompt", donor, log, exchange);
                        copy("messages", donor, log, exchange);
                    });
        }
    },

    /** No exchange has a system prompt. */
    NO_SYSTEM_PROMPTS {
        @Override
        void rewrite(IndexedLog log, Path to, Random random) throws IOException {
            log.write(to, null, (line, exchange) -> exchange.remove("system_prompt"));
        }
    };

    /** Writes the changed log; the truth holds for it as it did before. */
    abstract void rewrite(IndexedLog log, Path to, Random random) throws IOException;

    /** Writes the changed log; the same one for the same seed. */
    void rewrite(Path from, Path to, long seed) throws IOException {
        try (IndexedLog log = IndexedLog.open(from)) {
            rewrite(log, to, new Random(seed));
        }
    }

    private static void copy(String field, int donor, IndexedLog log, ObjectNode exchange)
            throws IOException {
        JsonNode value = log.exchange(donor).get(field);
        if (value == null) {
            exchange.remove(field);
        } else {
            exchange.set(field, value);
        }
    }

    /** The name on the command line and in the table. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
