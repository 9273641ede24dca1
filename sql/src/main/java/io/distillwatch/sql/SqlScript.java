package io.distillwatch.sql;

import java.util.ArrayList;
import java.util.List;

/** A file or an argument with statements, one after the other, each ended by a semicolon. */
public final class SqlScript {

    private final String text;
    private final List<String> statements = new ArrayList<>();
    private int at;
    private int start;
    private boolean blank = true;

    private SqlScript(String text) {
        this.text = text;
    }

    /**
     * Takes a script apart. Semicolons in strings, quoted names and comments do not count; comments
     * stay with the statement that follows them, because hints are comments too.
     *
     * @param text statements; the last one needs no semicolon
     * @return the statements without their semicolons; stretches of mere comment left out
     */
    public static List<String> statements(String text) {
        SqlScript script = new SqlScript(text);
        script.scan();
        return script.statements;
    }

    private void scan() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                skipTo("\n");
            } else if (text.startsWith("/*", at)) {
                skipTo("*/");
            } else if (c == '\'' || c == '"' || c == '`') {
                // A doubled quote closes and opens again: the same as staying inside.
                blank = false;
                at++;
                skipTo(String.valueOf(c));
            } else if (c == ';') {
                end();
                at++;
                start = at;
            } else {
                blank &= Character.isWhitespace(c);
                at++;
            }
        }
        end();
    }

    private void skipTo(String closing) {
        int found = text.indexOf(closing, at);
        at = found < 0 ? text.length() : found + closing.length();
    }

    private void end() {
        if (!blank) {
            statements.add(text.substring(start, at).strip());
        }
        blank = true;
    }
}
