package io.distillwatch.group;

import io.distillwatch.family.CatalogUpdate;
import io.distillwatch.sketch.LongMap;
import java.util.function.Consumer;

/** The catalog as a subtask knows it: features, each with its family, and families. */
final class KnownFamilies {

    /** A family that has features. */
    static final class Family {
        private final long id;
        private int features;
        private long accounts;

        private Family(long id) {
            this.id = id;
        }

        long id() {
            return id;
        }

        /** How many features it has. */
        int features() {
            return features;
        }

        /** The most accounts, an estimate, that have shown one of its features. */
        long accounts() {
            return accounts;
        }
    }

    /** A feature; it leads to its family without another look into a table that is not at hand. */
    static final class Feature {
        private final Family family;
        private final long paneEnd;
        private final long accounts;

        private Feature(Family family, CatalogUpdate update) {
            this.family = family;
            this.paneEnd = update.paneEnd();
            this.accounts = update.accounts();
        }

        Family family() {
            return family;
        }

        /** How many accounts show it, an estimate. */
        long accounts() {
            return accounts;
        }
    }

    private final LongMap<Feature> features = new LongMap<>();
    private final LongMap<Family> families = new LongMap<>();

    /** Takes a feature's family, or that it is forgotten. */
    void apply(CatalogUpdate update) {
        Feature before = features.get(update.feature());
        if (update.family() == 0) {
            features.remove(update.feature());
        } else {
            Family family = families.computeIfAbsent(update.family(), Family::new);
            family.features++;
            family.accounts = Math.max(family.accounts, update.accounts());
            features.put(update.feature(), new Feature(family, update));
        }
        if (before != null && --before.family.features == 0) {
            families.remove(before.family.id);
        }
    }

    /** What is known of a feature; null for nothing. */
    Feature feature(long feature) {
        return features.get(feature);
    }

    /** A family; null if it is not known. */
    Family family(long family) {
        return families.get(family);
    }

    /** One update a feature: applied anew, they give the same families. */
    void forEach(Consumer<CatalogUpdate> consumer) {
        features.forEach(
                (id, feature) ->
                        consumer.accept(
                                new CatalogUpdate(
                                        feature.paneEnd, id, feature.family.id, feature.accounts)));
    }
}
