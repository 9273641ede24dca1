package io.distillwatch.workbench.simulate.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A context-free grammar of one language or purpose, read from a text resource: "@name" opens a
 * symbol, each following line is an alternative, a line that begins with "|" holds several;
 * "{name}" stands for a symbol, "{^name}" for it with a capital, "{SLOT}" for a place to be filled.
 */
public final class Grammar {

    /** Marks the place of the item; a control byte that no escaped text contains. */
    static final byte SLOT = 1;

    private static final byte[] SLOT_TEXT = {SLOT};

    private final Map<String, Symbol> symbols;

    private Grammar(Map<String, Symbol> symbols) {
        this.symbols = symbols;
    }

    /**
     * Reads the resource of this name beside the simulator.
     *
     * @throws IllegalStateException if it does not exist or names an unknown symbol
     */
    public static Grammar load(String resource) {
        String path = "/io/distillwatch/workbench/simulate/" + resource;
        try (InputStream in = Grammar.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no grammar " + path);
            }
            return parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Grammar parse(BufferedReader in) throws IOException {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isBlank() || line.startsWith("# ")) {
                continue;
            }
            if (line.startsWith("@")) {
                current = texts.computeIfAbsent(line.substring(1).strip(), n -> new ArrayList<>());
            } else if (line.startsWith("|")) {
                for (String word : line.substring(1).split("\\|", -1)) {
                    current.add(word.strip());
                }
            } else {
                current.add(line.replace("\\n", "\n"));
            }
        }
        Map<String, Symbol> symbols = new HashMap<>();
        texts.keySet().forEach(name -> symbols.put(name, new Symbol()));
        texts.forEach((name, lines) -> symbols.get(name).compile(lines, symbols));
        return new Grammar(symbols);
    }

    /** True if the grammar has this symbol. */
    public boolean has(String symbol) {
        return symbols.containsKey(symbol);
    }

    /** The names of the symbols that begin with this, sorted. */
    public List<String> names(String beginning) {
        return symbols.keySet().stream().filter(n -> n.startsWith(beginning)).sorted().toList();
    }

    /** A symbol to write from; throws {@link IllegalArgumentException} if there is none. */
    public Symbol symbol(String name) {
        Symbol symbol = symbols.get(name);
        if (symbol == null) {
            throw new IllegalArgumentException("no symbol " + name);
        }
        return symbol;
    }

    /** The plain words of a symbol: its alternatives that hold no other symbol, escaped. */
    public List<byte[]> words(String name) {
        List<byte[]> words = new ArrayList<>();
        for (Part[] alternative : symbol(name).alternatives) {
            if (alternative.length == 1 && alternative[0].literal != null) {
                words.add(alternative[0].literal);
            }
        }
        return words;
    }

    /** A symbol: a choice between alternatives, each as likely. */
    public static final class Symbol {

        private Part[][] alternatives = {};

        private void compile(List<String> lines, Map<String, Symbol> symbols) {
            if (lines.isEmpty()) {
                throw new IllegalStateException("a symbol without alternatives");
            }
            alternatives = lines.stream().map(l -> parts(l, symbols)).toArray(Part[][]::new);
        }

        /** Writes one draw. */
        public void write(Rand rand, JsonBytes out) {
            for (Part part : alternatives[rand.below(alternatives.length)]) {
                if (part.literal != null) {
                    out.raw(part.literal);
                } else {
                    int start = out.length();
                    part.symbol.write(rand, out);
                    if (part.capital) {
                        out.capital(start);
                    }
                }
            }
        }
    }

    private record Part(byte[] literal, Symbol symbol, boolean capital) {}

    private static Part[] parts(String line, Map<String, Symbol> symbols) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            int open = line.indexOf('{', at);
            int close = open < 0 ? -1 : line.indexOf('}', open);
            if (close < 0) {
                parts.add(new Part(JsonBytes.escape(line.substring(at)), null, false));
                break;
            }
            if (open > at) {
                parts.add(new Part(JsonBytes.escape(line.substring(at, open)), null, false));
            }
            String name = line.substring(open + 1, close);
            boolean capital = name.startsWith("^");
            String plain = capital ? name.substring(1) : name;
            if (plain.equals("SLOT")) {
                parts.add(new Part(SLOT_TEXT, null, false));
            } else {
                Symbol symbol = symbols.get(plain);
                if (symbol == null) {
                    throw new IllegalStateException("unknown symbol {" + plain + "} in: " + line);
                }
                parts.add(new Part(null, symbol, capital));
            }
            at = close + 1;
        }
        return parts.toArray(Part[]::new);
    }
}
