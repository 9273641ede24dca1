package io.distillwatch.workbench.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What was planted in a run, in the form that the score reads. */
public final class Truth {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode root;

    private Truth(ObjectNode root) {
        this.root = root;
    }

    static Truth of(List<Group> groups) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode campaigns = root.putObject("campaigns");
        ObjectNode negatives = root.putObject("negatives");
        for (Group group : groups) {
            switch (group.role) {
                case CAMPAIGN -> {
                    ObjectNode node = campaigns.putObject(group.name);
                    names(group, node);
                    node.put("exchanges", group.exchanges);
                    node.put("first", time(group, group.first));
                    node.put("last", time(group, group.last));
                }
                case LOOK_ALIKE -> {
                    ObjectNode node = negatives.putObject(group.name);
                    node.put("kind", group.kind);
                    names(group, node);
                    node.put("exchanges", group.exchanges);
                }
                case ORDINARY -> {
                    ObjectNode node = root.putObject("ordinary");
                    node.put("accounts", group.activeAccounts());
                    node.put("exchanges", group.exchanges);
                }
            }
        }
        return new Truth(root);
    }

    private static void names(Group group, ObjectNode node) {
        ArrayNode accounts = node.putArray("accounts");
        group.accountIds().forEach(accounts::add);
    }

    private static String time(Group group, long time) {
        return group.exchanges == 0 ? null : Instant.ofEpochMilli(time).toString();
    }

    /**
     * The truth as JSON: {@code campaigns}, {@code negatives}, and a summary of ordinary people.
     */
    public ObjectNode json() {
        return root.deepCopy();
    }

    /** Writes it to a file. */
    public void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), root);
    }
}
