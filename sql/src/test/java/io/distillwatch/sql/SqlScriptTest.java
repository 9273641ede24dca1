package io.distillwatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void endsStatementsAtSemicolonsOutsideOfTextNamesAndComments() {
        assertThat(
                        SqlScript.statements(
                                "SELECT 'a;''b' -- c;d\n; /* e;f */ SELECT `g;h`, \"i;j\";SELECT 1"))
                .containsExactly(
                        "SELECT 'a;''b' -- c;d", "/* e;f */ SELECT `g;h`, \"i;j\"", "SELECT 1");
    }

    @Test
    void leavesOutStretchesOfMereComment() {
        assertThat(SqlScript.statements("-- nothing;\n;; /* here */ ;\n-- or here")).isEmpty();
    }

    @Test
    void takesAnUnclosedTextToTheEnd() {
        assertThat(SqlScript.statements("SELECT 'a; SELECT 2"))
                .containsExactly("SELECT 'a; SELECT 2");
    }
}
