package io.distillwatch.workbench.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.distillwatch.sql.SqlResult;
import io.distillwatch.sql.SqlSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.utils.print.PrintStyle;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * Writes the rows of a query as a table, as CSV or as one JSON object a line. Where a row takes
 * another one back, as in a stream, CSV and JSON say so in a first column {@code op}.
 */
abstract class ResultWriter {

    final PrintWriter out;

    ResultWriter(PrintWriter out) {
        this.out = out;
    }

    static ResultWriter of(SqlCommand.Format format, PrintWriter out) {
        return switch (format) {
            case table -> new Table(out);
            case csv -> new Csv(out);
            case json -> new Json(out);
        };
    }

    /** Runs the statement; the answer to a command that is no query is left out if it is OK. */
    final void write(SqlSession session, String statement) {
        boolean stream = "streaming".equals(session.configuration().get("execution.runtime-mode"));
        try (SqlResult result = session.execute(statement)) {
            List<String> columns = result.schema().getColumnNames();
            if (!result.isQuery() && columns.equals(List.of("result"))) {
                writeAnswer(result);
            } else {
                write(result, columns, stream && result.isQuery());
            }
        }
    }

    private void writeAnswer(SqlResult result) {
        while (result.hasNext()) {
            String answer = String.valueOf(result.external(result.next()).getField(0));
            if (!answer.equals("OK")) {
                out.println(answer);
            }
        }
    }

    abstract void write(SqlResult result, List<String> columns, boolean stream);

    private static final class Table extends ResultWriter {

        private static final int MAX_WIDTH = 60;

        Table(PrintWriter out) {
            super(out);
        }

        @Override
        void write(SqlResult result, List<String> columns, boolean stream) {
            if (stream) {
                // Widths by type, since nobody knows whether another row will come.
                PrintStyle.tableauWithTypeInferredColumnWidths(
                                result.schema(), result.texts(), MAX_WIDTH, false, true)
                        .print(result, out);
            } else {
                PrintStyle.tableauWithDataInferredColumnWidths(
                                result.schema(), result.texts(), MAX_WIDTH, false, false)
                        .print(result, out);
            }
        }
    }

    private static final class Csv extends ResultWriter {

        Csv(PrintWriter out) {
            super(out);
        }

        @Override
        void write(SqlResult result, List<String> columns, boolean stream) {
            List<String> head = new ArrayList<>(columns);
            if (stream) {
                head.add(0, "op");
            }
            out.println(line(head));
            while (result.hasNext()) {
                RowData row = result.next();
                Row external = result.external(row);
                List<String> fields = new ArrayList<>();
                if (stream) {
                    fields.add(row.getRowKind().shortString());
                }
                for (int i = 0; i < columns.size(); i++) {
                    Object value = Json.plain(external.getField(i));
                    fields.add(
                            value == null
                                    ? ""
                                    : value instanceof List || value instanceof Map
                                            ? Json.text(value)
                                            : value.toString());
                }
                out.println(line(fields));
            }
        }

        private static String line(List<String> fields) {
            return String.join(",", fields.stream().map(Csv::quoted).toList());
        }

        private static String quoted(String field) {
            boolean plain =
                    field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
        }
    }

    private static final class Json extends ResultWriter {

        private static final ObjectMapper MAPPER =
                new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

        Json(PrintWriter out) {
            super(out);
        }

        @Override
        void write(SqlResult result, List<String> columns, boolean stream) {
            while (result.hasNext()) {
                RowData row = result.next();
                Row external = result.external(row);
                Map<String, Object> fields = new LinkedHashMap<>();
                if (stream && row.getRowKind() != RowKind.INSERT) {
                    fields.put("op", row.getRowKind().shortString());
                }
                for (int i = 0; i < columns.size(); i++) {
                    fields.put(columns.get(i), plain(external.getField(i)));
                }
                out.println(text(fields));
            }
        }

        static String text(Object value) {
            try {
                return MAPPER.writeValueAsString(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What JSON knows: rows by the names of their fields, times as ISO-8601. */
        static Object plain(Object value) {
            if (value instanceof Row row && row.getFieldNames(true) != null) {
                Map<String, Object> fields = new LinkedHashMap<>();
                row.getFieldNames(true)
                        .forEach(name -> fields.put(name, plain(row.getField(name))));
                return fields;
            } else if (value instanceof Object[] array) {
                return Arrays.stream(array).map(Json::plain).toList();
            } else if (value instanceof Temporal) {
                return value.toString();
            }
            return value;
        }
    }
}
