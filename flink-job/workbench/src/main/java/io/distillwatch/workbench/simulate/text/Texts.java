package io.distillwatch.workbench.simulate.text;

import java.util.Arrays;
import java.util.List;

/**
 * Every text of a run: from the simulator's own grammars, or from files of real ones where given. A
 * corpus that is {@code null} means: grammar.
 */
public final class Texts {

    /** Share of ordinary first questions in a corpus run that repeat a text of the file exactly. */
    public static final double DEFAULT_VERBATIM = 0.3;

    private final Everyday everyday = new Everyday();
    private final Grammar apps = Grammar.load("apps-en.txt");
    private final Grammar elicit = Grammar.load("elicit-en.txt");
    private final Grammar rewrite = Grammar.load("rewrite-en.txt");
    private final Corpus prompts;
    private final Corpus harvest;
    private final Corpus templates;
    private final Corpus utterances;
    private final Corpus systems;
    private final double verbatim;

    /**
     * @param prompts what ordinary people ask
     * @param harvest what harvests ask
     * @param templates wrappers of harvests, the item goes after them
     * @param utterances what the users of one app ask
     * @param systems system prompts of apps
     * @param verbatim share of first questions that repeat {@code prompts} exactly, 0 to 1
     */
    public Texts(
            Corpus prompts,
            Corpus harvest,
            Corpus templates,
            Corpus utterances,
            Corpus systems,
            double verbatim) {
        this.prompts = prompts;
        this.harvest = harvest;
        this.templates = templates;
        this.utterances = utterances;
        this.systems = systems;
        this.verbatim = verbatim;
    }

    /** Grammars only. */
    public static Texts own() {
        return new Texts(null, null, null, null, null, DEFAULT_VERBATIM);
    }

    public Everyday everyday() {
        return everyday;
    }

    /** The first question of a conversation of somebody who speaks this language. */
    public void question(int language, int domain, Rand rand, JsonBytes out) {
        if (prompts == null) {
            everyday.question(language, domain, rand, out);
        } else if (rand.chance(verbatim)) {
            out.raw(prompts.text(rand.below(prompts.size())));
        } else {
            prompts.vary(prompts.text(rand.below(prompts.size())), rand, out);
        }
    }

    /** A catalogue of questions that the users of one app ask; low numbers are the popular ones. */
    public TextSource catalogue(long seed) {
        if (utterances != null) {
            return utterances.unique(seed);
        }
        return (item, out) -> {
            Rand rand = new Rand(Seeds.mix(seed, item));
            everyday.passage(0, Seeds.below(seed, 9), rand.below(3), rand, out);
        };
    }

    /**
     * Items of a harvest, each number its own text, on one or two narrow subjects.
     *
     * @param subject harvests of different subjects (0, 1, …) have no text in common as long as the
     *     corpus has sources for them; below 0 for subjects drawn by {@code seed}
     */
    public TextSource harvest(long seed, int subject) {
        int first = subject < 0 ? Seeds.below(Seeds.mix(seed, 11), 64) : 2 * subject;
        int second = subject < 0 ? Seeds.below(Seeds.mix(seed, 12), 64) : 2 * subject + 1;
        if (harvest != null) {
            List<String> sources = harvest.sources();
            int count = sources.size();
            return harvest.only(List.of(sources.get(first % count), sources.get(second % count)))
                    .unique(seed);
        }
        return (item, out) -> {
            Rand rand = new Rand(Seeds.mix(seed, item));
            int domain = (item & 1) == 0 ? first : second;
            everyday.passage(0, domain, 1 + rand.below(6), rand, out);
        };
    }

    /** Long texts of people's own; each number its own text. */
    public TextSource documents(long seed, int sentences) {
        return (item, out) -> {
            Rand rand = new Rand(Seeds.mix(seed, item));
            int language = rand.chance(0.8) ? 0 : rand.below(everyday.languages());
            int count = Math.max(2, (int) rand.logNormal(sentences, 0.6));
            everyday.prose(language, rand.below(9), Math.min(60, count), rand, out);
        };
    }

    /** A wrapper of a harvest: drawn from the grammar, or (with a file) sometimes a real one. */
    public Template wrapper(Rand rand) {
        if (templates != null && rand.chance(0.4)) {
            byte[] text = templates.text(rand.below(templates.size()));
            // harvests cut and edit these: another part of it for every campaign
            int from = text.length < 900 ? 0 : lineStart(text, rand.below(text.length - 700));
            int end = JsonBytes.cut(text, Math.min(text.length, from + rand.between(500, 900)));
            return Template.after(Arrays.copyOfRange(text, from, end));
        }
        List<String> kinds = elicit.names("template.");
        return Template.draw(elicit, rand.pick(kinds), rand);
    }

    /** The first line that begins at or after a place, or a cut there if none does soon. */
    private static int lineStart(byte[] text, int from) {
        for (int i = from; i < Math.min(from + 200, text.length - 1); i++) {
            if (text[i] == '\\' && text[i + 1] == 'n') {
                return i + 2;
            }
        }
        return JsonBytes.cut(text, from);
    }

    /** The wrapper grammar's symbol for an app of this kind, drawn once an app. */
    public Template appWrapper(String kind, Rand rand) {
        return Template.draw(apps, kind, rand);
    }

    /** A text of an app without a place for the user's words. */
    public byte[] appText(String kind, Rand rand) {
        JsonBytes out = new JsonBytes(512);
        apps.symbol(kind).write(rand, out);
        return out.copy();
    }

    /** The system prompt of an app. */
    public byte[] systemPrompt(String kind, Rand rand) {
        if (systems != null && rand.chance(0.6)) {
            return systems.text(rand.below(systems.size()));
        }
        return appText(kind, rand);
    }

    /** Puts the item into a request that is worded anew each time. */
    public void rewritten(TextSource items, long item, Rand rand, JsonBytes out) {
        JsonBytes wrapper = new JsonBytes(512);
        rewrite.symbol("root").write(rand, wrapper);
        Template.split(wrapper.copy()).write(items, item, out);
    }

    /** Words that a substitution draws from. */
    public List<byte[]> words() {
        return harvest != null ? harvest.words() : everyday.words();
    }
}
