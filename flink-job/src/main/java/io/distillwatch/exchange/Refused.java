package io.distillwatch.exchange;

/**
 * Ends the reading of one record with a reason. Without a stack trace: refusals are ordinary, and a
 * flood of bad records must not cost more than good ones. Never leaves {@link ExchangeParser}.
 */
final class Refused extends Exception {

    private final transient Refusal refusal;

    Refused(RefusalReason reason, String field, String message) {
        super(message, null, false, false);
        this.refusal = new Refusal(reason.label(), field, message);
    }

    Refusal refusal() {
        return refusal;
    }
}
