package io.distillwatch.testing;

import io.distillwatch.exchange.Exchange;
import java.util.function.Consumer;

/**
 * Exchanges as they are behind the parser, for tests that need many or that need hashes of their
 * choice. Values do not change: every word gives a new one.
 */
public record Samples(Exchange exchange) {

    /** An exchange of its own id; text, client, payment and conversation as hashes, 0 for none. */
    public static Samples sample(long id, String account, long eventTime) {
        Draft draft = new Draft();
        draft.id = id;
        draft.account = account;
        draft.eventTime = eventTime;
        draft.prefix = "203.0.113.0/24";
        draft.prompt = id;
        draft.family = 1;
        draft.tail = inBothHalves(id);
        draft.promptTokens = 10;
        return new Samples(draft.exchange());
    }

    public Samples of(String account) {
        return changed(draft -> draft.account = account);
    }

    public Samples from(String prefix) {
        return changed(draft -> draft.prefix = prefix);
    }

    public Samples ofOrganization(String organization) {
        return changed(draft -> draft.organization = organization);
    }

    public Samples costing(long input, long output) {
        return changed(
                draft -> {
                    draft.input = input;
                    draft.output = output;
                });
    }

    /** The body, which is also the tail. */
    public Samples asking(long body) {
        return changed(
                draft -> {
                    draft.prompt = body;
                    draft.tail = inBothHalves(body);
                });
    }

    /**
     * How the prompt ends, whatever the body.
     *
     * @param lastTokens of 32 bits, as the later half
     */
    public Samples ending(int lastTokens, int laterHalf) {
        return changed(
                draft -> draft.tail = (long) lastTokens << 32 | Integer.toUnsignedLong(laterHalf));
    }

    /* Both halves of a tail stand for a hash of their own. */
    private static long inBothHalves(long hash) {
        return hash * 0x1_0000_0001L;
    }

    public Samples inFamily(long family) {
        return changed(draft -> draft.family = family);
    }

    public Samples with(long client, long payment, long accountCreatedAt) {
        return changed(
                draft -> {
                    draft.client = client;
                    draft.payment = payment;
                    draft.createdAt = accountCreatedAt;
                });
    }

    public Samples in(long conversation) {
        return changed(draft -> draft.conversation = conversation);
    }

    public Samples cueing(int cues) {
        return changed(draft -> draft.cues = cues);
    }

    public Samples showing(long... features) {
        return changed(draft -> draft.features = features);
    }

    public Samples by(String model) {
        return changed(draft -> draft.model = model);
    }

    /** Lengths of prompt and answer in tokens, 0 for an answer of which it is not known. */
    public Samples shaped(int prompt, long output, int earlierTurns) {
        return changed(
                draft -> {
                    draft.promptTokens = prompt;
                    draft.output = output;
                    draft.earlierTurns = earlierTurns;
                });
    }

    private Samples changed(Consumer<Draft> change) {
        Draft draft = Draft.of(exchange);
        change.accept(draft);
        return new Samples(draft.exchange());
    }

    /** An exchange that may be changed. */
    private static final class Draft {
        long id;
        String account;
        long eventTime;
        String prefix;
        String organization;
        String model;
        long input;
        long output;
        long prompt;
        long family;
        long tail;
        long system;
        long client;
        long payment;
        long conversation;
        long createdAt;
        int promptTokens;
        int earlierTurns;
        int cues;
        long[] features = {};
        int partition;
        long offset;

        static Draft of(Exchange e) {
            Draft draft = new Draft();
            draft.id = e.exchangeHash();
            draft.account = e.accountId();
            draft.eventTime = e.eventTime();
            draft.prefix = e.prefix();
            draft.organization = e.organizationId();
            draft.model = e.model();
            draft.input = e.inputTokens();
            draft.output = e.outputTokens();
            draft.prompt = e.promptHash();
            draft.family = e.familyHash();
            draft.tail = e.tailHash();
            draft.system = e.systemHash();
            draft.client = e.clientHash();
            draft.payment = e.paymentHash();
            draft.conversation = e.conversationHash();
            draft.createdAt = e.accountCreatedAt();
            draft.promptTokens = e.promptTokens();
            draft.earlierTurns = e.earlierTurns();
            draft.cues = e.cues();
            draft.features = e.features();
            draft.partition = e.partition();
            draft.offset = e.offset();
            return draft;
        }

        Exchange exchange() {
            return new Exchange(
                    id,
                    account,
                    eventTime,
                    prefix,
                    organization,
                    model,
                    input,
                    output,
                    prompt,
                    family,
                    tail,
                    system,
                    client,
                    payment,
                    conversation,
                    createdAt,
                    promptTokens,
                    earlierTurns,
                    cues,
                    features,
                    partition,
                    offset);
        }
    }
}
