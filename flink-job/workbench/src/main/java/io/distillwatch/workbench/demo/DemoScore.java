package io.distillwatch.workbench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.distillwatch.workbench.report.Campaign;
import io.distillwatch.workbench.score.Flags;
import io.distillwatch.workbench.score.PlantedTraffic;
import io.distillwatch.workbench.score.Score;
import io.distillwatch.workbench.score.Scorer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Scores the demo by the same rules as {@code score}, from what it has in memory. */
final class DemoScore {

    private DemoScore() {}

    static Score of(
            JsonNode truth,
            List<TrafficFeed.Sent> sent,
            List<JsonNode> campaigns,
            List<JsonNode> members) {
        PlantedTraffic planted = new PlantedTraffic();
        truth.path("campaigns")
                .properties()
                .forEach(
                        e ->
                                planted.plant(
                                        e.getKey(),
                                        accounts(e.getValue()),
                                        e.getValue().path("exchanges").asLong()));
        truth.path("negatives")
                .properties()
                .forEach(
                        e ->
                                planted.lookAlike(
                                        e.getValue().path("kind").asText(),
                                        accounts(e.getValue())));
        sent.forEach(s -> planted.sent(s.account(), s.eventTime()));
        Flags flags = new Flags();
        campaigns.forEach(
                c ->
                        flags.campaign(
                                c.path("campaign_id").asText(),
                                Campaign.of(c).firstFlagged(),
                                c.path("status").asText()));
        members.forEach(
                m ->
                        flags.member(
                                m.path("campaign_id").asText(),
                                m.path("account_id").asText(),
                                Campaign.millis(m.path("joined_at")),
                                m.path("status").asText()));
        return Scorer.score(planted, flags);
    }

    private static Set<String> accounts(JsonNode group) {
        Set<String> accounts = new LinkedHashSet<>();
        group.path("accounts").forEach(a -> accounts.add(a.asText()));
        return accounts;
    }
}
