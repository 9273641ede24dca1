package io.distillwatch.campaign;

import io.distillwatch.group.GroupReport;
import io.distillwatch.group.Guidance;
import io.distillwatch.output.OutputRecord;
import io.distillwatch.pane.PaneFunction;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.serial.ListCodec;
import io.distillwatch.serial.RecordCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.OutputTag;

/** One key for the whole job: the book of campaigns. It sees flagged groups only. */
public final class Campaigns
        extends PaneFunction<
                Integer, GroupReport, List<GroupReport>, CampaignBook, Guidance, OutputRecord> {

    private static final long HOUR = 3_600_000;

    private final OutputTag<OutputRecord> members;

    private transient DetectionPolicy policy;
    private transient CampaignMetrics metrics;

    /**
     * @param members where member records go; campaign records are the main output
     */
    public Campaigns(OutputTag<OutputRecord> members) {
        this.members = members;
    }

    @Override
    protected void open(MetricGroup group) {
        metrics = new CampaignMetrics(group);
    }

    @Override
    protected boolean timersAtEnd() {
        // A campaign that was at work when the log ended has not fallen silent.
        return false;
    }

    private DetectionPolicy policy() {
        return policy == null ? DetectionPolicy.defaults() : policy;
    }

    @Override
    protected void onGuidance(Guidance guidance) {
        policy = guidance.policy();
    }

    @Override
    protected Collection<Guidance> guidance() {
        return List.of(Guidance.of(policy()));
    }

    @Override
    protected RecordCodec<Guidance> guidanceCodec() {
        return new Guidance.Codec();
    }

    @Override
    protected long paneEnd(GroupReport input) {
        return input.at();
    }

    @Override
    protected List<GroupReport> newPane(Integer key) {
        return new ArrayList<>();
    }

    @Override
    protected void add(List<GroupReport> pane, GroupReport input) {
        pane.add(input);
    }

    @Override
    protected CampaignBook newState(Integer key) {
        return new CampaignBook();
    }

    @Override
    protected void closePane(
            Integer key,
            long paneEnd,
            List<GroupReport> pane,
            Context<CampaignBook, OutputRecord> context) {
        CampaignBook book = context.state();
        emit(book, book.take(pane, policy()), context);
        context.timer(paneEnd + HOUR - 1);
    }

    @Override
    protected void onTimer(Integer key, long time, Context<CampaignBook, OutputRecord> context) {
        CampaignBook book = context.state();
        CampaignBook.Changes changes = book.sweep(policy(), time + 1);
        book.applyVerdicts(policy(), time + 1, changes);
        emit(book, changes, context);
        if (book.isEmpty()) {
            context.clearState();
        } else {
            context.timer(time + HOUR);
        }
    }

    private void emit(
            CampaignBook book,
            CampaignBook.Changes changes,
            Context<CampaignBook, OutputRecord> context) {
        for (String id : changes.campaigns) {
            context.emit(CampaignJson.campaign(book.campaign(id), policy().version()));
        }
        metrics.update(book.campaigns(), changes.campaigns.stream().map(book::campaign).toList());
        changes.members.forEach(
                (id, accounts) -> {
                    Campaign campaign = book.campaign(id);
                    for (String account : accounts) {
                        context.emit(members, CampaignJson.member(campaign, account));
                    }
                });
        changes.removed.forEach(
                (id, accounts) ->
                        accounts.forEach(
                                (account, last) ->
                                        context.emit(
                                                members,
                                                CampaignJson.removed(
                                                        book.campaign(id), account, last))));
    }

    @Override
    protected RecordCodec<List<GroupReport>> paneCodec() {
        return new ListCodec<>(new GroupReport.Codec());
    }

    @Override
    protected RecordCodec<CampaignBook> stateCodec() {
        return new CampaignBook.Codec();
    }
}
