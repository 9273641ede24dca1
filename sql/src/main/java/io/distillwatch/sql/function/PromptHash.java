package io.distillwatch.sql.function;

import io.distillwatch.fingerprint.PromptFingerprint;
import io.distillwatch.fingerprint.PromptFingerprinter;
import io.distillwatch.settings.DetectionSettings;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;

/** One of the hashes that the job makes of a prompt, written as the job writes it. */
abstract class PromptHash extends ScalarFunction implements SettingsFunctionFactory.WithSettings {

    private final String name;
    private final String secret;
    private transient PromptFingerprinter fingerprinter;
    private transient PromptFingerprinter other;
    private transient String otherSecret;

    PromptHash(String name, String secret) {
        this.name = name;
        this.secret = secret;
    }

    static String defaultSecret() {
        return DetectionSettings.defaults().intake().fingerprintSecret();
    }

    @Override
    public void open(FunctionContext context) {
        fingerprinter = new PromptFingerprinter(secret);
    }

    /** Null for null and for text without a word in it. */
    public String eval(String prompt) {
        return prompt == null || prompt.isBlank() ? null : hash(fingerprinter, prompt);
    }

    /** The same under another secret than the job's; null for null. */
    public String eval(String prompt, String otherJobsSecret) {
        if (prompt == null || prompt.isBlank() || otherJobsSecret == null) {
            return null;
        }
        if (!otherJobsSecret.equals(otherSecret)) {
            if (otherJobsSecret.isEmpty()) {
                throw Arguments.refusal(name, "secret", "is empty");
            }
            other = new PromptFingerprinter(otherJobsSecret);
            otherSecret = otherJobsSecret;
        }
        return hash(other, prompt);
    }

    private String hash(PromptFingerprinter with, String prompt) {
        return PromptFingerprinter.format(choose(with.fingerprint(prompt, null, null)));
    }

    abstract long choose(PromptFingerprint fingerprint);
}
