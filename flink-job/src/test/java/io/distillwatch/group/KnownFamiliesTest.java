package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.family.CatalogUpdate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownFamiliesTest {

    private static final long PANE = 300_000;

    private final KnownFamilies known = new KnownFamilies();

    @Test
    void aFamilyIsAsLargeAsItsFeaturesSay() {
        set(1, 1, 10);
        set(2, 1, 30);
        set(3, 1, 20);

        assertThat(known.feature(2).family()).isSameAs(known.family(1));
        assertThat(known.feature(2).accounts()).isEqualTo(30);
        assertThat(known.family(1).id()).isEqualTo(1);
        assertThat(known.family(1).features()).isEqualTo(3);
        assertThat(known.family(1).accounts()).isEqualTo(30);
    }

    @Test
    void aFeatureThatGoesOverToAnotherFamilyIsCountedThere() {
        set(1, 1, 10);
        set(2, 2, 40);
        set(2, 1, 40);

        assertThat(known.family(1).features()).isEqualTo(2);
        assertThat(known.family(1).accounts()).isEqualTo(40);
        assertThat(known.family(2)).isNull();
    }

    @Test
    void newsOfAFamilysOnlyFeatureDoNotMakeItAnother() {
        set(1, 1, 40);
        set(1, 1, 30);

        assertThat(known.family(1).features()).isEqualTo(1);
        assertThat(known.family(1).accounts()).isEqualTo(40);
    }

    @Test
    void whatIsForgottenIsGone() {
        set(1, 1, 10);
        set(2, 1, 10);
        set(1, 0, 0);
        assertThat(known.feature(1)).isNull();
        assertThat(known.family(1).features()).isEqualTo(1);

        set(2, 0, 0);
        set(3, 0, 0);
        assertThat(known.family(1)).isNull();
    }

    @Test
    void whatItSaysOfItselfMakesItAnew() {
        set(1, 1, 10);
        set(2, 1, 30);
        set(3, 3, 20);
        set(3, 0, 0);

        List<CatalogUpdate> updates = new ArrayList<>();
        known.forEach(updates::add);
        KnownFamilies again = new KnownFamilies();
        updates.forEach(again::apply);

        assertThat(updates).extracting(CatalogUpdate::feature).containsExactlyInAnyOrder(1L, 2L);
        assertThat(again.family(1).features()).isEqualTo(2);
        assertThat(again.family(1).accounts()).isEqualTo(30);
    }

    private void set(long feature, long family, long accounts) {
        known.apply(new CatalogUpdate(PANE, feature, family, accounts));
    }
}
