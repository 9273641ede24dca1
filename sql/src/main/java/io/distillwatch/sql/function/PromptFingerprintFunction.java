package io.distillwatch.sql.function;

import io.distillwatch.fingerprint.PromptFingerprint;
import io.distillwatch.settings.DetectionSettings;
import org.apache.flink.table.functions.UserDefinedFunction;

/**
 * {@code PROMPT_FINGERPRINT(prompt [, secret])}: a keyed hash of the whole prompt, but for case and
 * punctuation.
 */
public final class PromptFingerprintFunction extends PromptHash {

    /** With the default secret. */
    public PromptFingerprintFunction() {
        this(defaultSecret());
    }

    private PromptFingerprintFunction(String secret) {
        super("PROMPT_FINGERPRINT", secret);
    }

    @Override
    public UserDefinedFunction with(DetectionSettings.Intake settings) {
        return new PromptFingerprintFunction(settings.fingerprintSecret());
    }

    @Override
    long choose(PromptFingerprint fingerprint) {
        return fingerprint.promptHash();
    }
}
