package io.distillwatch.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** simulate and score as they are called. */
class WorkbenchCommandsTest {

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new Workbench())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private int simulate(String... more) {
        List<String> args = new java.util.ArrayList<>(List.of("simulate", "--output"));
        args.add(directory.toString());
        args.addAll(List.of("--scenario", "small30", "--ordinary", "50", "--days", "0.5"));
        args.add("--no-look-alikes");
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    @Test
    void whatIsSimulatedAndNamedInFullScoresFull() throws IOException {
        assertThat(simulate("--look-alike", "scheduled_app=20", "--gzip")).isZero();
        JsonNode truth = new ObjectMapper().readTree(directory.resolve("truth.json").toFile());
        JsonNode planted = truth.at("/campaigns/small30");
        StringBuilder members = new StringBuilder();
        for (JsonNode account : planted.get("accounts")) {
            members.append("{\"campaign_id\":\"c\",\"account_id\":\"" + account.asText() + "\"}\n");
        }
        Files.writeString(
                directory.resolve("distillation-campaigns.jsonl"),
                "{\"campaign_id\":\"c\",\"flagged_at\":\""
                        + planted.get("first").asText()
                        + "\"}\n");
        Files.writeString(directory.resolve("distillation-campaign-members.jsonl"), members);

        int code =
                run(
                        "score",
                        "--truth",
                        directory.resolve("truth.json").toString(),
                        "--flags",
                        directory.toString(),
                        "--json");

        assertThat(code).isZero();
        String last = out.toString().lines().reduce((a, b) -> b).orElseThrow();
        JsonNode row = new ObjectMapper().readTree(last).at("/campaigns/small30");
        assertThat(row.get("exchanges_before_flag").asLong()).isEqualTo(1);
        assertThat(row.get("member_recall").asDouble()).isEqualTo(1);
        assertThat(row.get("member_precision").asDouble()).isEqualTo(1);
        assertThat(row.get("pieces").asInt()).isEqualTo(1);
    }

    @Test
    void aBadCallSaysWhatIsWrongAndEndsWithTwo() {
        assertThat(simulate("--scenario", "nosuch")).isEqualTo(2);
        assertThat(simulate("--look-alike", "nosuch=1")).isEqualTo(2);
        assertThat(simulate("--without", "nosuch")).isEqualTo(2);
        assertThat(simulate("--prompts", directory.resolve("absent").toString())).isEqualTo(2);
        assertThat(simulate("--start", "yesterday")).isEqualTo(2);
        assertThat(run("score", "--truth", "absent", "--flags", "absent")).isEqualTo(2);
        assertThat(run("grouping", "--input", "absent.csv")).isEqualTo(2);
        assertThat(err.toString())
                .contains("no scenario 'nosuch'")
                .contains("no look-alike 'nosuch'")
                .contains("no optional field 'nosuch'")
                .contains("absent: no such file")
                .contains("absent.csv: no such file")
                .contains("yesterday");
    }

    @Test
    void aPortThatIsTakenIsNamedWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(run("demo", "--port", port)).isEqualTo(1);
            assertThat(run("demo", "--web-port", port)).isEqualTo(1);

            assertThat(err.toString())
                    .contains("port " + port + " is taken", "--port", "--web-port", "leave");
        }
    }

    @Test
    void foreignTextsAndTracesAreUsed() throws IOException {
        Path texts = directory.resolve("texts.jsonl");
        Files.writeString(texts, "{\"source\":\"s\",\"text\":\"zebra \\\"quoted\\\"\\nline\"}\n");
        Path trace = directory.resolve("trace.csv");
        Files.writeString(trace, "TIMESTAMP,ContextTokens,GeneratedTokens\nx,1,70\ny,1,80\n");

        int code =
                simulate(
                        "--prompts",
                        texts.toString(),
                        "--harvest",
                        texts.toString(),
                        "--arrivals",
                        trace.toString());

        assertThat(code).isZero();
        assertThat(Files.readString(directory.resolve("exchanges.jsonl")))
                .contains("\"zebra \\\"quoted\\\"\\nline\"");
    }

    @Test
    void aTextFileWithoutTextsIsRefusedWithItsLine() throws IOException {
        Path texts = directory.resolve("texts.jsonl");
        Files.writeString(texts, "{\"text\":\"fine\"}\n{\"source\":\"s\"}\n");

        assertThat(simulate("--prompts", texts.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("texts.jsonl, line 2");
    }
}
