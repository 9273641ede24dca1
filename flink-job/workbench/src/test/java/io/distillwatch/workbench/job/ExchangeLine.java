package io.distillwatch.workbench.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * An exchange as a gateway logs it, in words: {@code exchange("e1").by("a").from("203.0.113.7")
 * .at("12:00:05")}.
 *
 * @param id of the exchange
 * @param account that asked
 * @param address it asked from
 * @param time of the day, on the day of all tests
 * @param prompt what was asked
 * @param payment fingerprint of what the account was paid with
 * @param created when the account was created
 */
record ExchangeLine(
        String id,
        String account,
        String address,
        Instant time,
        String prompt,
        String payment,
        Instant created) {

    /** The day on which all exchanges happen: long ago, so that no wall clock can help. */
    static final String DAY = "2026-03-02T";

    static ExchangeLine exchange(String id) {
        return new ExchangeLine(
                id,
                "somebody",
                "203.0.113.7",
                time("12:00:00"),
                "What is " + id,
                "pay-" + id,
                time("00:00:00").minus(Duration.ofDays(100)));
    }

    static Instant time(String timeOfDay) {
        return Instant.parse(DAY + timeOfDay + "Z");
    }

    ExchangeLine by(String otherAccount) {
        return new ExchangeLine(id, otherAccount, address, time, prompt, payment, created);
    }

    ExchangeLine from(String otherAddress) {
        return new ExchangeLine(id, account, otherAddress, time, prompt, payment, created);
    }

    ExchangeLine at(String timeOfDay) {
        return at(time(timeOfDay));
    }

    ExchangeLine at(Instant otherTime) {
        return new ExchangeLine(id, account, address, otherTime, prompt, payment, created);
    }

    ExchangeLine asking(String otherPrompt) {
        return new ExchangeLine(id, account, address, time, otherPrompt, payment, created);
    }

    ExchangeLine paidWith(String otherPayment) {
        return new ExchangeLine(id, account, address, time, prompt, otherPayment, created);
    }

    ExchangeLine createdAt(Instant otherCreated) {
        return new ExchangeLine(id, account, address, time, prompt, payment, otherCreated);
    }

    /** The record's value. Texts of tests hold nothing that JSON would have to escape. */
    byte[] bytes() {
        return """
                {"exchange_id":"%s","event_time":"%s","account_id":"%s","client_ip":"%s",\
                "prompt":"%s","model":"m-1","input_tokens":12,"output_tokens":34,\
                "payment_fingerprint":"%s","account_created_at":"%s"}"""
                .formatted(id, time, account, address, prompt, payment, created)
                .getBytes(StandardCharsets.UTF_8);
    }
}
