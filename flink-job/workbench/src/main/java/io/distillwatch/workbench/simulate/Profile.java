package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.Seeds;

/**
 * One account, as the provider's log shows it. Identifiers are 64-bit numbers that are written out
 * as short text; 0 means that the field is absent.
 */
final class Profile {

    final long account;

    /** Epoch milliseconds. */
    long createdAt;

    long organization;
    long payment;

    /** Networks it is seen in; the first is the usual one. */
    int[] networks = {};

    int[] clients = {};

    /** Milliseconds that local time is ahead of UTC. */
    int zone;

    int language;

    /** Number of the model used before the release, see {@link Models}. */
    int model;

    /** When it changes to the new model; {@link Long#MAX_VALUE} for never. */
    long adoptsAt = Long.MAX_VALUE;

    /** Log records carry whole conversations instead of the last message. */
    boolean wholeConversations;

    /** Nothing is sent from here on: banned or left. */
    long retiredAt = Long.MAX_VALUE;

    /** Each exchange comes from any of the networks: a rotating proxy. */
    boolean rotating;

    /** Has sent at least one exchange. */
    boolean active;

    Profile(long seed, String group, long number) {
        account = (Seeds.mix(Seeds.of(seed, group), number) & 0xFFFFFFFFFFFFFFL) | (1L << 58);
    }
}
