package io.distillwatch.exchange;

import io.distillwatch.serial.RecordCodec;
import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What one account did in one pane, duplicates removed, with where the account stands.
 *
 * @param accountId the account
 * @param paneEnd end of the pane, exclusive, epoch milliseconds
 * @param knownSince event time of the account's first exchange as far as the job remembers
 * @param recentExchanges exchanges of the account within the last 24 hours of the clock
 * @param hours of an account whose last day is spread over the hours as by a machine, its exchanges
 *     in each hour up to the pane's, that one last, from its first hour on, 24 at most; else empty
 * @param exchanges the pane's exchanges by event time, then id; at least one
 */
public record AccountPane(
        String accountId,
        long paneEnd,
        long knownSince,
        long recentExchanges,
        byte[] hours,
        List<Exchange> exchanges) {

    /** Of an account that does not work as a machine does. */
    public static final byte[] NO_HOURS = {};

    /** Whether the account works as a machine does. */
    public boolean steady() {
        return hours.length > 0;
    }

    /** Bytes of an {@link AccountPane}; the account is written once. */
    public static final class Codec implements RecordCodec<AccountPane> {

        private static final long[] NONE = {};

        private final boolean features;

        public Codec() {
            this(true);
        }

        /**
         * @param features whether the exchanges keep them: they are a third of the bytes, and once
         *     an exchange has its group they have done what they are for
         */
        public Codec(boolean features) {
            this.features = features;
        }

        @Override
        public void write(AccountPane pane, DataOutputView out) throws IOException {
            Wire.writeText(out, pane.accountId);
            out.writeLong(pane.paneEnd);
            out.writeLong(pane.knownSince);
            Wire.writeVarLong(out, pane.recentExchanges);
            out.writeByte(pane.hours.length);
            out.write(pane.hours);
            Wire.writeVarInt(out, pane.exchanges.size());
            for (Exchange exchange : pane.exchanges) {
                ExchangeCodec.writeBody(exchange, features ? exchange.features() : NONE, out);
            }
        }

        @Override
        public AccountPane read(DataInputView in) throws IOException {
            String accountId = Wire.readText(in);
            long paneEnd = in.readLong();
            long knownSince = in.readLong();
            long recent = Wire.readVarLong(in);
            byte[] hours = readHours(in);
            int size = Wire.readVarInt(in);
            List<Exchange> exchanges = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                exchanges.add(ExchangeCodec.readBody(accountId, in));
            }
            return new AccountPane(accountId, paneEnd, knownSince, recent, hours, exchanges);
        }

        private static byte[] readHours(DataInputView in) throws IOException {
            int size = in.readByte();
            if (size == 0) {
                return NO_HOURS;
            }
            byte[] hours = new byte[size];
            in.readFully(hours);
            return hours;
        }
    }
}
