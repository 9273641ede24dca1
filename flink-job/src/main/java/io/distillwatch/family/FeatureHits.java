package io.distillwatch.family;

import io.distillwatch.serial.Wire;
import java.io.IOException;
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

    private final long account;
    private final long exchange;
    /* Null as long as there is one of each. */
    private SmallestHashes accounts;
    private SmallestHashes exchanges;

    /** One account showed it in one exchange. */
    FeatureHits(long account, long exchange) {
        this.account = account;
        this.exchange = exchange;
    }

    private FeatureHits(SmallestHashes accounts, SmallestHashes exchanges) {
        this(0, 0);
        this.accounts = accounts;
        this.exchanges = exchanges;
    }

    void add(long otherAccount, long otherExchange) {
        if (accounts == null) {
            if (otherAccount == account && otherExchange == exchange) {
                return;
            }
            accounts = sample(ACCOUNTS, account);
            exchanges = sample(EXCHANGES, exchange);
        }
        accounts.add(otherAccount);
        exchanges.add(otherExchange);
    }

    void merge(FeatureHits other) {
        if (other.accounts == null) {
            add(other.account, other.exchange);
            return;
        }
        if (accounts == null) {
            accounts = sample(ACCOUNTS, account);
            exchanges = sample(EXCHANGES, exchange);
        }
        accounts.merge(other.accounts);
        exchanges.merge(other.exchanges);
    }

    boolean ofOneAccount() {
        return accounts == null || accounts.size() == 1;
    }

    /** The account with the smallest hash. */
    long firstAccount() {
        return accounts == null ? account : accounts.get(0);
    }

    /** Number of accounts, an estimate above {@value #ACCOUNTS}. */
    long estimatedAccounts() {
        return accounts == null ? 1 : accounts.estimate();
    }

    /** The sample of exchanges, for good: later hits do not show in it. */
    SmallestHashes exchangesSoFar() {
        SmallestHashes copy = sample(EXCHANGES, exchanges == null ? exchange : exchanges.get(0));
        if (exchanges != null) {
            copy.merge(exchanges);
        }
        return copy;
    }

    private static SmallestHashes sample(int capacity, long first) {
        SmallestHashes sample = new SmallestHashes(capacity);
        sample.add(first);
        return sample;
    }

    void write(DataOutputView out) throws IOException {
        if (accounts == null) {
            Wire.writeVarInt(out, 1);
            out.writeLong(account);
            Wire.writeVarInt(out, 1);
            out.writeLong(exchange);
        } else {
            accounts.write(out);
            exchanges.write(out);
        }
    }

    static FeatureHits read(DataInputView in) throws IOException {
        long[] accounts = Wire.readLongs(in);
        long[] exchanges = Wire.readLongs(in);
        return accounts.length == 1 && exchanges.length == 1
                ? new FeatureHits(accounts[0], exchanges[0])
                : new FeatureHits(
                        SmallestHashes.of(ACCOUNTS, accounts),
                        SmallestHashes.of(EXCHANGES, exchanges));
    }
}
