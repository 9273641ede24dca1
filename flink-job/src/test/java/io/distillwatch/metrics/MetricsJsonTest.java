package io.distillwatch.metrics;

import static io.distillwatch.testing.Exchanges.exchange;
import static io.distillwatch.testing.Exchanges.millis;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.output.OutputRecord;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricsJsonTest {

    /* A prime, so that the choices below meet in all combinations. */
    private static final int RECORDS = 997;

    /** What is kept from record to record shows in none of them. */
    @Test
    void aRecordDoesNotDependOnThoseBefore() {
        MetricsJson kept = MetricsJson.ofAccounts();
        Random random = new Random(1);
        for (int i = 0; i < RECORDS; i++) {
            WindowPlan.Window window =
                    new WindowPlan.Window(300_000L * (1 + random.nextInt(3)), 300_000);
            long end = millis("13:00:00") + 300_000L * random.nextInt(3);
            String account = "acct-" + random.nextInt(5);
            Slice slice = slice(1 + random.nextInt(3), random.nextBoolean());

            assertThat(json(kept, account, window, end, slice))
                    .isEqualTo(json(MetricsJson.ofAccounts(), account, window, end, slice));
        }
    }

    /** Where nothing was added, the record is put together from the one before. */
    @Test
    void aLongerWindowWithNothingMoreSaysTheSame() {
        MetricsJson kept = MetricsJson.ofPrefixes();
        Random random = new Random(2);
        for (int i = 0; i < RECORDS; i++) {
            long end = millis("13:00:00") + 300_000L * random.nextInt(3);
            String prefix = "2001:db8:%x::/48".formatted(random.nextInt(1 << 16));
            Slice slice = slice(1 + random.nextInt(3), random.nextBoolean());
            WindowSum sum = new WindowSum();
            sum.add(new SlicePacker().pack(slice));

            OutputRecord record = kept.record(prefix, minutes(5), end, sum);
            for (WindowPlan.Window longer : List.of(minutes(60), minutes(90))) {
                record = kept.longer(record, prefix, longer, end);

                assertThat(new String(record.value(), UTF_8))
                        .isEqualTo(json(MetricsJson.ofPrefixes(), prefix, longer, end, slice));
                assertThat(record.key()).asString(UTF_8).isEqualTo(prefix);
                assertThat(record.timestamp()).isEqualTo(end - 1);
            }
        }
    }

    private static WindowPlan.Window minutes(int minutes) {
        return new WindowPlan.Window(60_000L * minutes, 300_000);
    }

    @Test
    void oneExchangeIsWrittenInFull() {
        WindowPlan.Window window = new WindowPlan.Window(300_000, 300_000);

        String json =
                json(
                        MetricsJson.ofPrefixes(),
                        "203.0.113.0/24",
                        window,
                        millis("12:05:00"),
                        slice(1, true));

        assertThat(json)
                .isEqualTo(
                        "{\"ip_prefix\":\"203.0.113.0/24\","
                                + "\"window_start\":\"2026-06-01T12:00:00.000Z\","
                                + "\"window_end\":\"2026-06-01T12:05:00.000Z\","
                                + "\"window_size\":\"PT5M\",\"exchanges\":1,"
                                + "\"input_tokens\":10,\"output_tokens\":20,"
                                + "\"distinct_prompts\":1,\"distinct_prompts_error\":0.0,"
                                + "\"distinct_families\":1,\"distinct_families_error\":0.0,"
                                + "\"distinct_ratio\":1.0,\"family_entropy\":0.0,"
                                + "\"top_family_share\":1.0,\"distinct_accounts\":1,"
                                + "\"distinct_accounts_error\":0.0,\"distinct_clients\":1,"
                                + "\"distinct_clients_error\":0.0,\"active_hours\":1,"
                                + "\"first_seen\":\"2026-06-01T12:00:00.000Z\","
                                + "\"last_seen\":\"2026-06-01T12:00:00.000Z\"}");
    }

    private static String json(
            MetricsJson metrics, String key, WindowPlan.Window window, long end, Slice slice) {
        WindowSum sum = new WindowSum();
        sum.add(new SlicePacker().pack(slice));
        return new String(metrics.record(key, window, end, sum).value(), UTF_8);
    }

    private static Slice slice(int exchanges, boolean clients) {
        Slice slice = new Slice();
        for (int i = 0; i < exchanges; i++) {
            var exchange =
                    exchange().at(millis("12:00:00") + i).saying("question " + i).costing(10, 20);
            slice.add((clients ? exchange.with("user_agent", "client") : exchange).asExchange(), i);
        }
        return slice;
    }
}
