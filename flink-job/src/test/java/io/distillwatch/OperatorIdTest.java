package io.distillwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorIdTest {

    /** The committed list may only grow: a savepoint finds its state by these names. */
    @Test
    void noUidEverChangesOrGoesAndEveryNewOneIsWrittenDown() throws IOException {
        assertThat(Arrays.stream(OperatorId.values()).map(OperatorId::uid).toList())
                .containsExactlyInAnyOrderElementsOf(golden());
    }

    @Test
    void uidsAndNamesAreUnique() {
        assertThat(OperatorId.values()).extracting(OperatorId::uid).doesNotHaveDuplicates();
        assertThat(OperatorId.values()).extracting(OperatorId::displayName).doesNotHaveDuplicates();
    }

    @Test
    void uidsAreFitForFileNamesAndMetrics() {
        assertThat(OperatorId.values())
                .extracting(OperatorId::uid)
                .allMatch(uid -> uid.matches("[a-z]+(-[a-z]+)*"));
    }

    private static List<String> golden() throws IOException {
        try (InputStream file = OperatorIdTest.class.getResourceAsStream("operator-uids.txt")) {
            assertThat(file).as("operator-uids.txt").isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
