package io.distillwatch.metrics;

import static io.distillwatch.testing.Exchanges.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.exchange.Exchange;
import io.distillwatch.testing.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctExchangesTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 10, 100})
    void eachIdIsTakenOnceHoweverManyThereAre(int size) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int second = 0; second < size; second++) {
            exchanges.add(exchange().at("12:00:00").id("x-" + second).asExchange());
        }
        List<Exchange> sent = new ArrayList<>(exchanges);
        Collections.shuffle(sent, new Random(size));
        DistinctExchanges pane = new DistinctExchanges();
        assertThat(sent).allMatch(pane::add);
        assertThat(sent).noneMatch(pane::add);

        DistinctExchanges restored = Bytes.copy(new DistinctExchanges.Codec(), pane);
        assertThat(sent).noneMatch(restored::add);
        assertThat(ids(restored)).isEqualTo(ids(pane)).isSorted().hasSize(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30})
    void theyComeByTime(int size) {
        DistinctExchanges pane = new DistinctExchanges();
        for (int second = size; second > 0; second--) {
            pane.add(exchange().at("12:00:%02d".formatted(second)).asExchange());
        }
        assertThat(pane.inOrder()).extracting(Exchange::eventTime).isSorted().hasSize(size);
    }

    private static List<Long> ids(DistinctExchanges pane) {
        return pane.inOrder().stream().map(Exchange::exchangeHash).toList();
    }
}
