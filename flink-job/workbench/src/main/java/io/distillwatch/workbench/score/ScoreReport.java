package io.distillwatch.workbench.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** A score as a table for people, or as JSON with the names of the reference script. */
public final class ScoreReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ScoreReport() {}

    /** One line a campaign, then the totals, then the false flags. */
    public static String table(Score score) {
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        "%-20s %5s %6s %8s %7s %7s %7s %8s %9s%n",
                        "campaign",
                        "flag",
                        "pieces",
                        "leakage",
                        "before",
                        "recall",
                        "precis",
                        "accounts",
                        "exchanges"));
        score.campaigns().forEach((name, row) -> out.append(line(name, row)));
        Score.Total total = score.total();
        out.append(
                String.format(
                        Locale.ROOT,
                        "%nplanted found %.0f %%, flags %d, false flags %d, ordinary accounts named %d of %d (%.2f in 10,000)%s%n",
                        total.recall() * 100,
                        total.flags(),
                        total.falseFlags(),
                        total.ordinaryNamed(),
                        total.ordinaryAccounts(),
                        total.falseAccountRate() * 10_000,
                        total.namedByKind().isEmpty() ? "" : " " + total.namedByKind()));
        for (Score.FalseFlag flag : score.falseFlags()) {
            out.append(
                    String.format(
                            "FALSE FLAG %s: %d members, %s%n",
                            flag.campaignId(), flag.members(), flag.kinds()));
        }
        return out.toString();
    }

    private static String line(String name, Score.Row row) {
        return String.format(
                Locale.ROOT,
                "%-20s %5s %6d %7.2f%% %7s %7.3f %7s %8d %9d%n",
                name,
                row.flagged() ? "yes" : "NO",
                row.pieces(),
                row.leakage() * 100,
                row.exchangesBeforeFlag() == null ? "-" : row.exchangesBeforeFlag(),
                row.memberRecall(),
                row.memberPrecision() == null
                        ? "-"
                        : String.format(Locale.ROOT, "%.3f", row.memberPrecision()),
                row.accounts(),
                row.exchanges());
    }

    /** The same as one line of JSON. */
    public static String json(Score score) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode campaigns = root.putObject("campaigns");
        score.campaigns()
                .forEach(
                        (name, row) -> {
                            ObjectNode node = campaigns.putObject(name);
                            node.put("flagged", row.flagged());
                            node.put("pieces", row.pieces());
                            node.put("leakage", rounded(row.leakage()));
                            node.put("exchanges_before_flag", row.exchangesBeforeFlag());
                            node.put("member_recall", rounded(row.memberRecall()));
                            node.put(
                                    "member_precision",
                                    row.memberPrecision() == null
                                            ? null
                                            : Double.valueOf(rounded(row.memberPrecision())));
                            node.put("accounts", row.accounts());
                            node.put("exchanges", row.exchanges());
                        });
        Score.Total total = score.total();
        ObjectNode node = root.putObject("total");
        node.put("recall", rounded(total.recall()));
        node.put("flags", total.flags());
        node.put("false_flags", total.falseFlags());
        node.put("benign_accounts_named", total.ordinaryNamed());
        node.put("benign_accounts", total.ordinaryAccounts());
        node.put("false_account_rate", total.falseAccountRate());
        put(node.putObject("named_by_kind"), total.namedByKind());
        ArrayNode wrong = root.putArray("false");
        for (Score.FalseFlag flag : score.falseFlags()) {
            ObjectNode entry = wrong.addObject();
            entry.put("campaign_id", flag.campaignId());
            entry.put("members", flag.members());
            put(entry.putObject("kinds"), flag.kinds());
        }
        return root.toString();
    }

    private static void put(ObjectNode node, Map<String, Long> counts) {
        counts.forEach(node::put);
    }

    /** Four decimals, as the reference script prints. */
    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
