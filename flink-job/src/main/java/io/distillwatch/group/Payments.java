package io.distillwatch.group;

import io.distillwatch.sketch.KeyCounts;
import java.util.Arrays;

/**
 * Accounts by what pays for them. Accounts of one organisation that share a payment are one
 * customer, which tells nothing.
 */
final class Payments {

    private final KeyCounts accounts;
    /* Of each payment the organisation of its first account, and whether others have another. */
    private long[] organization;
    private boolean[] several;

    /** With room for so many payments; it grows when there are more. */
    Payments(int capacity) {
        accounts = new KeyCounts(capacity);
        organization = new long[capacity];
        several = new boolean[capacity];
    }

    /** Counts an account, by hashes; no organisation is 0. */
    void add(long payment, long ofOrganization) {
        int number = accounts.add(payment);
        if (number == organization.length) {
            organization = Arrays.copyOf(organization, 2 * number);
            several = Arrays.copyOf(several, 2 * number);
        }
        if (accounts.count(number) == 1) {
            organization[number] = ofOrganization;
        } else {
            several[number] |= organization[number] != ofOrganization;
        }
    }

    /** How many accounts share a payment with one that is of no common organisation. */
    int sharing() {
        int sharing = 0;
        for (int i = 0; i < accounts.size(); i++) {
            sharing += isShared(i) ? accounts.count(i) : 0;
        }
        return sharing;
    }

    /** How many payments they share. */
    int shared() {
        int shared = 0;
        for (int i = 0; i < accounts.size(); i++) {
            shared += isShared(i) ? 1 : 0;
        }
        return shared;
    }

    /** How many accounts share a payment other than the two that most share. */
    int furtherSharing() {
        int largest = 0;
        int second = 0;
        for (int i = 0; i < accounts.size(); i++) {
            int own = isShared(i) ? accounts.count(i) : 0;
            second = Math.max(second, Math.min(own, largest));
            largest = Math.max(largest, own);
        }
        return sharing() - largest - second;
    }

    private boolean isShared(int number) {
        boolean ofOne = organization[number] != 0 && !several[number];
        return accounts.count(number) > 1 && !ofOne;
    }
}
