package io.distillwatch.sql.function;

import io.distillwatch.fingerprint.PromptFingerprint;
import io.distillwatch.settings.DetectionSettings;
import org.apache.flink.table.functions.UserDefinedFunction;

/**
 * {@code PROMPT_FAMILY(prompt [, secret])}: a keyed hash of the leading words, which the prompts of
 * one template share.
 */
public final class PromptFamilyFunction extends PromptHash {

    /** With the default secret. */
    public PromptFamilyFunction() {
        this(defaultSecret());
    }

    private PromptFamilyFunction(String secret) {
        super("PROMPT_FAMILY", secret);
    }

    @Override
    public UserDefinedFunction with(DetectionSettings.Intake settings) {
        return new PromptFamilyFunction(settings.fingerprintSecret());
    }

    @Override
    long choose(PromptFingerprint fingerprint) {
        return fingerprint.familyHash();
    }
}
