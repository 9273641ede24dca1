package io.distillwatch.workbench.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.workbench.Workbench;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench with its processes, over a few exchanges: that it runs, not how fast. */
class BenchITCase {

    @Test
    void measuresEachRungInAProcessOfItsOwn(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("bench.json");

        int exit =
                new CommandLine(new Workbench())
                        .execute(
                                "bench",
                                "--quick",
                                "--workload",
                                "DENSE",
                                "--json",
                                json.toString());

        assertThat(exit).isZero();
        JsonNode dense = new ObjectMapper().readTree(json.toFile()).get(0);
        assertThat(dense.get("workload").asText()).isEqualTo("dense");
        assertThat(dense.get("accounts").asInt()).isBetween(150, 200);
        for (String rung : new String[] {"source", "job", "sql", "tuned_sql"}) {
            JsonNode round = dense.get("rungs").get(rung).get(0);
            assertThat(round.get("exchanges").asLong()).as(rung).isPositive();
            assertThat(round.get("cpuSeconds").asDouble()).as(rung).isPositive();
            assertThat(round.get("compilerSeconds").asDouble()).as(rung).isPositive();
        }
        assertThat(dense.get("job_over_source_wall").get("median").asDouble()).isPositive();
        assertThat(dense.get("state_accesses_an_exchange").asDouble()).isPositive();
    }
}
