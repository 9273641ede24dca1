package io.distillwatch.workbench.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What the baselines see of an exchange.
 *
 * @param time epoch milliseconds
 * @param address as the log has it
 * @param prompt the last user message
 */
record Request(String account, long time, String address, String prompt) {

    /** Reads it from a line of a simulated log. */
    static Request of(JsonNode line) {
        return new Request(
                line.path("account_id").asText(),
                Instant.parse(line.path("event_time").asText()).toEpochMilli(),
                line.path("client_ip").asText(),
                prompt(line));
    }

    private static String prompt(JsonNode line) {
        if (line.hasNonNull("prompt")) {
            return line.get("prompt").asText();
        }
        String last = "";
        for (JsonNode message : line.path("messages")) {
            if (message.path("role").asText().equals("user")) {
                last = message.path("content").asText();
            }
        }
        return last;
    }
}
