package io.distillwatch.settings;

import org.apache.flink.configuration.GlobalConfiguration;

/** Keeps the values of secret options out of messages. */
final class SecretKeys {

    private SecretKeys() {}

    /** The value, or stars where the key is a secret's by Flink's own rule. */
    static String shown(String key, String value) {
        return GlobalConfiguration.isSensitive(key) && !key.endsWith("-file") ? "******" : value;
    }
}
