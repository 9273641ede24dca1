package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Client programs: a user agent and the TLS fingerprint (JA4) that its stack gives. Many versions,
 * few stacks, popularity falling as in the field.
 */
final class Clients {

    /** Number of programs in the table. */
    static final int COUNT;

    private static final List<byte[]> AGENTS = new ArrayList<>();
    private static final List<byte[]> STACKS = new ArrayList<>();

    /** Programs by popularity of their family: name pattern, versions, stacks they are built on. */
    private record Family(String pattern, int from, int to, int stacks) {}

    static {
        List<Family> families =
                List.of(
                        new Family(
                                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/%d.0.0.0",
                                120, 131, 3),
                        new Family(
                                "Mozilla/5.0 (iPhone; CPU iPhone OS %d_2 like Mac OS X) Safari/604.1",
                                14, 18, 2),
                        new Family(
                                "Mozilla/5.0 (Linux; Android %d; Mobile) Chrome/130.0.0.0",
                                9, 15, 3),
                        new Family(
                                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/%d.1 Safari/605.1.15",
                                14, 18, 2),
                        new Family("openai-python/1.%d.0", 30, 58, 4),
                        new Family("python-requests/2.%d.0", 25, 32, 3),
                        new Family("Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Firefox", 115, 132, 3),
                        new Family("node-fetch/3.%d", 0, 4, 2),
                        new Family("meridian-desktop/4.%d", 1, 12, 2),
                        new Family("langchain/0.%d", 1, 3, 2),
                        new Family("okhttp/4.%d.0", 8, 12, 2),
                        new Family("Go-http-client/1.%d", 1, 2, 2),
                        new Family("curl/8.%d.0", 1, 9, 2),
                        new Family("axios/1.%d.2", 2, 7, 2),
                        new Family("litellm/1.%d.1", 40, 52, 2));
        // newest versions first inside a family; families interleaved so that ranks fall smoothly
        for (int age = 0; age < 30; age++) {
            for (int f = 0; f < families.size(); f++) {
                Family family = families.get(f);
                int version = family.to - age;
                if (version >= family.from) {
                    add(
                            family,
                            version,
                            f * 16 + age * family.stacks / (family.to - family.from + 1));
                }
            }
        }
        COUNT = AGENTS.size();
    }

    private Clients() {}

    private static void add(Family family, int version, int stack) {
        AGENTS.add(String.format(family.pattern, version).getBytes(StandardCharsets.US_ASCII));
        long hash = Seeds.mix(stack, 0x4A41);
        String ja4 =
                String.format(
                        "t13d%02d%02dh%d_%012x_%012x",
                        12 + (hash & 7),
                        8 + (hash >>> 3 & 7),
                        1 + (hash >>> 6 & 1),
                        hash & 0xFFFFFFFFFFFFL,
                        Seeds.mix(hash, 1) & 0xFFFFFFFFFFFFL);
        STACKS.add(ja4.getBytes(StandardCharsets.US_ASCII));
    }

    /** A program of an ordinary person, popular ones more often. */
    static int any(Rand rand) {
        return rand.zipf(COUNT);
    }

    /** Programs of this many different stacks. */
    static int[] several(int count, Rand rand) {
        int[] clients = new int[count];
        int found = 0;
        while (found < count) {
            int client = any(rand);
            if (IntStream.of(Arrays.copyOf(clients, found))
                    .noneMatch(c -> Arrays.equals(stack(c), stack(client)))) {
                clients[found++] = client;
            }
        }
        return clients;
    }

    static byte[] agent(int client) {
        return AGENTS.get(client);
    }

    static byte[] stack(int client) {
        return STACKS.get(client);
    }
}
