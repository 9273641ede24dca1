package io.distillwatch.workbench.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.distillwatch.exchange.IpPrefix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The detectors that Distillwatch is compared with: what a gateway's operator would try first. */
final class Baselines {

    /** More than anybody types; an ordinary account of the simulator sends six a day. */
    private static final int EXCHANGES_A_DAY = 100;

    /** More people than share one office's or household's addresses by chance. */
    private static final int ACCOUNTS_A_PREFIX = 10;

    private static final int ACCOUNTS_A_TEXT = 5;

    /** Characters of the beginning of a prompt: most of a wrapper, little of its item. */
    private static final int HEAD = 64;

    private static final int IPV4_PREFIX = 24;
    private static final int IPV6_PREFIX = 48;

    private Baselines() {}

    /** New ones, by the name in the table. */
    static Map<String, Baseline> all() {
        IpPrefix prefixes = new IpPrefix(IPV4_PREFIX, IPV6_PREFIX);
        Map<String, Baseline> all = new LinkedHashMap<>();
        all.put("volume", new VolumeBaseline(EXCHANGES_A_DAY));
        all.put(
                "crowded prefix",
                new SharingBaseline(ACCOUNTS_A_PREFIX, r -> prefixes.of(r.address())));
        all.put("same head", new SharingBaseline(ACCOUNTS_A_TEXT, r -> head(r.prompt())));
        all.put("same prompt", new SharingBaseline(ACCOUNTS_A_TEXT, r -> hash(r.prompt())));
        all.put("lock-step", new LockStepBaseline(r -> head(r.prompt())));
        return all;
    }

    /** Shows a log to all of them and says whom each names. */
    static Map<String, Set<String>> run(Path log) throws IOException {
        Map<String, Baseline> all = all();
        ObjectReader json = new ObjectMapper().reader();
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Request request = Request.of(json.readTree(line));
                all.values().forEach(baseline -> baseline.see(request));
            }
        }
        Map<String, Set<String>> named = new LinkedHashMap<>();
        all.forEach((name, baseline) -> named.put(name, baseline.named()));
        return named;
    }

    private static Long head(String prompt) {
        return hash(prompt.length() <= HEAD ? prompt : prompt.substring(0, HEAD));
    }

    /** FNV-1a over characters: 64 bits, so that a million texts do not meet by chance. */
    private static Long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
