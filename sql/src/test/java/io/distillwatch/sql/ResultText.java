package io.distillwatch.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** Rows as the files in {@code expected/} write them: names of columns first, then a line a row. */
final class ResultText {

    private ResultText() {}

    /** All rows of a result that ends, changes applied: what stands at the end. */
    static List<String> of(SqlResult result) {
        List<String> rows = new ArrayList<>();
        while (result.hasNext()) {
            apply(result, rows);
        }
        return rows;
    }

    /** Waits for the next change and applies it. */
    static void apply(SqlResult result, List<String> rows) {
        RowData row = result.next();
        String text = line(result.external(row));
        if (row.getRowKind() == RowKind.INSERT || row.getRowKind() == RowKind.UPDATE_AFTER) {
            rows.add(text);
        } else if (!rows.remove(text)) {
            throw new AssertionError("takes back what it never gave: " + text);
        }
    }

    static String header(SqlResult result) {
        return String.join(" | ", result.schema().getColumnNames());
    }

    private static String line(Row row) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < row.getArity(); i++) {
            fields.add(text(row.getField(i)));
        }
        return String.join(" | ", fields);
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.4f", number);
        }
        if (value instanceof Object[] array) {
            return Arrays.toString(array);
        }
        return value instanceof Instant time ? time.toString() : String.valueOf(value);
    }
}
