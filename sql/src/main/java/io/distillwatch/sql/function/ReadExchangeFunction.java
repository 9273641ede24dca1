package io.distillwatch.sql.function;

import io.distillwatch.exchange.Exchange;
import io.distillwatch.exchange.ExchangeParser;
import io.distillwatch.exchange.Intake;
import io.distillwatch.fingerprint.ElicitationCue;
import io.distillwatch.fingerprint.PromptFingerprinter;
import io.distillwatch.settings.DetectionSettings;
import java.time.Instant;
import java.util.Arrays;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.UserDefinedFunction;

/**
 * {@code READ_EXCHANGE(record [, ingested_at])}: what the job makes of the bytes of one record.
 * Either {@code refusal} is null and the rest is the exchange, or {@code refusal}, {@code
 * refused_field} and {@code message} say why it is none.
 */
public final class ReadExchangeFunction extends ScalarFunction
        implements SettingsFunctionFactory.WithSettings {

    private static final String TYPE =
            "ROW<refusal STRING, refused_field STRING, message STRING, exchange_key STRING,"
                    + " account_id STRING, event_time TIMESTAMP_LTZ(3), ip_prefix STRING,"
                    + " organization_id STRING, model STRING, input_tokens BIGINT,"
                    + " output_tokens BIGINT, prompt STRING, family STRING, body STRING,"
                    + " system_prompt STRING, client STRING, payment STRING, conversation STRING,"
                    + " account_created_at TIMESTAMP_LTZ(3), prompt_tokens INT, earlier_turns INT,"
                    + " cues ARRAY<STRING>, features ARRAY<STRING>>";

    private static final int FIELDS = 23;

    private final String secret;
    private final int lengthIpv4;
    private final int lengthIpv6;
    private final int maxRecordBytes;
    private transient ExchangeParser parser;
    private transient byte[] last;
    private transient RowData lastRow;

    /** As a job with default settings reads. */
    public ReadExchangeFunction() {
        this(DetectionSettings.defaults().intake());
    }

    private ReadExchangeFunction(DetectionSettings.Intake settings) {
        this.secret = settings.fingerprintSecret();
        this.lengthIpv4 = settings.prefixLengthIpv4();
        this.lengthIpv6 = settings.prefixLengthIpv6();
        this.maxRecordBytes = settings.maxRecordBytes();
    }

    @Override
    public UserDefinedFunction with(DetectionSettings.Intake settings) {
        return new ReadExchangeFunction(settings);
    }

    @Override
    public void open(FunctionContext context) {
        DetectionSettings defaults = DetectionSettings.defaults();
        parser =
                new ExchangeParser(
                        new DetectionSettings(
                                new DetectionSettings.Intake(
                                        secret, lengthIpv4, lengthIpv6, maxRecordBytes, false),
                                defaults.time(),
                                defaults.windows(),
                                defaults.families(),
                                defaults.groups()));
    }

    /** A record of which nobody knows when the broker got it; null for null. */
    public @DataTypeHint(value = TYPE, bridgedTo = RowData.class) RowData eval(byte[] record) {
        return record == null ? null : read(record, 0);
    }

    /** Refused too if its event time runs ahead of the broker's clock; null for null. */
    public @DataTypeHint(value = TYPE, bridgedTo = RowData.class) RowData eval(
            byte[] record, @DataTypeHint("TIMESTAMP_LTZ(3)") Instant ingestedAt) {
        return record == null
                ? null
                : read(record, ingestedAt == null ? 0 : ingestedAt.toEpochMilli());
    }

    private RowData read(byte[] record, long ingestedAt) {
        // A query that takes ten fields calls ten times with the same array: hence no Row, which
        // Flink would convert each time.
        if (record != last) {
            lastRow = row(parser.parse(record, "", 0, 0, ingestedAt));
            last = record;
        }
        return lastRow;
    }

    private static RowData row(Intake intake) {
        GenericRowData row = new GenericRowData(FIELDS);
        if (intake.refused()) {
            row.setField(0, text(intake.refusal().reason()));
            row.setField(1, text(intake.refusal().field()));
            row.setField(2, text(intake.refusal().message()));
            return row;
        }
        Exchange exchange = intake.exchange();
        row.setField(3, hex(exchange.exchangeHash()));
        row.setField(4, text(exchange.accountId()));
        row.setField(5, TimestampData.fromEpochMillis(exchange.eventTime()));
        row.setField(6, text(exchange.prefix()));
        row.setField(7, text(exchange.organizationId()));
        row.setField(8, text(exchange.model()));
        row.setField(9, exchange.inputTokens());
        row.setField(10, exchange.outputTokens());
        row.setField(11, hex(exchange.promptHash()));
        row.setField(12, hex(exchange.familyHash()));
        row.setField(13, hex(exchange.tailHash()));
        row.setField(14, hex(exchange.systemHash()));
        row.setField(15, hex(exchange.clientHash()));
        row.setField(16, hex(exchange.paymentHash()));
        row.setField(17, hex(exchange.conversationHash()));
        row.setField(
                18,
                exchange.accountCreatedAt() == 0
                        ? null
                        : TimestampData.fromEpochMillis(exchange.accountCreatedAt()));
        row.setField(19, exchange.promptTokens());
        row.setField(20, exchange.earlierTurns());
        row.setField(21, cues(exchange.cues()));
        row.setField(
                22,
                new GenericArrayData(
                        Arrays.stream(exchange.features())
                                .mapToObj(PromptFingerprinter::format)
                                .map(StringData::fromString)
                                .toArray()));
        return row;
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    /** Null for 0, which stands for "absent". */
    private static StringData hex(long hash) {
        return hash == 0 ? null : text(PromptFingerprinter.format(hash));
    }

    private static GenericArrayData cues(int bits) {
        return new GenericArrayData(
                Arrays.stream(ElicitationCue.values())
                        .filter(cue -> (bits & cue.bit()) != 0)
                        .map(ElicitationCue::name)
                        .map(StringData::fromString)
                        .toArray());
    }
}
