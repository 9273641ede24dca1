package io.distillwatch.workbench.evaluate;

import io.distillwatch.evidence.Signal;
import io.distillwatch.policy.DetectionPolicy;
import java.util.Map;

/**
 * In what a run differs from the plain one: nothing, the traffic, or the detector.
 *
 * @param audit what is taken out of the traffic; {@code null} for nothing
 * @param without the signal that does not count; {@code null} for none
 */
record Variant(Audit audit, Signal without) {

    static final Variant PLAIN = new Variant(null, null);

    /** The name of a row of the table. */
    String row(String scenario) {
        if (audit != null) {
            return scenario + " / " + audit;
        }
        return without == null ? scenario : scenario + " / without " + without.signalName();
    }

    DetectionPolicy policy() {
        return without == null
                ? DetectionPolicy.defaults()
                : new DetectionPolicy(
                        "without-" + without.signalName(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(without.signalName(), 0.0),
                        null,
                        null);
    }
}
