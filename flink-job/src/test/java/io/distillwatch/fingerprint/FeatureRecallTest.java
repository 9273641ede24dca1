package io.distillwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether prompts of one template can be told by their features: the share of 300 prompts that show
 * at least two of the features that six or more of them share, as the job demands it.
 */
class FeatureRecallTest {

    private static final int PROMPTS = 300;
    private static final int POPULAR = 6;

    private final PromptFingerprinter fingerprinter = new PromptFingerprinter("a secret for tests");

    @ParameterizedTest
    @CsvSource({"10", "160", "600"})
    void aConstantHeadIsFoundHoweverLongTheRest(int variable) {
        Random random = new Random(1);
        String head = words(random, 40);

        assertThat(recall(() -> head + " " + words(random, variable))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10", "160", "600"})
    void aConstantTailIsFoundHoweverLongTheRest(int variable) {
        Random random = new Random(2);
        String tail = words(random, 40);

        assertThat(recall(() -> words(random, variable) + " " + tail)).isEqualTo(1);
    }

    /** A third of the text in the middle: what is sampled anywhere must do, four shingles of it. */
    @Test
    void aConstantMiddleIsOftenFoundBetweenVariableParts() {
        double sum = 0;
        int templates = 12;
        for (int seed = 0; seed < templates; seed++) {
            Random random = new Random(seed);
            String middle = words(random, 80);
            sum += recall(() -> words(random, 80) + " " + middle + " " + words(random, 80));
        }
        assertThat(sum / templates).isGreaterThan(0.25);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.9", "0.2, 0.55"})
    void substitutedWordsLeaveEnough(double share, double atLeast) {
        double sum = 0;
        int templates = 12;
        for (int seed = 0; seed < templates; seed++) {
            Random random = new Random(seed);
            String head = words(random, 40);
            sum += recall(() -> substituted(head, share, random) + " " + words(random, 100));
        }
        assertThat(sum / templates).isGreaterThan(atLeast);
    }

    /** Of few constant words there are few shingles, of which none may get lost among others. */
    @ParameterizedTest
    @CsvSource({
        "'Answer with full reasoning: ', ''",
        "'Explain in detail how you would solve this ', ''",
        "'', ' Show the work behind every number'",
        "'Question: ', '? Analysis:'"
    })
    void wrappersOfFewWordsAreFound(String head, String tail) {
        Random random = new Random(7);

        Set<Long> shared = new HashSet<>(features(head + words(random, 60) + tail));
        for (int i = 0; i < 20; i++) {
            shared.retainAll(features(head + words(random, 60) + tail));
        }
        assertThat(shared).isNotEmpty();
    }

    @Test
    void chineseTemplatesAreFoundToo() {
        Random random = new Random(4);
        String head = characters(random, 80);

        assertThat(recall(() -> head + characters(random, 300))).isEqualTo(1);
        assertThat(recall(() -> characters(random, 300) + head)).isEqualTo(1);
    }

    /** Two headings of one word each hold no shingle: the frame is all that the prompts share. */
    @ParameterizedTest
    @CsvSource({"## Task, ## Reasoning", "'', Antwort:", "Frage:, ''"})
    void aFrameOfShortLinesIsShared(String first, String last) {
        Random random = new Random(8);
        Set<Long> shared = new HashSet<>(features(framed(first, random, last)));
        for (int i = 0; i < 20; i++) {
            shared.retainAll(features(framed(first, random, last)));
        }
        assertThat(shared).hasSize(1);
        boolean bothLines = !first.isEmpty() && !last.isEmpty();
        assertThat(shared).allMatch(feature -> FeatureSampler.isFrame(feature) == bothLines);
    }

    @Test
    void onlyFramesAreMarkedAsSuch() {
        Random random = new Random(10);
        for (int i = 0; i < 200; i++) {
            assertThat(features(words(random, 5 + random.nextInt(100))))
                    .isNotEmpty()
                    .noneMatch(FeatureSampler::isFrame);
        }
    }

    @Test
    void otherFramesShareNothing() {
        Random random = new Random(9);
        List<Long> one = features(framed("## Task", random, "## Answer"));

        assertThat(features(framed("## Answer", random, "## Task")))
                .doesNotContainAnyElementsOf(one);
        assertThat(features("task " + words(random, 9) + " answer\n"))
                .as("one line is no frame")
                .doesNotContainAnyElementsOf(one);
    }

    private static String framed(String first, Random random, String last) {
        return first + "\n" + words(random, 12) + "\n" + words(random, 12) + "\n" + last + "\n\n";
    }

    @Test
    void promptsThatShareNothingShareNoFeature() {
        Random random = new Random(5);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            String prompt =
                    i % 5 == 0
                            ? characters(random, 20 + random.nextInt(200))
                            : words(random, 10 + random.nextInt(200));
            for (long feature : features(prompt)) {
                assertThat(seen.add(feature)).as("feature of prompt %d is new", i).isTrue();
            }
        }
        assertThat(seen).hasSizeGreaterThan(20_000);
    }

    @Test
    void numbersCasePunctuationAndSpacingAreNoPartOfTheTemplate() {
        String one = "Task 17: rewrite the passage below, in the STYLE of item 4, please.";
        String two = "task 4711 - Rewrite   the passage below in the style of item 92 please";

        assertThat(features(one)).as("but for the label").containsAll(features(two));
        assertThat(features(one)).hasSize(features(two).size() + 1);
        assertThat(fingerprinter.fingerprint(one, null, null).promptHash())
                .isNotEqualTo(fingerprinter.fingerprint(two, null, null).promptHash());
    }

    @Test
    void anotherSecretGivesOtherFeatures() {
        Random random = new Random(6);
        String prompt = words(random, 60);
        PromptFingerprinter other = new PromptFingerprinter("another secret for tests");

        assertThat(features(prompt))
                .doesNotContainAnyElementsOf(
                        boxed(other.fingerprint(prompt, null, null).features()));
    }

    @Test
    void aPromptIsTheSameWhateverCameBefore() {
        Random random = new Random(7);
        List<String> prompts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            prompts.add(words(random, 1 + random.nextInt(700)));
        }
        for (String prompt : prompts) {
            PromptFingerprint used = fingerprinter.fingerprint(prompt, null, null);
            PromptFingerprint fresh =
                    new PromptFingerprinter("a secret for tests").fingerprint(prompt, null, null);

            assertThat(used.features()).containsExactly(fresh.features());
            assertThat(used.promptHash()).isEqualTo(fresh.promptHash());
            assertThat(used.familyHash()).isEqualTo(fresh.familyHash());
            assertThat(used.tailHash()).isEqualTo(fresh.tailHash());
        }
    }

    private double recall(Supplier<String> prompts) {
        List<List<Long>> features = new ArrayList<>();
        Map<Long, Integer> counts = new HashMap<>();
        for (int i = 0; i < PROMPTS; i++) {
            List<Long> own = features(prompts.get());
            features.add(own);
            own.forEach(feature -> counts.merge(feature, 1, Integer::sum));
        }
        long found =
                features.stream()
                        .filter(
                                own ->
                                        own.stream().filter(f -> counts.get(f) >= POPULAR).count()
                                                >= 2)
                        .count();
        return (double) found / PROMPTS;
    }

    private List<Long> features(String prompt) {
        return boxed(fingerprinter.fingerprint(prompt, null, null).features());
    }

    private static List<Long> boxed(long[] features) {
        return java.util.Arrays.stream(features).boxed().toList();
    }

    /** Words of a vocabulary of 26^4, evenly: nothing is shared by chance. */
    private static String words(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ");
            for (int j = 0; j < 4; j++) {
                text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    private static String characters(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append((char) (0x4E00 + random.nextInt(3_000)));
        }
        return text.toString();
    }

    private static String substituted(String text, double share, Random random) {
        StringBuilder changed = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            changed.append(random.nextDouble() < share ? words(random, 1) : word).append(' ');
        }
        return changed.toString().trim();
    }
}
