package io.distillwatch.metrics;

import static io.distillwatch.testing.Exchanges.exchange;
import static io.distillwatch.testing.Exchanges.millis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.testing.Schemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsSchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schemas ACCOUNTS = Schemas.of(OutputTopic.ACCOUNT_METRICS);
    private static final Schemas PREFIXES = Schemas.of(OutputTopic.PREFIX_METRICS);

    @Test
    void theMetricsOfOneExchangeAreValid() {
        assertThat(ACCOUNTS.faults(accounts(sum(1)))).isEmpty();
        assertThat(PREFIXES.faults(prefixes(sum(1)))).isEmpty();
    }

    @Test
    void theMetricsOfManyExchangesAreValid() {
        assertThat(ACCOUNTS.faults(accounts(sum(3000)))).isEmpty();
        assertThat(PREFIXES.faults(prefixes(sum(3000)))).isEmpty();
    }

    @Test
    void aMetricWithoutAnyOneFieldIsInvalid() throws IOException {
        JsonNode whole = JSON.readTree(accounts(sum(1)).value());
        List<String> fields = new ArrayList<>();
        whole.fieldNames().forEachRemaining(fields::add);

        for (String field : fields) {
            ObjectNode less = whole.deepCopy();
            less.remove(field);
            assertThat(ACCOUNTS.faults(less.toString())).as(field).isNotEmpty();
        }
    }

    @Test
    void metricsOutsideTheirRangeAreInvalid() throws IOException {
        ObjectNode metric = (ObjectNode) JSON.readTree(prefixes(sum(1)).value());

        assertThat(PREFIXES.faults(metric.deepCopy().put("ip_prefix", "203.0.113.7").toString()))
                .isNotEmpty();
        assertThat(PREFIXES.faults(metric.deepCopy().put("exchanges", 0).toString())).isNotEmpty();
        assertThat(PREFIXES.faults(metric.deepCopy().put("distinct_ratio", 1.1).toString()))
                .isNotEmpty();
        assertThat(PREFIXES.faults(metric.deepCopy().put("window_size", "5 min").toString()))
                .isNotEmpty();
        assertThat(PREFIXES.faults(metric.deepCopy().put("window_end", 7).toString())).isNotEmpty();
        assertThat(
                        PREFIXES.faults(
                                metric.deepCopy()
                                        .put("first_seen", "2026-06-01T12:00:00Z")
                                        .toString()))
                .isNotEmpty();
    }

    private static WindowSum sum(int exchanges) {
        Slice slice = new Slice();
        for (int i = 0; i < exchanges; i++) {
            slice.add(
                    exchange()
                            .at(millis("12:00:00") + i)
                            .saying("question " + i)
                            .with("user_agent", "client " + i)
                            .costing(i, i)
                            .asExchange(),
                    i);
        }
        WindowSum sum = new WindowSum();
        sum.add(new SlicePacker().pack(slice));
        return sum;
    }

    private static OutputRecord accounts(WindowSum sum) {
        return MetricsJson.ofAccounts()
                .record("acct-1", new WindowPlan.Window(300_000, 300_000), millis("12:05:00"), sum);
    }

    private static OutputRecord prefixes(WindowSum sum) {
        return MetricsJson.ofPrefixes()
                .record(
                        "203.0.113.0/24",
                        new WindowPlan.Window(3_600_000, 300_000),
                        millis("13:00:00"),
                        sum);
    }
}
