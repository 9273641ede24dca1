package io.distillwatch.testing;

import io.distillwatch.exchange.Exchange;

/**
 * Exchanges as they are behind the parser, for tests that need many or that need hashes of their
 * choice. Values do not change: every word gives a new one.
 */
public record Samples(Exchange exchange) {

    /** An exchange of its own id; text, client, payment and conversation as hashes, 0 for none. */
    public static Samples sample(long id, String account, long eventTime) {
        return new Samples(
                new Exchange(
                        id,
                        account,
                        eventTime,
                        "203.0.113.0/24",
                        null,
                        null,
                        0,
                        0,
                        id,
                        1,
                        id,
                        0,
                        0,
                        0,
                        0,
                        0,
                        10,
                        0,
                        0,
                        new long[0],
                        0,
                        0));
    }

    public Samples from(String prefix) {
        Exchange e = exchange;
        return of(
                prefix,
                e.organizationId(),
                e.inputTokens(),
                e.outputTokens(),
                e.promptHash(),
                e.familyHash(),
                e.tailHash(),
                e.clientHash(),
                e.paymentHash(),
                e.conversationHash(),
                e.accountCreatedAt(),
                e.cues(),
                e.features());
    }

    public Samples ofOrganization(String organization) {
        Exchange e = exchange;
        return of(
                e.prefix(),
                organization,
                e.inputTokens(),
                e.outputTokens(),
                e.promptHash(),
                e.familyHash(),
                e.tailHash(),
                e.clientHash(),
                e.paymentHash(),
                e.conversationHash(),
                e.accountCreatedAt(),
                e.cues(),
                e.features());
    }

    public Samples costing(long input, long output) {
        Exchange e = exchange;
        return of(
                e.prefix(),
                e.organizationId(),
                input,
                output,
                e.promptHash(),
                e.familyHash(),
                e.tailHash(),
                e.clientHash(),
                e.paymentHash(),
                e.conversationHash(),
                e.accountCreatedAt(),
                e.cues(),
                e.features());
    }

    /** The body, which is also the tail. */
    public Samples asking(long body) {
        Exchange e = exchange;
        return of(
                e.prefix(),
                e.organizationId(),
                e.inputTokens(),
                e.outputTokens(),
                body,
                e.familyHash(),
                body,
                e.clientHash(),
                e.paymentHash(),
                e.conversationHash(),
                e.accountCreatedAt(),
                e.cues(),
                e.features());
    }

    public Samples inFamily(long family) {
        Exchange e = exchange;
        return of(
                e.prefix(),
                e.organizationId(),
                e.inputTokens(),
                e.outputTokens(),
                e.promptHash(),
                family,
                e.tailHash(),
                e.clientHash(),
                e.paymentHash(),
                e.conversationHash(),
                e.accountCreatedAt(),
                e.cues(),
                e.features());
    }

    public Samples with(long client, long payment, long accountCreatedAt) {
        Exchange e = exchange;
        return of(
                e.prefix(),
                e.organizationId(),
                e.inputTokens(),
                e.outputTokens(),
                e.promptHash(),
                e.familyHash(),
                e.tailHash(),
                client,
                payment,
                e.conversationHash(),
                accountCreatedAt,
                e.cues(),
                e.features());
    }

    public Samples in(long conversation) {
        Exchange e = exchange;
        return of(
                e.prefix(),
                e.organizationId(),
                e.inputTokens(),
                e.outputTokens(),
                e.promptHash(),
                e.familyHash(),
                e.tailHash(),
                e.clientHash(),
                e.paymentHash(),
                conversation,
                e.accountCreatedAt(),
                e.cues(),
                e.features());
    }

    public Samples cueing(int cues) {
        Exchange e = exchange;
        return of(
                e.prefix(),
                e.organizationId(),
                e.inputTokens(),
                e.outputTokens(),
                e.promptHash(),
                e.familyHash(),
                e.tailHash(),
                e.clientHash(),
                e.paymentHash(),
                e.conversationHash(),
                e.accountCreatedAt(),
                cues,
                e.features());
    }

    public Samples showing(long... features) {
        Exchange e = exchange;
        return of(
                e.prefix(),
                e.organizationId(),
                e.inputTokens(),
                e.outputTokens(),
                e.promptHash(),
                e.familyHash(),
                e.tailHash(),
                e.clientHash(),
                e.paymentHash(),
                e.conversationHash(),
                e.accountCreatedAt(),
                e.cues(),
                features);
    }

    public Samples by(String model) {
        return of(model, exchange.outputTokens(), exchange.promptTokens(), exchange.earlierTurns());
    }

    /** Lengths of prompt and answer in tokens, 0 for an answer of which it is not known. */
    public Samples shaped(int prompt, long output, int earlierTurns) {
        return of(exchange.model(), output, prompt, earlierTurns);
    }

    private Samples of(String model, long output, int promptTokens, int earlierTurns) {
        Exchange e = exchange;
        return new Samples(
                new Exchange(
                        e.exchangeHash(),
                        e.accountId(),
                        e.eventTime(),
                        e.prefix(),
                        e.organizationId(),
                        model,
                        e.inputTokens(),
                        output,
                        e.promptHash(),
                        e.familyHash(),
                        e.tailHash(),
                        e.systemHash(),
                        e.clientHash(),
                        e.paymentHash(),
                        e.conversationHash(),
                        e.accountCreatedAt(),
                        promptTokens,
                        earlierTurns,
                        e.cues(),
                        e.features(),
                        e.partition(),
                        e.offset()));
    }

    private Samples of(
            String prefix,
            String organization,
            long input,
            long output,
            long prompt,
            long family,
            long tail,
            long client,
            long payment,
            long conversation,
            long createdAt,
            int cues,
            long[] features) {
        Exchange e = exchange;
        return new Samples(
                new Exchange(
                        e.exchangeHash(),
                        e.accountId(),
                        e.eventTime(),
                        prefix,
                        organization,
                        e.model(),
                        input,
                        output,
                        prompt,
                        family,
                        tail,
                        e.systemHash(),
                        client,
                        payment,
                        conversation,
                        createdAt,
                        e.promptTokens(),
                        e.earlierTurns(),
                        cues,
                        features,
                        e.partition(),
                        e.offset()));
    }
}
