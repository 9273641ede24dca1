package io.distillwatch.workbench.simulate.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What ordinary people write, from the simulator's own grammars: first questions, follow-ups, long
 * passages of their own, answers; in several languages, two of them without spaces.
 */
public final class Everyday {

    /** English first; the population mostly writes it. */
    private static final List<String> LANGUAGES = List.of("en", "es", "de", "fr", "zh", "ja");

    private final List<Language> languages;
    private final List<byte[]> words;

    private record Domain(Grammar.Symbol open, Grammar.Symbol more) {}

    private record Language(List<Domain> domains, Grammar.Symbol follow, Grammar.Symbol answer) {}

    public Everyday() {
        languages = LANGUAGES.stream().map(Everyday::language).toList();
        Grammar english = Grammar.load("everyday-en.txt");
        words =
                Stream.of("adj", "adv", "thing", "idw", "biz", "genre", "bizv", "codev", "cookv")
                        .flatMap(symbol -> english.words(symbol).stream())
                        .toList();
    }

    /** Common English words, each once. */
    List<byte[]> words() {
        return words;
    }

    private static Language language(String code) {
        Grammar grammar = Grammar.load("everyday-" + code + ".txt");
        List<Domain> domains = new ArrayList<>();
        for (String open : grammar.names("open.")) {
            String subject = open.substring("open.".length());
            domains.add(new Domain(grammar.symbol(open), grammar.symbol("more." + subject)));
        }
        return new Language(domains, grammar.symbol("follow"), grammar.symbol("answer"));
    }

    public int languages() {
        return languages.size();
    }

    public int domains(int language) {
        return languages.get(language).domains.size();
    }

    /**
     * A first question on a subject, with as much background as people give: most a line or two, a
     * few several hundred words.
     */
    public void question(int language, int domain, Rand rand, JsonBytes out) {
        passage(language, domain, length(rand), rand, out);
    }

    /** A question followed by exactly this many sentences of background. */
    public void passage(int language, int domain, int sentences, Rand rand, JsonBytes out) {
        Language spoken = languages.get(language);
        Domain subject = spoken.domains.get(Math.floorMod(domain, spoken.domains.size()));
        subject.open.write(rand, out);
        background(subject, sentences, rand, out);
    }

    /** Text of somebody's own, without a question. */
    public void prose(int language, int domain, int sentences, Rand rand, JsonBytes out) {
        Language spoken = languages.get(language);
        Domain subject = spoken.domains.get(Math.floorMod(domain, spoken.domains.size()));
        background(subject, sentences, rand, out);
    }

    private static void background(Domain subject, int sentences, Rand rand, JsonBytes out) {
        for (int i = 0; i < sentences; i++) {
            if (i > 0 || out.length() > 0) {
                out.raw(' ');
            }
            subject.more.write(rand, out);
            if (i % 9 == 8) {
                out.raw('\\').raw('n');
            }
        }
    }

    /** A further turn of a conversation: short. */
    public void followUp(int language, Rand rand, JsonBytes out) {
        languages.get(language).follow.write(rand, out);
    }

    /** What the model said before, where a producer logs whole conversations. */
    public void answer(int language, int sentences, Rand rand, JsonBytes out) {
        for (int i = 0; i < sentences; i++) {
            languages.get(language).answer.write(rand, out);
            out.raw(' ');
        }
    }

    /**
     * Sentences of background: half of all questions have at most two, one in forty over thirty.
     */
    private static int length(Rand rand) {
        return Math.min(60, (int) rand.logNormal(2.6, 1.25));
    }
}
