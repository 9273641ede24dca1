package io.distillwatch.family;

import io.distillwatch.serial.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Who showed a feature, and in which exchanges: two bounded samples. Most features are shown by one
 * account in one exchange and never again: as long as that is so, two numbers are all there is.
 */
final class FeatureHits {

    /* Accounts up to here are counted exactly; 1 / sqrt(62) = 13 % error above. */
    static final int ACCOUNTS = 64;
    /* Enough to tell a Jaccard similarity of .3 from .05. */
    static final int EXCHANGES = 24;

    /* As long as there is one of each. */
    private final long account;
    private final long exchange;
    /* Null so long. Then the accounts and behind them the exchanges, both ascending without sign:
     * side by side, since to fetch what lies elsewhere in memory is most of what it costs. */
    private long[] hashes;
    private byte accounts;
    private byte exchanges;

    /** One account showed it in one exchange. */
    FeatureHits(long account, long exchange) {
        this.account = account;
        this.exchange = exchange;
    }

    private FeatureHits(long[] accounts, long[] exchanges) {
        this(accounts[0], exchanges[0]);
        if (accounts.length + exchanges.length > 2) {
            hashes = Arrays.copyOf(accounts, accounts.length + exchanges.length);
            System.arraycopy(exchanges, 0, hashes, accounts.length, exchanges.length);
            this.accounts = (byte) accounts.length;
            this.exchanges = (byte) exchanges.length;
        }
    }

    void add(long otherAccount, long otherExchange) {
        if (hashes == null && otherAccount == account && otherExchange == exchange) {
            return;
        }
        widen();
        addAccount(otherAccount);
        addExchange(otherExchange);
    }

    void merge(FeatureHits other) {
        if (other.hashes == null) {
            add(other.account, other.exchange);
            return;
        }
        widen();
        for (int i = 0; i < other.accounts; i++) {
            addAccount(other.hashes[i]);
        }
        for (int i = other.accounts; i < other.accounts + other.exchanges; i++) {
            addExchange(other.hashes[i]);
        }
    }

    private void widen() {
        if (hashes == null) {
            hashes = new long[] {account, exchange, 0, 0};
            accounts = 1;
            exchanges = 1;
        }
    }

    private void addAccount(long hash) {
        accounts += put(hash, 0, accounts, ACCOUNTS) ? 1 : 0;
    }

    private void addExchange(long hash) {
        exchanges += put(hash, accounts, accounts + exchanges, EXCHANGES) ? 1 : 0;
    }

    /** Puts a hash into the sample between two places if it belongs there; whether that grows. */
    private boolean put(long hash, int from, int to, int capacity) {
        int at = SmallestHashes.newPlace(hashes, from, to, capacity, hash);
        if (at < 0) {
            return false;
        }
        if (to - from == capacity) {
            SmallestHashes.replaceLast(hashes, at, to, hash);
            return false;
        }
        int size = accounts + exchanges;
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.min(ACCOUNTS + EXCHANGES, 2 * size));
        }
        System.arraycopy(hashes, at, hashes, at + 1, size - at);
        hashes[at] = hash;
        return true;
    }

    boolean ofOneAccount() {
        return accounts <= 1;
    }

    /** The account with the smallest hash. */
    long firstAccount() {
        return hashes == null ? account : hashes[0];
    }

    /** Number of accounts, an estimate above {@value #ACCOUNTS}. */
    long estimatedAccounts() {
        return hashes == null
                ? 1
                : SmallestHashes.estimate(accounts, ACCOUNTS, hashes[accounts - 1]);
    }

    /** The sample of exchanges, for good: later hits do not show in it. */
    SmallestHashes exchangesSoFar() {
        long[] sample =
                hashes == null
                        ? new long[] {exchange}
                        : Arrays.copyOfRange(hashes, accounts, accounts + exchanges);
        return SmallestHashes.of(EXCHANGES, sample);
    }

    void write(DataOutputView out) throws IOException {
        write(0, hashes == null ? 1 : accounts, account, out);
        write(accounts, hashes == null ? 1 : exchanges, exchange, out);
    }

    private void write(int from, int size, long only, DataOutputView out) throws IOException {
        Wire.writeVarInt(out, size);
        for (int i = from; i < from + size; i++) {
            out.writeLong(hashes == null ? only : hashes[i]);
        }
    }

    static FeatureHits read(DataInputView in) throws IOException {
        return new FeatureHits(Wire.readLongs(in), Wire.readLongs(in));
    }
}
