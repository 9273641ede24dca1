package io.distillwatch.family;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import io.distillwatch.sketch.LongMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Joins popular features into families: features that come in the same exchanges are pieces of the
 * same constant text. Two features are linked when their exchange samples have a Jaccard similarity
 * of at least {@value #MIN_JACCARD} and {@value #MIN_COMMON} exchanges in common. Similarity, and
 * not containment, so that a turn of phrase that everybody uses is not glued to each template that
 * happens to contain it.
 *
 * <p>Candidates for a link are found by the sampled exchanges themselves: samples are consistent,
 * so features of one template sample the same exchanges.
 */
final class Catalog {

    static final double MIN_JACCARD = 0.3;
    static final int MIN_COMMON = 3;
    /* A family that reaches this many features takes no more: a guard against runaway linking. */
    static final int MAX_FEATURES = 512;
    /* Bound of the catalog, which every subtask holds: 32 bytes a feature. */
    static final int MAX_CATALOG = 200_000;

    private static final byte VERSION = 1;
    private static final SmallestHashes NONE = new SmallestHashes(FeatureHits.EXCHANGES);

    /** A popular feature. */
    private static final class Entry {
        final long feature;
        final long since;
        long family;
        long accounts;
        long lastSeen;
        SmallestHashes exchanges = NONE;
        /* As of the last time that the catalog was full. */
        long strength;

        Entry(long feature, long since) {
            this.feature = feature;
            this.since = since;
            this.family = feature;
        }
    }

    /** The features of one family, and how many of them are of the newest pane that brought any. */
    private static final class Family {
        final List<Entry> features = new ArrayList<>(1);
        long newestPane = Long.MIN_VALUE;
        int newest;

        void add(Entry entry) {
            features.add(entry);
            if (entry.since > newestPane) {
                newestPane = entry.since;
                newest = 0;
            }
            newest += entry.since == newestPane ? 1 : 0;
        }

        void remove(Entry entry) {
            features.remove(entry);
            newest -= entry.since == newestPane ? 1 : 0;
        }

        /* No feature is of a later pane. */
        int featuresBefore(long paneEnd) {
            return features.size() - (newestPane == paneEnd ? newest : 0);
        }
    }

    /** Features of one exchange: a few. */
    private static final class Shown {
        Entry[] features = new Entry[4];
        int size;

        void add(Entry feature) {
            if (size == features.length) {
                features = Arrays.copyOf(features, 2 * size);
            }
            features[size++] = feature;
        }

        void remove(Entry feature) {
            for (int i = 0; i < size; i++) {
                if (features[i] == feature) {
                    features[i] = features[--size];
                    features[size] = null;
                    return;
                }
            }
        }
    }

    private final LongMap<Entry> entries = new LongMap<>();
    private final LongMap<Family> families = new LongMap<>();
    private final LongMap<Shown> byExchange = new LongMap<>();
    private long[] others = new long[64];

    /** Takes the popular features of a pane, in any order; says what changed. */
    void add(long paneEnd, Collection<PopularFeature> popular, Consumer<CatalogUpdate> changes) {
        TreeMap<Long, PopularFeature> inOrder = new TreeMap<>();
        popular.forEach(feature -> inOrder.put(feature.feature(), feature));
        LongMap<Entry> changed = new LongMap<>();
        inOrder.values().forEach(feature -> enter(paneEnd, feature, changed));
        inOrder.keySet().forEach(feature -> link(paneEnd, entries.get(feature), changed));
        for (long feature : changed.sortedKeys()) {
            Entry entry = changed.get(feature);
            changes.accept(new CatalogUpdate(paneEnd, feature, entry.family, entry.accounts));
        }
        if (entries.size() > MAX_CATALOG) {
            shrink(paneEnd, changes);
        }
    }

    private void enter(long paneEnd, PopularFeature popular, LongMap<Entry> changed) {
        Entry entry = entries.get(popular.feature());
        if (entry == null) {
            entry = new Entry(popular.feature(), paneEnd);
            entries.put(entry.feature, entry);
            families.computeIfAbsent(entry.family, id -> new Family()).add(entry);
        }
        if (entry.accounts != popular.accounts()) {
            changed.put(entry.feature, entry);
        }
        entry.accounts = popular.accounts();
        entry.lastSeen = paneEnd;
        // A cohort is a family of its own: it joins nothing, and nothing joins it.
        index(entry, Cohort.isCohort(entry.feature) ? NONE : popular.exchanges());
    }

    /** Makes these the entry's exchanges. Most that it has stay: those are left as they are. */
    private void index(Entry entry, SmallestHashes exchanges) {
        SmallestHashes before = entry.exchanges;
        int i = 0;
        int j = 0;
        while (i < before.size() || j < exchanges.size()) {
            int order;
            if (i == before.size()) {
                order = 1;
            } else if (j == exchanges.size()) {
                order = -1;
            } else {
                order = Long.compareUnsigned(before.get(i), exchanges.get(j));
            }
            if (order < 0) {
                hide(before.get(i), entry);
            } else if (order > 0) {
                byExchange.computeIfAbsent(exchanges.get(j), hash -> new Shown()).add(entry);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        entry.exchanges = exchanges;
    }

    private void hide(long exchange, Entry entry) {
        Shown shown = byExchange.get(exchange);
        shown.remove(entry);
        if (shown.size == 0) {
            byExchange.remove(exchange);
        }
    }

    private void link(long paneEnd, Entry entry, LongMap<Entry> changed) {
        int size = 0;
        for (int i = 0; i < entry.exchanges.size(); i++) {
            Shown shown = byExchange.get(entry.exchanges.get(i));
            for (int j = 0; j < shown.size; j++) {
                Entry other = shown.features[j];
                if (other.family != entry.family) {
                    if (size == others.length) {
                        others = Arrays.copyOf(others, 2 * size);
                    }
                    others[size++] = other.feature;
                }
            }
        }
        // In order, equal ones side by side: each run is a feature and what it has in common.
        Arrays.sort(others, 0, size);
        for (int from = 0, to = 0; from < size; from = to) {
            while (to < size && others[to] == others[from]) {
                to++;
            }
            Entry other = entries.get(others[from]);
            if (to - from >= MIN_COMMON
                    && other.family != entry.family
                    && entry.exchanges.jaccard(other.exchanges) >= MIN_JACCARD) {
                join(paneEnd, entry.family, other.family, changed);
            }
        }
    }

    /**
     * Joins two families under the id of the one that had more features before this pane. What
     * shows features of both was taken for that one's so far, so that is where its history is:
     * under the other id it would begin anew.
     */
    private void join(long paneEnd, long one, long two, LongMap<Entry> changed) {
        int difference =
                families.get(one).featuresBefore(paneEnd)
                        - families.get(two).featuresBefore(paneEnd);
        boolean oneStays =
                difference == 0 ? older(entries.get(one), entries.get(two)) : difference > 0;
        long survivor = oneStays ? one : two;
        long absorbed = oneStays ? two : one;
        Family family = families.get(survivor);
        if (family.features.size() + families.get(absorbed).features.size() > MAX_FEATURES) {
            return;
        }
        for (Entry entry : families.get(absorbed).features) {
            entry.family = survivor;
            family.add(entry);
            changed.put(entry.feature, entry);
        }
        families.remove(absorbed);
    }

    private static boolean older(Entry one, Entry two) {
        return one.since != two.since ? one.since < two.since : one.feature < two.feature;
    }

    private void shrink(long paneEnd, Consumer<CatalogUpdate> changes) {
        List<Entry> weakest = new ArrayList<>(entries.size());
        entries.forEach(
                (feature, entry) -> {
                    entry.strength = strength(entry);
                    weakest.add(entry);
                });
        weakest.sort(Catalog::byStrength);
        for (Entry entry : weakest.subList(0, entries.size() - MAX_CATALOG * 9 / 10)) {
            forget(paneEnd, entry, changes);
        }
    }

    /**
     * What is worth keeping where not everything can be: accounts, times the features that they
     * show together. Most features of a full catalog are turns of phrase, which a language makes by
     * itself; a dozen features in one exchange were written once. Cohorts are few and their own.
     */
    private long strength(Entry entry) {
        return Cohort.isCohort(entry.feature)
                ? entry.accounts * MAX_FEATURES
                : entry.accounts * families.get(entry.family).features.size();
    }

    /* Spelt out and not chained: a full catalog is sorted again and again. */
    private static int byStrength(Entry one, Entry two) {
        if (one.strength != two.strength) {
            return Long.compare(one.strength, two.strength);
        }
        return one.lastSeen != two.lastSeen
                ? Long.compare(one.lastSeen, two.lastSeen)
                : Long.compare(one.feature, two.feature);
    }

    /** Forgets features that have not been seen since a time; whether anything is left. */
    boolean expire(long now, long before, Consumer<CatalogUpdate> changes) {
        List<Entry> old = new ArrayList<>();
        entries.forEach(
                (feature, entry) -> {
                    if (entry.lastSeen < before) {
                        old.add(entry);
                    }
                });
        old.sort(Comparator.comparingLong(e -> e.feature));
        old.forEach(entry -> forget(now, entry, changes));
        return !entries.isEmpty();
    }

    private void forget(long paneEnd, Entry entry, Consumer<CatalogUpdate> changes) {
        Family family = families.get(entry.family);
        if (entry.feature == entry.family && family.features.size() > 1) {
            // The name giver of a living family stays: ids are for life.
            return;
        }
        index(entry, NONE);
        entries.remove(entry.feature);
        family.remove(entry);
        if (family.features.isEmpty()) {
            families.remove(entry.family);
        }
        changes.accept(new CatalogUpdate(paneEnd, entry.feature, 0, 0));
    }

    int features() {
        return entries.size();
    }

    int families() {
        return families.size();
    }

    /** Bytes of a catalog; indices are built anew. */
    static final class Codec implements RecordCodec<Catalog> {

        @Override
        public void write(Catalog catalog, DataOutputView out) throws IOException {
            out.writeByte(VERSION);
            Wire.writeVarInt(out, catalog.entries.size());
            for (long feature : catalog.entries.sortedKeys()) {
                Entry entry = catalog.entries.get(feature);
                out.writeLong(feature);
                out.writeLong(entry.since);
                out.writeLong(entry.family);
                Wire.writeVarLong(out, entry.accounts);
                out.writeLong(entry.lastSeen);
                entry.exchanges.write(out);
            }
        }

        @Override
        public Catalog read(DataInputView in) throws IOException {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IOException("family catalog of unknown version " + version);
            }
            Catalog catalog = new Catalog();
            int size = Wire.readVarInt(in);
            for (int i = 0; i < size; i++) {
                Entry entry = new Entry(in.readLong(), in.readLong());
                entry.family = in.readLong();
                entry.accounts = Wire.readVarLong(in);
                entry.lastSeen = in.readLong();
                catalog.entries.put(entry.feature, entry);
                catalog.families.computeIfAbsent(entry.family, id -> new Family()).add(entry);
                catalog.index(entry, SmallestHashes.read(FeatureHits.EXCHANGES, in));
            }
            return catalog;
        }
    }
}
