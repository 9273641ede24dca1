package io.distillwatch.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * Infrastructure: payments, clients and networks that the accounts of a group share more than
 * random accounts do. Address links count only when there are several networks: everybody behind
 * one prefix is a company, a campus or a carrier.
 */
final class InfrastructureSpread implements Statistic {

    @Override
    public List<Evidence> measure(GroupStatistics group, Baseline ordinary) {
        GroupStatistics.Infrastructure own = group.infrastructure();
        List<Evidence> found = new ArrayList<>();
        if (own.withPayment() >= 8) {
            double value = sharingPayment(group);
            double expected =
                    Math.max(0.01, ordinary.median(0.03, InfrastructureSpread::sharingPayment));
            double score = (value - 3 * expected) / 0.3;
            found.add(Evidence.of(Signal.SHARED_PAYMENT, value, expected, score));
        }
        if (own.withClient() >= 8) {
            double expected =
                    Math.max(0.03, ordinary.median(0.15, o -> o.infrastructure().clientSimpson()));
            double value = own.clientSimpson();
            double score = Math.log(value / expected) / Math.log(6);
            found.add(Evidence.of(Signal.CLIENT_CONCENTRATION, value, expected, score));
        }
        if (own.crowdedPrefixes() >= 3) {
            double expected =
                    Math.max(1e-4, ordinary.median(2e-3, o -> o.infrastructure().prefixPairs()));
            double value = own.prefixPairs();
            double score = value < 5e-3 ? 0 : Math.log(value / expected) / Math.log(20);
            found.add(Evidence.of(Signal.PREFIX_CONCENTRATION, value, expected, score));
        }
        if (own.rotating() >= 8) {
            double expected =
                    Math.max(
                            0.1,
                            ordinary.median(0.3, o -> o.infrastructure().prefixesPerExchange()));
            double value = own.prefixesPerExchange();
            double score = (value - 1.3 * expected) / (0.9 - 1.3 * expected);
            found.add(
                    Evidence.of(
                            Signal.PREFIX_ROTATION, value, expected, expected > 0.6 ? 0 : score));
        }
        return found;
    }

    private static double sharingPayment(GroupStatistics group) {
        GroupStatistics.Infrastructure infrastructure = group.infrastructure();
        return infrastructure.withPayment() == 0
                ? Double.NaN
                : (double) infrastructure.sharingPayment() / infrastructure.withPayment();
    }
}
