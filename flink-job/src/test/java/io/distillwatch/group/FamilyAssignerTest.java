package io.distillwatch.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.family.CatalogUpdate;
import io.distillwatch.family.Cohort;
import io.distillwatch.pane.GuidedPaneOperator;
import io.distillwatch.testing.Samples;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Which groups an account's exchanges go to: its prompt family, its cohort, or both. */
class FamilyAssignerTest {

    private static final long PANE = 300_000;
    private static final long END = 1_780_012_800_000L;
    private static final byte[] HOURS = {1, 1, 2, 0, 1, 1, 1, 1, 2, 1, 1};
    private static final long FEATURE = 400;
    private static final long CLIENT = 7;

    private final Exchange inFamily =
            Samples.sample(1, "a", END - 1).showing(FEATURE).with(CLIENT, 0, 0).exchange();
    private final Exchange alone =
            Samples.sample(2, "a", END - 1).showing(404).with(CLIENT, 0, 0).exchange();
    private final long cohort = Cohort.client(inFamily);

    @Test
    void steadyAccountsWithoutAFamilyGoToTheirCohortWithTheirHours() throws Exception {
        List<GroupActivity> groups = assign(1_000, 20, HOURS, alone);

        assertThat(groups).extracting(GroupActivity::group).containsExactly(cohort);
        assertThat(groups.get(0).pane().hours()).isEqualTo(HOURS);
    }

    @Test
    void aFamilyOfItsOwnSizeIsEnough() throws Exception {
        List<GroupActivity> groups = assign(100, 20, HOURS, inFamily);

        assertThat(groups).extracting(GroupActivity::group).containsExactly(FEATURE);
        assertThat(groups.get(0).pane().hours()).as("of other families too").isEmpty();
    }

    @Test
    void whoHidesInACrowdIsLookedForWithinIt() throws Exception {
        List<GroupActivity> groups = assign(1_000, 20, HOURS, inFamily, alone);

        assertThat(groups)
                .extracting(GroupActivity::group)
                .containsExactlyInAnyOrder(FEATURE, cohort, Cohort.within(cohort, FEATURE));
        assertThat(Cohort.isCohort(Cohort.within(cohort, FEATURE))).isTrue();
        assertThat(Cohort.isPayment(Cohort.within(cohort, FEATURE))).isFalse();
    }

    @Test
    void peopleGoToNoCohort() throws Exception {
        assertThat(assign(1_000, 20, AccountPane.NO_HOURS, inFamily, alone))
                .extracting(GroupActivity::group)
                .containsExactly(FEATURE);
    }

    private List<GroupActivity> assign(
            long familyAccounts, long cohortAccounts, byte[] hours, Exchange... exchanges)
            throws Exception {
        try (KeyedTwoInputStreamOperatorTestHarness<String, AccountPane, Guidance, GroupActivity>
                harness =
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                new GuidedPaneOperator<>(new FamilyAssigner(65_536)),
                                AccountPane::accountId,
                                null,
                                Types.STRING)) {
            harness.open();
            harness.processElement2(catalog(FEATURE, familyAccounts));
            harness.processElement2(catalog(cohort, cohortAccounts));
            harness.processElement1(
                    new StreamRecord<>(
                            new AccountPane("a", END, END - 1, 30, hours, List.of(exchanges)),
                            END - 1));
            harness.processWatermark2(new Watermark(END));
            harness.processWatermark1(new Watermark(END));
            return harness.extractOutputValues();
        }
    }

    private static StreamRecord<Guidance> catalog(long feature, long accounts) {
        return new StreamRecord<>(
                Guidance.of(new CatalogUpdate(END - PANE, feature, feature, accounts)));
    }
}
