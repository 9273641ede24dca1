package io.distillwatch.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distillwatch.testing.Bytes;
import io.distillwatch.testing.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final long PANE = 300_000;

    @Test
    void featuresOfOneTemplateBecomeOneFamily() {
        Random random = new Random(1);
        List<PopularFeature> popular = new ArrayList<>();
        List<Long> first = template(random, popular, 8, random.longs(200).toArray());
        List<Long> second = template(random, popular, 5, random.longs(150).toArray());

        Map<Long, Long> families = families(new Catalog(), PANE, popular);

        assertThat(familiesOf(families, first)).hasSize(1);
        assertThat(familiesOf(families, second)).hasSize(1);
        assertThat(familiesOf(families, first))
                .doesNotContainAnyElementsOf(familiesOf(families, second));
    }

    @Test
    void aTurnOfPhraseThatEverybodyUsesIsNotGluedToTheTemplatesThatContainIt() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<PopularFeature> popular = new ArrayList<>();
            Set<Long> templates = new HashSet<>();
            List<Long> everywhere = new ArrayList<>();
            List<List<Long>> features = new ArrayList<>();
            for (int t = 0; t < 20; t++) {
                long[] exchanges = random.longs(300).toArray();
                features.add(template(random, popular, 6, exchanges));
                for (long exchange : exchanges) {
                    everywhere.add(exchange);
                }
            }
            long phrase = random.nextLong() & ~3L;
            popular.add(
                    popular(
                            phrase,
                            PANE,
                            everywhere.stream().mapToLong(exchange -> exchange).toArray()));

            Map<Long, Long> families = families(new Catalog(), PANE, popular);

            for (List<Long> template : features) {
                Set<Long> family = familiesOf(families, template);
                assertThat(family).as("seed %d", seed).hasSize(1);
                templates.addAll(family);
            }
            assertThat(templates)
                    .as("seed %d", seed)
                    .hasSize(20)
                    .doesNotContain(families.get(phrase));
        }
    }

    @Test
    void theOrderOfAPaneDoesNotMatter() {
        List<CatalogUpdate> expected = null;
        for (int order = 0; order < 10; order++) {
            Random shuffle = new Random(order);
            Random random = new Random(2);
            Catalog catalog = new Catalog();
            List<CatalogUpdate> updates = new ArrayList<>();
            for (int pane = 1; pane <= 6; pane++) {
                List<PopularFeature> popular = new ArrayList<>();
                for (int t = 0; t < 5; t++) {
                    template(random, popular, 6, random.longs(40).toArray(), pane * PANE);
                }
                Collections.shuffle(popular, shuffle);
                catalog.add(pane * PANE, popular, updates::add);
            }
            expected = expected == null ? updates : expected;
            assertThat(updates).isNotEmpty().isEqualTo(expected);
        }
    }

    /** What shows features of both was taken for that of the six. */
    @Test
    void aStrayFeatureThatJoinsLaterTakesTheNameOfTheTemplate() {
        Random random = new Random(9);
        long[] exchanges = random.longs(100).toArray();
        long stray = Long.MIN_VALUE;
        Catalog catalog = new Catalog();
        List<PopularFeature> early = new ArrayList<>();
        List<Long> template = template(random, early, 6, exchanges, PANE);
        early.add(popular(stray, PANE, random.longs(100).toArray()));
        long name = familiesOf(families(catalog, PANE, early), template).iterator().next();

        List<PopularFeature> later = List.of(popular(stray, 2 * PANE, exchanges));

        assertThat(families(catalog, 2 * PANE, later)).isEqualTo(Map.of(stray, name));
    }

    @Test
    void theOlderFamilyGivesItsNameForLife() {
        Random random = new Random(3);
        long[] exchanges = random.longs(100).toArray();
        Catalog catalog = new Catalog();
        List<PopularFeature> early = new ArrayList<>();
        List<Long> first = template(random, early, 3, exchanges, PANE);
        long name = familiesOf(families(catalog, PANE, early), first).iterator().next();

        List<PopularFeature> later = new ArrayList<>();
        List<Long> second = template(random, later, 9, exchanges, 2 * PANE);
        Map<Long, Long> families = families(catalog, 2 * PANE, later);

        assertThat(familiesOf(families, second)).containsExactly(name);
    }

    @Test
    void aCohortJoinsNoFamily() {
        Random random = new Random(5);
        long[] exchanges = random.longs(100).toArray();
        List<PopularFeature> popular = new ArrayList<>();
        List<Long> template = template(random, popular, 5, exchanges);
        long cohort = Cohort.client(Samples.sample(1, "acct", PANE).with(9, 0, 0).exchange());
        popular.add(popular(cohort, PANE, exchanges));

        Map<Long, Long> families = families(new Catalog(), PANE, popular);

        assertThat(Cohort.isCohort(cohort)).isTrue();
        assertThat(template).noneMatch(Cohort::isCohort);
        assertThat(families.get(cohort)).isEqualTo(cohort);
        assertThat(familiesOf(families, template)).hasSize(1).doesNotContain(cohort);
    }

    @Test
    void aFamilyStopsGrowingAtItsBound() {
        Random random = new Random(4);
        Catalog catalog = new Catalog();
        List<PopularFeature> popular = new ArrayList<>();
        template(random, popular, Catalog.MAX_FEATURES + 90, random.longs(24).toArray());

        Map<Long, Long> families = families(catalog, PANE, popular);

        Map<Long, Integer> sizes = new HashMap<>();
        families.values().forEach(family -> sizes.merge(family, 1, Integer::sum));
        assertThat(sizes.values()).allMatch(size -> size <= Catalog.MAX_FEATURES);
    }

    @Test
    void whatIsNotSeenIsForgottenAndSaysSo() {
        Random random = new Random(5);
        Catalog catalog = new Catalog();
        List<PopularFeature> popular = new ArrayList<>();
        List<Long> features = template(random, popular, 4, random.longs(50).toArray());
        families(catalog, PANE, popular);
        List<CatalogUpdate> updates = new ArrayList<>();

        assertThat(catalog.expire(10 * PANE, PANE, updates::add)).isTrue();
        assertThat(updates).isEmpty();
        while (catalog.expire(20 * PANE, 2 * PANE, updates::add)) {
            assertThat(updates.size()).isLessThan(features.size());
        }

        assertThat(updates)
                .extracting(CatalogUpdate::feature)
                .containsExactlyInAnyOrderElementsOf(features);
        assertThat(updates).allMatch(update -> update.family() == 0);
        assertThat(catalog.features()).isZero();
        assertThat(catalog.families()).isZero();
    }

    /**
     * In a full catalog, where the turns of phrase of a large crowd would drive a small one out.
     */
    @Test
    void aTemplateOfFewOutlivesTurnsOfPhraseOfMore() {
        Random random = new Random(8);
        Catalog catalog = new Catalog();
        List<PopularFeature> popular = new ArrayList<>();
        List<Long> template = template(random, popular, 8, random.longs(12).toArray());
        long cohort = random.nextLong() & ~7L | 1;
        popular.add(popular(cohort, PANE, random.longs(6).toArray()));
        families(catalog, PANE, popular);

        List<PopularFeature> phrases = new ArrayList<>();
        for (int i = 0; i < Catalog.MAX_CATALOG; i++) {
            phrases.add(
                    popular(
                            random.nextLong() & ~3L,
                            2 * PANE,
                            random.longs(14 + random.nextInt(20)).toArray()));
        }
        Map<Long, Long> changed = families(catalog, 2 * PANE, phrases);

        Set<Long> forgotten = new HashSet<>(changed.keySet());
        forgotten.removeIf(feature -> changed.get(feature) != 0);
        assertThat(catalog.features()).isEqualTo(Catalog.MAX_CATALOG * 9 / 10);
        assertThat(forgotten)
                .hasSize(Catalog.MAX_CATALOG / 10 + 9)
                .doesNotContain(cohort)
                .doesNotContainAnyElementsOf(template);
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        Catalog catalog = new Catalog();
        Catalog copied = new Catalog();
        Random random = new Random(6);
        long[][] exchanges = new long[5][];
        for (int t = 0; t < exchanges.length; t++) {
            exchanges[t] = random.longs(60).toArray();
        }
        for (int pane = 1; pane <= 10; pane++) {
            List<PopularFeature> popular = new ArrayList<>();
            for (long[] own : exchanges) {
                template(random, popular, 2, own, pane * PANE);
            }
            List<CatalogUpdate> one = new ArrayList<>();
            List<CatalogUpdate> two = new ArrayList<>();
            copied = Bytes.copy(new Catalog.Codec(), copied);
            catalog.add(pane * PANE, popular, one::add);
            copied.add(pane * PANE, popular, two::add);
            if (pane == 8) {
                catalog.expire(pane * PANE, 3 * PANE, one::add);
                copied.expire(pane * PANE, 3 * PANE, two::add);
            }

            assertThat(two).isNotEmpty().isEqualTo(one);
        }
        assertThat(copied.features()).isEqualTo(catalog.features());
        assertThat(copied.families()).isEqualTo(catalog.families());
    }

    @Test
    void aVersionThatIsNotKnownIsRefused() {
        assertThatThrownBy(() -> new Catalog.Codec().read(Bytes.reader(new byte[] {3})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3");
    }

    /** Features of a constant text: each in nine of ten of its exchanges. */
    private static List<Long> template(
            Random random, List<PopularFeature> popular, int features, long[] exchanges) {
        return template(random, popular, features, exchanges, PANE);
    }

    private static List<Long> template(
            Random random,
            List<PopularFeature> popular,
            int features,
            long[] exchanges,
            long paneEnd) {
        List<Long> own = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            long feature = random.nextLong() & ~3L;
            own.add(feature);
            popular.add(
                    popular(
                            feature,
                            paneEnd,
                            java.util.Arrays.stream(exchanges)
                                    .filter(exchange -> random.nextInt(10) != 0)
                                    .toArray()));
        }
        return own;
    }

    private static PopularFeature popular(long feature, long paneEnd, long[] exchanges) {
        SmallestHashes sample = new SmallestHashes(FeatureHits.EXCHANGES);
        for (long exchange : exchanges) {
            sample.add(exchange);
        }
        return new PopularFeature(feature, paneEnd, exchanges.length, sample);
    }

    private static Map<Long, Long> families(
            Catalog catalog, long paneEnd, List<PopularFeature> popular) {
        Map<Long, Long> families = new HashMap<>();
        catalog.add(paneEnd, popular, update -> families.put(update.feature(), update.family()));
        return families;
    }

    private static Set<Long> familiesOf(Map<Long, Long> families, List<Long> features) {
        Set<Long> found = new HashSet<>();
        features.forEach(feature -> found.add(families.get(feature)));
        return found;
    }
}
