package io.distillwatch.workbench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page: one HTML file that needs nothing else, not even a network. */
public final class ReportPage {

    private ReportPage() {}

    /**
     * Writes the page.
     *
     * @param flags a directory as {@code replay} writes it
     * @param truth {@code truth.json} of a simulation; null where nobody knows the truth
     * @param output the file to write
     * @throws IOException with a sentence for the user
     */
    public static void write(Path flags, Path truth, Path output) throws IOException {
        ObjectNode data = ReportData.gather(flags, truth == null ? null : PlantedTruth.read(truth));
        if (output.toAbsolutePath().getParent() != null) {
            Files.createDirectories(output.toAbsolutePath().getParent());
        }
        Files.writeString(output, html(data), StandardCharsets.UTF_8);
    }

    private static String html(ObjectNode data) throws IOException {
        return """
                <!doctype html>
                <html lang="en" data-theme="light">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Distillwatch report</title>
                <style>
                """
                + resource("report.css")
                + "</style>\n</head>\n<body>\n<main></main>\n"
                + "<noscript>This page draws itself with JavaScript from the data inside it.</noscript>\n"
                + "<script type=\"application/json\" id=\"data\">"
                + harmless(data)
                + "</script>\n<script>\n"
                + resource("echarts.min.js")
                + "\n</script>\n<script>\n"
                + resource("report.js")
                + "</script>\n</body>\n</html>\n";
    }

    /** Account ids and addresses come from outside: nothing in them may end the script element. */
    private static String harmless(ObjectNode data) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
