package io.distillwatch.workbench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselinesTest {

    private static final long HOUR = 3_600_000L;

    private static final String HEAD = "x".repeat(64);

    private static Request request(String account, long time, String address, String prompt) {
        return new Request(account, time, address, prompt);
    }

    private static Set<String> named(String baseline, List<Request> requests) {
        Baseline detector = Baselines.all().get(baseline);
        requests.forEach(detector::see);
        return detector.named();
    }

    private static List<Request> byAccounts(int accounts, String sameAddress, String samePrompt) {
        return IntStream.range(0, accounts)
                .mapToObj(
                        i ->
                                request(
                                        "a" + i,
                                        i,
                                        sameAddress == null ? "10." + i + ".0.1" : sameAddress + i,
                                        samePrompt == null ? "prompt " + i : samePrompt))
                .toList();
    }

    @Test
    void volumeCountsOneDayOfTheCalendar() {
        Baseline volume = new VolumeBaseline(2);
        for (int i = 0; i < 3; i++) {
            volume.see(request("busy", i, "10.0.0.1", "p"));
        }
        for (int i = 0; i < 3; i++) {
            volume.see(request("spread", i * 24 * HOUR, "10.0.0.1", "p"));
        }
        assertThat(volume.named()).containsExactly("busy");
    }

    @Test
    void tenAccountsCrowdAPrefixAndNineDoNot() {
        assertThat(named("crowded prefix", byAccounts(10, "10.0.0.", null))).hasSize(10);
        assertThat(named("crowded prefix", byAccounts(9, "10.0.0.", null))).isEmpty();
        assertThat(named("crowded prefix", byAccounts(10, "2001:db8:1:2::", null))).hasSize(10);
    }

    @Test
    void fiveAccountsShareAPrompt() {
        assertThat(named("same prompt", byAccounts(5, null, "p"))).hasSize(5);
        assertThat(named("same prompt", byAccounts(4, null, "p"))).isEmpty();
        assertThat(named("same prompt", byAccounts(5, null, null))).isEmpty();
    }

    @Test
    void aHeadIsTheFirst64Characters() {
        List<Request> wrapped =
                IntStream.range(0, 5)
                        .mapToObj(i -> request("a" + i, i, "10.0.0.1", HEAD + i))
                        .toList();
        assertThat(named("same head", wrapped)).hasSize(5);
        assertThat(named("same prompt", wrapped)).isEmpty();
    }

    @Test
    void lockStepTakesThreeCommonHoursAndFiveAccounts() {
        assertThat(named("lock-step", inStep(5, 3))).hasSize(5);
        assertThat(named("lock-step", inStep(5, 2))).isEmpty();
        assertThat(named("lock-step", inStep(4, 3))).isEmpty();
    }

    private static List<Request> inStep(int accounts, int hours) {
        return IntStream.range(0, accounts * hours)
                .mapToObj(
                        i -> request("a" + i % accounts, i / accounts * HOUR, "10.0.0.1", HEAD + i))
                .toList();
    }

    @Test
    void aPairIsCountedOnceAnOccasionAlsoWhenTheTableGrows() {
        PairMeetings pairs = new PairMeetings();
        for (int other = 1; other <= 20_000; other++) {
            assertThat(pairs.met(0, other, 1)).isEqualTo(1);
        }
        assertThat(pairs.met(0, 7, 1)).isEqualTo(1);
        assertThat(pairs.met(0, 7, 2)).isEqualTo(2);
    }
}
