package io.distillwatch.workbench.simulate;

import io.distillwatch.workbench.simulate.text.JsonBytes;
import java.util.ArrayList;
import java.util.List;

/** Accounts that belong together in the truth of a run, and what they have sent so far. */
final class Group {

    /** What a group is, in the truth. */
    enum Role {
        /** Ordinary people: not listed one by one. */
        ORDINARY,
        /** Looks like a campaign and is none. */
        LOOK_ALIKE,
        CAMPAIGN
    }

    final String name;
    final String kind;
    final Role role;
    long exchanges;

    /** Event times of the first and the last exchange, epoch milliseconds. */
    long first = Long.MAX_VALUE;

    long last = Long.MIN_VALUE;
    private final List<Long> accounts = new ArrayList<>();
    private int activeAccounts;

    Group(String name, String kind, Role role) {
        this.name = name;
        this.kind = kind;
        this.role = role;
    }

    void sent(Profile who, long time) {
        exchanges++;
        first = Math.min(first, time);
        last = Math.max(last, time);
        if (!who.active) {
            who.active = true;
            activeAccounts++;
            if (role != Role.ORDINARY) {
                accounts.add(who.account);
            }
        }
    }

    int activeAccounts() {
        return activeAccounts;
    }

    /** Identifiers of the accounts that have sent something, as they stand in the log, sorted. */
    List<String> accountIds() {
        return accounts.stream().map(Group::id).sorted().toList();
    }

    private static String id(long account) {
        JsonBytes out = new JsonBytes(20);
        ExchangeWriter.account(account, out);
        return out.toString();
    }
}
