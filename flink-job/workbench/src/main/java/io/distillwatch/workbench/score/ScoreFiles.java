package io.distillwatch.workbench.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads what the score needs from files; every error names the file and the line. */
public final class ScoreFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory TOKENS = new JsonFactory();

    private ScoreFiles() {}

    /** Reads a truth.json and the exchange logs (.jsonl, .jsonl.gz) of a directory. */
    public static PlantedTraffic planted(Path truth, Path traffic) throws IOException {
        PlantedTraffic planted = truth(truth);
        List<Path> logs = logs(traffic);
        if (logs.isEmpty()) {
            throw new FileNotFoundException(
                    traffic
                            + ": no exchanges*.jsonl or .jsonl.gz in it; name the directory of the log with --traffic");
        }
        for (Path log : logs) {
            eachLine(log, line -> exchange(line, planted));
        }
        return planted;
    }

    private static PlantedTraffic truth(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException(file + ": no such file");
        }
        JsonNode root = JSON.readTree(file.toFile());
        if (root == null
                || !root.path("campaigns").isObject()
                || !root.path("negatives").isObject()) {
            throw new IOException(
                    file + ": not a truth.json, it has no \"campaigns\" and \"negatives\"");
        }
        PlantedTraffic planted = new PlantedTraffic();
        root.get("campaigns")
                .properties()
                .forEach(
                        e ->
                                planted.plant(
                                        e.getKey(),
                                        accounts(e.getValue()),
                                        e.getValue().path("exchanges").asLong()));
        root.get("negatives")
                .properties()
                .forEach(
                        e ->
                                planted.lookAlike(
                                        e.getValue().path("kind").asText(e.getKey()),
                                        accounts(e.getValue())));
        return planted;
    }

    private static Set<String> accounts(JsonNode node) {
        Set<String> accounts = new LinkedHashSet<>();
        node.path("accounts").forEach(account -> accounts.add(account.asText()));
        return accounts;
    }

    private static List<Path> logs(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new FileNotFoundException(directory + ": no such directory");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            f -> f.getFileName().toString().matches("exchanges.*\\.jsonl(\\.gz)?"))
                    .sorted()
                    .toList();
        }
    }

    /** Two fields of a large record: streamed, the texts are skipped. */
    private static void exchange(String line, PlantedTraffic planted) throws IOException {
        String account = null;
        Long time = null;
        try (JsonParser json = TOKENS.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME && (account == null || time == null)) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("account_id")) {
                    account = json.getText();
                } else if (name.equals("event_time")) {
                    time = time(json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }
        if (account == null || time == null) {
            throw new IOException("no account_id or no event_time");
        }
        planted.sent(account, time);
    }

    /** Reads the campaign and member streams of a directory. */
    public static Flags flags(Path directory) throws IOException {
        Flags flags = new Flags();
        eachLine(
                directory.resolve("distillation-campaigns.jsonl"),
                line -> {
                    JsonNode node = JSON.readTree(line);
                    flags.campaign(
                            required(node, "campaign_id"),
                            time(required(node, "flagged_at")),
                            node.path("status").asText("OPEN"));
                });
        eachLine(
                directory.resolve("distillation-campaign-members.jsonl"),
                line -> {
                    JsonNode node = JSON.readTree(line);
                    flags.member(
                            required(node, "campaign_id"),
                            required(node, "account_id"),
                            node.has("joined_at")
                                    ? time(node.get("joined_at").asText())
                                    : Flags.SOMETIME,
                            node.path("status").asText("ACTIVE"));
                });
        return flags;
    }

    private static String required(JsonNode node, String field) throws IOException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw new IOException("no " + field);
        }
        return value.asText();
    }

    /** Epoch milliseconds of an ISO-8601 instant or of a number of milliseconds (or seconds). */
    private static long time(String text) throws IOException {
        try {
            if (text.indexOf('T') > 0) {
                return Instant.parse(text).toEpochMilli();
            }
            double number = Double.parseDouble(text);
            // seconds of today are below 1e11, milliseconds above
            return (long) (number > 1e11 ? number : number * 1000);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IOException("not a time: " + text, e);
        }
    }

    private interface Line {
        void read(String line) throws IOException;
    }

    private static void eachLine(Path file, Line reader) throws IOException {
        int number = 0;
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    reader.read(line);
                }
            }
        } catch (FileNotFoundException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException(file + ": no such file");
        }
        InputStream in = Files.newInputStream(file);
        if (file.toString().endsWith(".gz")) {
            in = new GZIPInputStream(in, 1 << 16);
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }
}
