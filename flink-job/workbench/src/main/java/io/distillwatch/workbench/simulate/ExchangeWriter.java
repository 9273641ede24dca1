package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Everyday;
import io.distillwatch.workbench.simulate.text.JsonBytes;
import io.distillwatch.workbench.simulate.text.Rand;
import io.distillwatch.workbench.simulate.text.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Writes exchanges as one line of JSON each, without the line end. */
final class ExchangeWriter {

    /** Earlier user messages that a whole conversation quotes: more would only be size. */
    private static final int QUOTED_TURNS = 3;

    /** Share of records in which a load balancer in front has lost the TLS fingerprint. */
    private static final double STACK_LOST = 0.03;

    private static final long DAY = 86_400_000L;

    /** Tokens a byte of text, roughly, for the tokenisers in use. */
    private static final double TOKENS_A_BYTE = 0.26;

    private static final byte[] EXCHANGE = key("{\"exchange_id\":\"x-");
    private static final byte[] TIME = key("\",\"event_time\":\"");
    private static final byte[] ACCOUNT = key("\",\"account_id\":\"");
    private static final byte[] IP = key("\",\"client_ip\":\"");
    private static final byte[] ORGANIZATION = key("\",\"organization_id\":\"org-");
    private static final byte[] AGENT = key("\",\"user_agent\":\"");
    private static final byte[] STACK = key("\",\"tls_fingerprint\":\"");
    private static final byte[] PAYMENT = key("\",\"payment_fingerprint\":\"pay_");
    private static final byte[] CREATED = key("\",\"account_created_at\":\"");
    private static final byte[] CONVERSATION = key("\",\"conversation_id\":\"c-");
    private static final byte[] MODEL = key("\",\"model\":\"");
    private static final byte[] INPUT = key("\",\"input_tokens\":");
    private static final byte[] OUTPUT = key(",\"output_tokens\":");
    private static final byte[] SYSTEM = key(",\"system_prompt\":\"");
    private static final byte[] PROMPT = key(",\"prompt\":\"");
    private static final byte[] MESSAGES = key(",\"messages\":[");
    private static final byte[] USER = key("{\"role\":\"user\",\"content\":\"");
    private static final byte[] ASSISTANT = key("{\"role\":\"assistant\",\"content\":\"");

    private final Models models;
    private final Everyday everyday;
    private final Arrivals arrivals;
    private final Set<Field> without;
    private final int maxBytes;
    private final JsonBytes prompt = new JsonBytes(4096);
    private final JsonBytes history = new JsonBytes(4096);

    ExchangeWriter(
            Models models, Everyday everyday, Arrivals arrivals, Set<Field> without, int maxBytes) {
        this.models = models;
        this.everyday = everyday;
        this.arrivals = arrivals;
        this.without = without;
        this.maxBytes = maxBytes;
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static void account(long account, JsonBytes out) {
        out.raw('a').raw('c').raw('c').raw('t').raw('-').base32(account, 12);
    }

    /**
     * Appends one exchange.
     *
     * @param network one of the networks of the account, for this exchange
     * @param client one of the clients of the account
     * @param model overrides the account's own model unless {@code null}
     */
    void write(
            Profile who,
            Speech speech,
            long time,
            long conversation,
            int turn,
            int network,
            int client,
            byte[] model,
            JsonBytes out) {
        long exchange = Seeds.mix(Seeds.mix(conversation, turn), who.account);
        Rand rand = new Rand(exchange);
        boolean converses = speech.converses();
        prompt.clear();
        speech.say(who, conversation, turn, prompt);
        prompt.truncate(maxBytes);
        byte[] system =
                without.contains(Field.SYSTEM_PROMPT)
                        ? null
                        : speech.system(who, conversation, time);

        out.raw(EXCHANGE).hex(exchange, 16);
        out.raw(TIME);
        instant(time, out);
        out.raw(ACCOUNT);
        account(who.account, out);
        out.raw(IP);
        Networks.address(network, who.account, out);
        identity(who, client, rand, out);
        if (!without.contains(Field.CONVERSATION_ID)) {
            long id = converses ? conversation : Seeds.mix(conversation, turn);
            out.raw(CONVERSATION).hex(id, 14);
        }
        if (!without.contains(Field.MODEL)) {
            out.raw(MODEL).raw(model != null ? model : models.nameFor(who, time));
        }
        boolean quotes = who.wholeConversations && !without.contains(Field.MESSAGES);
        history.clear();
        if (quotes && converses) {
            quote(who, speech, conversation, turn);
        }
        if (without.contains(Field.TOKENS)) {
            out.raw('"');
        } else {
            int bytes = prompt.length() + history.length() + (system == null ? 0 : system.length);
            out.raw(INPUT).number(8 + (long) (bytes * TOKENS_A_BYTE));
            out.raw(OUTPUT).number(arrivals.answerTokens(speech, rand));
        }
        if (system != null) {
            out.raw(SYSTEM).raw(system, 0, Math.min(system.length, cut(system))).raw('"');
        }
        if (quotes) {
            out.raw(MESSAGES).raw(history).raw(USER).raw(prompt).raw('"').raw('}').raw(']');
        } else {
            out.raw(PROMPT).raw(prompt).raw('"');
        }
        out.raw('}');
    }

    private int cut(byte[] text) {
        return text.length <= maxBytes ? text.length : JsonBytes.cut(text, maxBytes);
    }

    private void identity(Profile who, int client, Rand rand, JsonBytes out) {
        if (who.organization != 0 && !without.contains(Field.ORGANIZATION_ID)) {
            out.raw(ORGANIZATION).base32(Seeds.mix(who.organization, 5), 7);
        }
        if (!without.contains(Field.USER_AGENT)) {
            out.raw(AGENT).raw(Clients.agent(client));
        }
        if (!without.contains(Field.TLS_FINGERPRINT) && !rand.chance(STACK_LOST)) {
            out.raw(STACK).raw(Clients.stack(client));
        }
        if (who.payment != 0 && !without.contains(Field.PAYMENT_FINGERPRINT)) {
            out.raw(PAYMENT).hex(who.payment, 12);
        }
        if (!without.contains(Field.ACCOUNT_CREATED_AT)) {
            out.raw(CREATED);
            instant(who.createdAt, out);
        }
    }

    private void quote(Profile who, Speech speech, long conversation, int turn) {
        for (int earlier = Math.max(0, turn - QUOTED_TURNS); earlier < turn; earlier++) {
            history.raw(USER);
            int start = history.length();
            speech.say(who, conversation, earlier, history);
            history.truncate(start + maxBytes / 2);
            history.raw('"').raw('}').raw(',').raw(ASSISTANT);
            Rand rand = new Rand(Seeds.mix(conversation, -1L - earlier));
            everyday.answer(who.language, 1 + rand.below(3), rand, history);
            history.raw('"').raw('}').raw(',');
        }
    }

    private static void instant(long time, JsonBytes out) {
        long day = Math.floorDiv(time, DAY);
        civil(day, out);
        clock(time - day * DAY, out);
    }

    /**
     * The date of a day number (Howard Hinnant's civil_from_days): no formatter for each record.
     */
    private static void civil(long epochDay, JsonBytes out) {
        long z = epochDay + 719_468;
        long era = Math.floorDiv(z, 146_097);
        long dayOfEra = z - era * 146_097;
        long year = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100);
        long shifted = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * shifted + 2) / 5 + 1;
        long month = shifted < 10 ? shifted + 3 : shifted - 9;
        out.padded(year + era * 400 + (month <= 2 ? 1 : 0), 4).raw('-').padded(month, 2);
        out.raw('-').padded(day, 2).raw('T');
    }

    private static void clock(long millis, JsonBytes out) {
        out.padded(millis / 3_600_000, 2).raw(':').padded(millis / 60_000 % 60, 2).raw(':');
        out.padded(millis / 1_000 % 60, 2).raw('.').padded(millis % 1_000, 3).raw('Z');
    }
}
