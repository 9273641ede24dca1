package io.distillwatch.workbench.simulate.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Texts that somebody else wrote, from files of {@code {"source": …, "text": …}} lines, plain or
 * gzipped; held escaped.
 */
public final class Corpus {

    /**
     * Share of words that are replaced when a text is used again, so that long runs do not repeat.
     */
    private static final double REUSE_NOISE = 0.35;

    private final List<byte[]> texts;
    private final List<String> sources;
    private final List<byte[]> words;

    private Corpus(List<byte[]> texts, List<String> sources, List<byte[]> words) {
        this.texts = texts;
        this.sources = sources;
        this.words = words;
    }

    /**
     * Reads one or several files as one corpus.
     *
     * @param maxChars longer texts are cut here
     * @throws IOException if a file cannot be read, or a line has no "text"; names file and line
     */
    public static Corpus read(List<Path> files, int maxChars) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<byte[]> texts = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new IOException(file + ": no such file");
            }
            int number = 0;
            try (BufferedReader lines = open(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (line.isBlank()) {
                        continue;
                    }
                    JsonNode text = json.readTree(line).get("text");
                    if (text == null || !text.isTextual() || text.asText().isBlank()) {
                        throw new IOException("no \"text\"");
                    }
                    texts.add(JsonBytes.escape(cut(text.asText().strip(), maxChars)));
                    sources.add(json.readTree(line).path("source").asText(""));
                }
            } catch (IOException e) {
                throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        if (texts.isEmpty()) {
            throw new IOException(files + ": no texts in it");
        }
        return new Corpus(texts, sources, vocabulary(texts));
    }

    private static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
        return text.substring(0, end);
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        if (file.toString().endsWith(".gz")) {
            in = new GZIPInputStream(in, 1 << 16);
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }

    /** Plain words of the texts, in order of appearance, repeated as they repeat there. */
    private static List<byte[]> vocabulary(List<byte[]> texts) {
        List<byte[]> words = new ArrayList<>();
        for (int i = 0; i < texts.size() && words.size() < 50_000; i++) {
            String text = new String(texts.get(i), StandardCharsets.UTF_8);
            for (String word : text.split(" ", -1)) {
                if (!word.isEmpty() && word.length() < 20 && !word.contains("\\")) {
                    words.add(word.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return words;
    }

    public int size() {
        return texts.size();
    }

    /** Where the texts come from, each once, sorted. */
    public List<String> sources() {
        return List.copyOf(new TreeSet<>(sources));
    }

    /** Only the texts of these sources. */
    public Corpus only(List<String> wanted) {
        List<byte[]> kept = new ArrayList<>();
        List<String> from = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (wanted.contains(sources.get(i))) {
                kept.add(texts.get(i));
                from.add(sources.get(i));
            }
        }
        return new Corpus(kept, from, words);
    }

    /** The words of the corpus as they are distributed in it. */
    public List<byte[]> words() {
        return words;
    }

    /** The text at this place, as it is in the file. */
    public byte[] text(int index) {
        return texts.get(index);
    }

    /**
     * Every number a text of its own: the texts themselves first, in an order drawn by {@code
     * seed}; further numbers are a text with some words replaced and a sentence of another, because
     * real collections are far smaller than a harvest.
     */
    public TextSource unique(long seed) {
        int[] order = shuffled(texts.size(), new Rand(Seeds.mix(seed, 7)));
        return (item, out) -> {
            byte[] text = texts.get(order[(int) (item % order.length)]);
            if (item < order.length) {
                out.raw(text);
            } else {
                vary(text, new Rand(Seeds.mix(seed, item)), out);
            }
        };
    }

    /** A text of the corpus, some words replaced, followed by a piece of another one. */
    void vary(byte[] text, Rand rand, JsonBytes out) {
        WordNoise.write(text, REUSE_NOISE, words, rand, out);
        byte[] other = texts.get(rand.below(texts.size()));
        int end = JsonBytes.cut(other, Math.min(other.length - 1, rand.between(20, 160)));
        out.raw(' ');
        byte[] piece = java.util.Arrays.copyOf(other, end);
        WordNoise.write(piece, REUSE_NOISE, words, rand, out);
    }

    private static int[] shuffled(int n, Rand rand) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = rand.below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
