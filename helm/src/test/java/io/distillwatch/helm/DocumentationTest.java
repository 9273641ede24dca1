package io.distillwatch.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** values.yaml and the README say of every value what it is. */
class DocumentationTest {

    private static final Pattern KEY = Pattern.compile("^ *[A-Za-z][A-Za-z0-9-]*:.*");

    /** Below these, keys are Kubernetes' or Kafka's own. */
    private static final Pattern FOREIGN =
            Pattern.compile("^ *(config|resources|labels|.*Selector|weights):.*");

    @Test
    void valuesAreDocumentedLineByLine() throws IOException {
        List<String> undocumented = new ArrayList<>();
        String previous = "";
        int skipBelow = Integer.MAX_VALUE;
        for (String line : Files.readAllLines(Chart.DIRECTORY.resolve("values.yaml"))) {
            int indent = line.length() - line.stripLeading().length();
            if (indent <= skipBelow && !line.isBlank()) {
                skipBelow = Integer.MAX_VALUE;
            }
            if (indent < skipBelow && KEY.matcher(line).matches()) {
                if (!previous.strip().startsWith("#")) {
                    undocumented.add(line);
                }
                if (FOREIGN.matcher(line).matches() || line.endsWith("|")) {
                    skipBelow = indent;
                }
            }
            previous = line;
        }

        assertThat(undocumented).isEmpty();
    }

    @Test
    void everyValueHasItsRowInTheReadme() throws IOException {
        Set<String> rows =
                Readme.table("## Values").stream()
                        .flatMap(row -> List.of(row.get(0).split(",\\s*", -1)).stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> leaves = new TreeSet<>();
        leaves("", Manifest.yaml(Files.readString(Chart.DIRECTORY.resolve("values.yaml"))), leaves);

        assertThat(leaves)
                .allSatisfy(
                        leaf ->
                                assertThat(rows)
                                        .as(leaf)
                                        .anyMatch(
                                                row ->
                                                        row.equals(leaf)
                                                                || (row.endsWith(".*")
                                                                        && leaf.startsWith(
                                                                                row.substring(
                                                                                        0,
                                                                                        row.length()
                                                                                                - 1)))));
        assertThat(rows)
                .allSatisfy(
                        row ->
                                assertThat(leaves)
                                        .as(row)
                                        .anyMatch(
                                                leaf ->
                                                        leaf.equals(row)
                                                                || leaf.startsWith(
                                                                        row.replace("*", ""))));
    }

    private static void leaves(String path, JsonNode node, Set<String> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(
                            entry ->
                                    leaves(
                                            path.isEmpty()
                                                    ? entry.getKey()
                                                    : path + "." + entry.getKey(),
                                            entry.getValue(),
                                            leaves));
        } else {
            leaves.add(path);
        }
    }
}
