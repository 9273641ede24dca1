package io.distillwatch.group;

import io.distillwatch.family.CatalogUpdate;
import io.distillwatch.sketch.LongMap;
import java.util.function.Consumer;

/**
 * The catalog as a subtask knows it: which family a feature belongs to, and how large families are.
 */
final class KnownFamilies {

    /** A family that has features. */
    private static final class Size {
        int features;
        /* The most that any of its features has had. */
        long accounts;
    }

    private final LongMap<CatalogUpdate> features = new LongMap<>();
    private final LongMap<Size> sizes = new LongMap<>();

    /** Takes a feature's family, or that it is forgotten. */
    void apply(CatalogUpdate update) {
        long family = update.family();
        if (family != 0) {
            Size size = sizes.computeIfAbsent(family, id -> new Size());
            size.features++;
            size.accounts = Math.max(size.accounts, update.accounts());
        }
        CatalogUpdate before = features.get(update.feature());
        if (before != null && --sizes.get(before.family()).features == 0) {
            sizes.remove(before.family());
        }
        if (family != 0) {
            features.put(update.feature(), update);
        } else {
            features.remove(update.feature());
        }
    }

    /** What is known of a feature; null for nothing. */
    CatalogUpdate feature(long feature) {
        return features.get(feature);
    }

    /** How many features a family has; 0 if it is not known. */
    int features(long family) {
        Size size = sizes.get(family);
        return size == null ? 0 : size.features;
    }

    /** How many accounts show a family, an estimate; 0 if it is not known. */
    long accounts(long family) {
        Size size = sizes.get(family);
        return size == null ? 0 : size.accounts;
    }

    /** One update a feature: applied anew, they give the same families. */
    void forEach(Consumer<CatalogUpdate> consumer) {
        features.forEach((feature, update) -> consumer.accept(update));
    }
}
