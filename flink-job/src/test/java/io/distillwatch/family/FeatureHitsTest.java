package io.distillwatch.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.distillwatch.testing.Bytes;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureHitsTest {

    /** Two samples side by side are what they would be apart. */
    @Test
    void keepsTheSmallestAccountsAndTheSmallestExchanges() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long[] accounts = random.longs(1 + random.nextInt(90)).toArray();
            long[] exchanges = random.longs(1 + random.nextInt(40)).toArray();
            FeatureHits hits = new FeatureHits(accounts[0], exchanges[0]);
            SmallestHashes ofAccounts = new SmallestHashes(FeatureHits.ACCOUNTS);
            SmallestHashes ofExchanges = new SmallestHashes(FeatureHits.EXCHANGES);
            ofAccounts.add(accounts[0]);
            ofExchanges.add(exchanges[0]);
            for (int i = 0; i < 200; i++) {
                long account = accounts[random.nextInt(accounts.length)];
                long exchange = exchanges[random.nextInt(exchanges.length)];
                hits.add(account, exchange);
                ofAccounts.add(account);
                ofExchanges.add(exchange);
                if (i % 20 == 0) {
                    hits = FeatureHits.read(Bytes.reader(Bytes.of(hits::write)));
                }

                assertThat(hits.estimatedAccounts()).isEqualTo(ofAccounts.estimate());
                assertThat(hits.ofOneAccount()).isEqualTo(ofAccounts.size() == 1);
                assertThat(hits.firstAccount()).isEqualTo(ofAccounts.get(0));
                assertThat(Bytes.of(hits.exchangesSoFar()::write))
                        .isEqualTo(Bytes.of(ofExchanges::write));
            }
        }
    }

    @Test
    void mergingIsAsIfAllHadComeToOne() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            long[] accounts = random.longs(1 + random.nextInt(150)).toArray();
            int count = 1 + random.nextInt(150);
            FeatureHits whole = null;
            FeatureHits[] parts = new FeatureHits[3];
            for (int i = 0; i < count; i++) {
                long account = accounts[random.nextInt(accounts.length)];
                long exchange = random.nextInt(100);
                whole = with(whole, account, exchange);
                int part = random.nextInt(parts.length);
                parts[part] = with(parts[part], account, exchange);
            }
            FeatureHits merged = null;
            for (FeatureHits part : parts) {
                if (merged == null) {
                    merged = part;
                } else if (part != null) {
                    merged.merge(part);
                }
            }

            assertThat(Bytes.of(merged::write)).isEqualTo(Bytes.of(whole::write));
        }
    }

    @Test
    void takesManyHitsOfTheOneThatItHas() {
        FeatureHits one = new FeatureHits(1, 2);
        FeatureHits many = new FeatureHits(1, 2);
        many.add(3, 4);
        one.merge(many);

        assertThat(Bytes.of(one::write)).isEqualTo(Bytes.of(many::write));
    }

    @Test
    void whatWasSaidStaysAsItWas() {
        FeatureHits hits = new FeatureHits(1, 20);
        SmallestHashes said = hits.exchangesSoFar();
        hits.add(2, 10);
        SmallestHashes later = hits.exchangesSoFar();
        hits.add(3, 5);

        assertThat(said.size()).isEqualTo(1);
        assertThat(said.get(0)).isEqualTo(20);
        assertThat(later.size()).isEqualTo(2);
        assertThat(later.get(0)).isEqualTo(10);
    }

    private static FeatureHits with(FeatureHits hits, long account, long exchange) {
        if (hits == null) {
            return new FeatureHits(account, exchange);
        }
        hits.add(account, exchange);
        return hits;
    }
}
