package io.distillwatch.workbench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was planted, as {@code truth.json} has it.
 *
 * @param campaigns planted campaigns
 * @param lookAlikes ordinary users who look like one
 */
record PlantedTruth(List<Planted> campaigns, List<LookAlike> lookAlikes) {

    /**
     * @param first epoch milliseconds
     */
    record Planted(String name, Set<String> accounts, long exchanges, long first) {}

    record LookAlike(String name, String kind, Set<String> accounts) {}

    static PlantedTruth read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(
                    file + " is missing; --truth takes the truth.json of a simulation");
        }
        JsonNode truth = new ObjectMapper().readTree(Files.readAllBytes(file));
        List<Planted> campaigns = new ArrayList<>();
        truth.path("campaigns")
                .properties()
                .forEach(
                        e ->
                                campaigns.add(
                                        new Planted(
                                                e.getKey(),
                                                accounts(e.getValue()),
                                                e.getValue().path("exchanges").asLong(),
                                                Campaign.millis(e.getValue().path("first")))));
        List<LookAlike> lookAlikes = new ArrayList<>();
        truth.path("negatives")
                .properties()
                .forEach(
                        e ->
                                lookAlikes.add(
                                        new LookAlike(
                                                e.getKey(),
                                                e.getValue().path("kind").asText(),
                                                accounts(e.getValue()))));
        return new PlantedTruth(campaigns, lookAlikes);
    }

    private static Set<String> accounts(JsonNode node) {
        Set<String> accounts = new LinkedHashSet<>();
        node.path("accounts").forEach(a -> accounts.add(a.asText()));
        return accounts;
    }
}
