package io.distillwatch.campaign;

import static io.distillwatch.testing.Exchanges.millis;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distillwatch.evidence.Evidence;
import io.distillwatch.evidence.Signal;
import io.distillwatch.output.OutputTopic;
import io.distillwatch.testing.Schemas;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CampaignJsonSchemaTest {

    private static final Schemas CAMPAIGN = Schemas.of(OutputTopic.CAMPAIGNS);
    private static final Schemas MEMBER = Schemas.of(OutputTopic.CAMPAIGN_MEMBERS);

    @ParameterizedTest
    @EnumSource(CampaignStatus.class)
    void campaignsAndMembersOfEveryStatusAreValid(CampaignStatus status) {
        Campaign campaign = campaign();
        campaign.status = status;
        campaign.mergedInto = status == CampaignStatus.MERGED ? "dc-1" : null;

        assertThat(CAMPAIGN.faults(CampaignJson.campaign(campaign, "default"))).isEmpty();
        assertThat(MEMBER.faults(CampaignJson.member(campaign, "acct-1"))).isEmpty();
        assertThat(MEMBER.faults(CampaignJson.member(campaign, "acct-2"))).isEmpty();
    }

    @Test
    void theSchemasNameEveryFieldThatIsWritten() throws IOException {
        Campaign campaign = campaign();
        campaign.mergedInto = "dc-1";
        ObjectMapper json = new ObjectMapper();

        assertNamed(CAMPAIGN, json.readTree(CampaignJson.campaign(campaign, "default").value()));
        assertNamed(MEMBER, json.readTree(CampaignJson.member(campaign, "acct-1").value()));
    }

    private static void assertNamed(Schemas schema, JsonNode record) {
        JsonNode named = schema.source().at("/properties");
        record.fieldNames()
                .forEachRemaining(field -> assertThat(named.has(field)).as(field).isTrue());
    }

    private static Campaign campaign() {
        Campaign campaign = new Campaign("dc-0123456789abcdef", millis("13:00:00"));
        campaign.updatedAt = millis("13:05:00");
        CampaignPart part =
                new CampaignPart(
                        millis("08:00:00"),
                        millis("13:04:59.999"),
                        200_000,
                        5,
                        7,
                        millis("13:00:00"),
                        0.93,
                        Map.of("large-3", 200_000L),
                        List.of(
                                Evidence.of(Signal.WORK_PARTITION, 0.99, 0.4, 0.9),
                                Evidence.of(
                                        Signal.HAND_OFF, Double.NaN, Double.POSITIVE_INFINITY, 2)));
        campaign.parts.put(-1L, part);
        campaign.accounts.put("acct-1", account("203.0.113.0/24"));
        campaign.accounts.put("acct-2", account(null));
        return campaign;
    }

    private static CampaignAccount account(String prefix) {
        CampaignAccount account = new CampaignAccount();
        account.joinedAt = millis("13:00:00");
        account.firstSeen = millis("08:00:00");
        account.lastSeen = millis("13:04:59.999");
        account.score = 0.9;
        account.prefix = prefix;
        account.exchangesByGroup.put(-1L, 40L);
        return account;
    }
}
