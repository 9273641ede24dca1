package io.distillwatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlFailureTest {

    @Test
    void tellsTheInnermostCauseInOneLine() {
        Exception failure =
                new RuntimeException(
                        "Failed to fetchResults.",
                        new IllegalStateException(
                                "SQL validation failed.\n At line 3: no table x",
                                new IllegalArgumentException("no table x")));
        assertThat(new SqlFailure(failure))
                .hasMessage("SQL validation failed. At line 3: no table x");
    }

    @Test
    void leavesOutTheGrammarThatTheParserLists() {
        assertThat(
                        new SqlFailure(
                                new RuntimeException(
                                        "Encountered \"at\" at line 9.\nWas expecting one of:\n  \"ABS\"")))
                .hasMessage("Encountered \"at\" at line 9.");
    }
}
