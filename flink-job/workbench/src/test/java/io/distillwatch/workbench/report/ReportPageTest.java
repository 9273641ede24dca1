package io.distillwatch.workbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportPageTest {

    private static final String HOSTILE = "acct-</script><script>alert(1)</script>";

    @TempDir private Path directory;

    @BeforeEach
    void flags() throws IOException {
        Files.write(
                directory.resolve("distillation-campaigns.jsonl"),
                List.of(
                        campaign("dc-1", "OPEN", "02:00", 3),
                        campaign("dc-1", "OPEN", "02:00", 4),
                        campaign("dc-2", "MERGED", "03:00", 2)));
        Files.write(
                directory.resolve("distillation-campaign-members.jsonl"),
                List.of(
                        member("dc-1", "a", "ACTIVE"),
                        member("dc-1", "b", "ACTIVE"),
                        member("dc-1", "c", "ACTIVE"),
                        member("dc-1", "c", "REMOVED"),
                        member("dc-1", HOSTILE, "ACTIVE")));
        Files.write(
                directory.resolve("account-metrics.jsonl"),
                List.of(
                        metric("a", "01:00", "PT5M", 6),
                        metric("b", "01:05", "PT5M", 2),
                        metric("a", "04:00", "PT5M", 12),
                        metric("z", "04:00", "PT5M", 5),
                        metric("a", "04:00", "PT1H", 99)));
        Files.writeString(
                directory.resolve("truth.json"),
                "{\"campaigns\":{\"planted\":{\"accounts\":[\"a\",\"b\"],\"exchanges\":20,"
                        + "\"first\":\"2026-06-01T00:57:00Z\",\"last\":\"2026-06-01T04:00:00Z\"}},"
                        + "\"negatives\":{\"popular_app\":{\"kind\":\"popular_app\",\"accounts\":[\"z\"]}}}");
    }

    @Test
    void tellsPlantedFromFoundAtTheFinestWindow() throws IOException {
        JsonNode data =
                ReportData.gather(directory, PlantedTruth.read(directory.resolve("truth.json")));
        JsonNode planted = data.path("planted").path(0);
        assertThat(planted.path("found")).hasSize(1);
        assertThat(planted.path("leakage").asDouble()).isEqualTo(8 / 20.0);
        assertThat(planted.path("recall").asDouble()).isEqualTo(1);
        assertThat(planted.path("precision").asDouble()).isEqualTo(2 / 3.0);
        assertThat(data.path("falseFlags").asInt()).isZero();
        assertThat(data.path("ordinaryNamed").asInt()).isEqualTo(1);
        assertThat(data.path("lookAlikes").path(0).path("named").asInt()).isZero();
        assertThat(data.path("exchanges").asInt()).isEqualTo(25);
    }

    @Test
    void takesTheLastRecordOfACampaignAndItsFirstFlag() throws IOException {
        Flags flags = Flags.read(directory);
        assertThat(flags.campaigns()).extracting(Campaign::id).containsExactly("dc-1", "dc-2");
        assertThat(flags.campaigns().get(0).record().path("accounts").asInt()).isEqualTo(4);
        assertThat(flags.members(flags.campaigns().get(0))).hasSize(3);
    }

    @Test
    void needsNothingFromElsewhereAndLetsNoMarkupIn() throws IOException {
        Path page = directory.resolve("report.html");
        ReportPage.write(directory, null, page);
        String html = Files.readString(page);
        assertThat(html).doesNotContain("<script src", "<link", "</script><script>alert");
        String data =
                html.substring(
                        html.indexOf("id=\"data\">") + 10,
                        html.indexOf("</script>", html.indexOf("id=\"data\">")));
        JsonNode members =
                new ObjectMapper().readTree(data).path("campaigns").path(0).path("member_rows");
        assertThat(members).extracting(m -> m.path("account").asText()).contains(HOSTILE);
    }

    @Test
    void saysEvidenceInWords() throws IOException {
        assertThat(Flags.read(directory).campaigns().get(0).inWords())
                .isEqualTo(
                        "4 accounts behind 2 prefixes share one template: load is even (1.50,"
                                + " ordinary is 38.2).");
    }

    @Test
    void worksWithoutMetrics() throws IOException {
        Files.delete(directory.resolve("account-metrics.jsonl"));
        assertThat(ReportData.gather(directory, null).path("accounts").asInt()).isZero();
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        Files.delete(directory.resolve("distillation-campaigns.jsonl"));
        assertThatThrownBy(() -> ReportData.gather(directory, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("distillation-campaigns.jsonl is missing");
    }

    private static String campaign(String id, String status, String flagged, int accounts) {
        return """
        {"campaign_id":"%s","status":"%s","flagged_at":"2026-06-01T%s:00.000Z","accounts":%d,\
        "prefixes":2,"families":["f"],"evidence":[{"signal":"load_evenness","value":1.5,\
        "expected":38.2,"score":0.9},{"signal":"hand_off","value":0,"expected":0,"score":0.1}]}"""
                .formatted(id, status, flagged, accounts);
    }

    private static String member(String campaign, String account, String status) {
        return "{\"campaign_id\":\"%s\",\"account_id\":\"%s\",\"status\":\"%s\",\"exchanges\":3}"
                .formatted(campaign, account, status);
    }

    private static String metric(String account, String end, String size, int exchanges) {
        return ("{\"account_id\":\"%s\",\"window_end\":\"2026-06-01T%s:00.000Z\","
                        + "\"window_size\":\"%s\",\"exchanges\":%d}")
                .formatted(account, end, size, exchanges);
    }
}
