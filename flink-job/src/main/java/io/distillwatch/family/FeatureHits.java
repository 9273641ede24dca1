package io.distillwatch.family;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Who showed a feature, and in which exchanges: two bounded samples. */
final class FeatureHits {

    /* Accounts up to here are counted exactly; 1 / sqrt(62) = 13 % error above. */
    static final int ACCOUNTS = 64;
    /* Enough to tell a Jaccard similarity of .3 from .05. */
    static final int EXCHANGES = 24;

    final SmallestHashes accounts;
    final SmallestHashes exchanges;

    FeatureHits() {
        this(new SmallestHashes(ACCOUNTS), new SmallestHashes(EXCHANGES));
    }

    private FeatureHits(SmallestHashes accounts, SmallestHashes exchanges) {
        this.accounts = accounts;
        this.exchanges = exchanges;
    }

    void merge(FeatureHits other) {
        accounts.merge(other.accounts);
        exchanges.merge(other.exchanges);
    }

    void write(DataOutputView out) throws IOException {
        accounts.write(out);
        exchanges.write(out);
    }

    static FeatureHits read(DataInputView in) throws IOException {
        return new FeatureHits(
                SmallestHashes.read(ACCOUNTS, in), SmallestHashes.read(EXCHANGES, in));
    }
}
