package io.distillwatch.group;

import io.distillwatch.exchange.AccountPane;
import io.distillwatch.exchange.Exchange;
import io.distillwatch.family.Cohort;
import io.distillwatch.fingerprint.FeatureSampler;
import io.distillwatch.fingerprint.PromptFingerprinter;
import io.distillwatch.metrics.Hashes;
import io.distillwatch.pane.PaneFunction;
import io.distillwatch.policy.DetectionPolicy;
import io.distillwatch.serial.ListCodec;
import io.distillwatch.serial.RecordCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keyed by account: gives each exchange to the family whose features it shows most of, by the
 * catalog as of the end of the pane. A frame goes before all others: the form is the operator's,
 * what is said in it may be anybody's. Where no family takes an exchange and its account works as
 * machines do, its {@linkplain Cohort cohorts} do. What the policy allows is left out here, so
 * nothing behind ever looks at it.
 *
 * <p>Of a family with more accounts than a group follows, only a consistent sample of its accounts
 * is passed on, so a popular app costs its group no more than any other.
 */
public final class FamilyAssigner
        extends PaneFunction<
                String, AccountPane, List<AccountPane>, NoState, Guidance, GroupActivity> {

    /* From this many features on, one could be a turn of phrase: a prompt must show two. */
    private static final int MANY_FEATURES = 4;

    /* A family with more than so many times a cohort's accounts is a crowd that one hides in. */
    private static final int CROWD = 8;

    private final int maxAccounts;

    private transient KnownFamilies known;
    /* Of the exchange at hand: its families, and how many of its features each has. */
    private transient KnownFamilies.Family[] families;
    private transient int[] counts;
    private transient DetectionPolicy policy;
    private transient Set<String> allowedAccounts;
    private transient Set<String> allowedOrganizations;
    private transient Set<String> allowedPrefixes;
    private transient Set<String> allowedFamilies;
    private transient Set<String> allowedClients;

    public FamilyAssigner(int maxAccounts) {
        this.maxAccounts = maxAccounts;
    }

    private KnownFamilies known() {
        if (known == null) {
            known = new KnownFamilies();
            families = new KnownFamilies.Family[0];
            counts = new int[0];
            apply(DetectionPolicy.defaults());
        }
        return known;
    }

    @Override
    protected long guidanceTime(Guidance guidance) {
        return guidance.time();
    }

    @Override
    protected void onGuidance(Guidance guidance) {
        known();
        if (guidance.policy() != null) {
            apply(guidance.policy());
        } else if (guidance.catalog() != null) {
            known.apply(guidance.catalog());
        }
    }

    private void apply(DetectionPolicy newPolicy) {
        policy = newPolicy;
        allowedAccounts = new HashSet<>(newPolicy.allow().accounts());
        allowedOrganizations = new HashSet<>(newPolicy.allow().organizations());
        allowedPrefixes = new HashSet<>(newPolicy.allow().prefixes());
        allowedFamilies = new HashSet<>(newPolicy.allow().families());
        allowedClients = new HashSet<>(newPolicy.allow().clients());
    }

    @Override
    protected Collection<Guidance> guidance() {
        List<Guidance> all = new ArrayList<>();
        known().forEach(update -> all.add(Guidance.of(update)));
        all.add(Guidance.of(policy));
        return all;
    }

    @Override
    protected RecordCodec<Guidance> guidanceCodec() {
        return new Guidance.Codec();
    }

    @Override
    protected long paneEnd(AccountPane input) {
        return input.paneEnd();
    }

    @Override
    protected List<AccountPane> newPane(String account) {
        return new ArrayList<>(1);
    }

    @Override
    protected void add(List<AccountPane> pane, AccountPane input) {
        pane.add(input);
    }

    @Override
    protected NoState newState(String account) {
        return NoState.NONE;
    }

    @Override
    protected void closePane(
            String account,
            long paneEnd,
            List<AccountPane> panes,
            Context<NoState, GroupActivity> context) {
        known();
        if (allowedAccounts.contains(account)) {
            return;
        }
        long accountHash = Hashes.of(account);
        for (AccountPane pane : panes) {
            TreeMap<Long, List<Exchange>> groups = new TreeMap<>();
            for (Exchange exchange : pane.exchanges()) {
                if (!allowed(exchange)) {
                    long family = family(exchange);
                    if (family != 0) {
                        add(groups, family, exchange);
                    }
                    if (pane.steady()) {
                        addCohort(groups, Cohort.client(exchange), family, exchange);
                        addCohort(groups, Cohort.payment(exchange), family, exchange);
                    }
                }
            }
            groups.forEach(
                    (group, exchanges) -> {
                        if (inSample(group, accountHash)) {
                            context.emit(
                                    new GroupActivity(
                                            group,
                                            new AccountPane(
                                                    account,
                                                    paneEnd,
                                                    pane.knownSince(),
                                                    pane.recentExchanges(),
                                                    Cohort.isCohort(group)
                                                            ? pane.hours()
                                                            : AccountPane.NO_HOURS,
                                                    exchanges)));
                        }
                    });
        }
    }

    /**
     * An exchange without a family is looked at with its cohort; one in the family of a crowd, with
     * its cohort within that crowd, since there its family says no more than none.
     */
    private void addCohort(
            TreeMap<Long, List<Exchange>> groups, long cohort, long family, Exchange exchange) {
        KnownFamilies.Feature feature = known.feature(cohort);
        if (feature == null) {
            return;
        }
        if (family == 0) {
            add(groups, cohort, exchange);
        } else if (accounts(family) > CROWD * feature.accounts()) {
            add(groups, Cohort.within(cohort, family), exchange);
        }
    }

    private static void add(TreeMap<Long, List<Exchange>> groups, long group, Exchange exchange) {
        groups.computeIfAbsent(group, id -> new ArrayList<>(2)).add(exchange);
    }

    @Override
    protected void onTimer(String key, long time, Context<NoState, GroupActivity> context) {
        throw new IllegalStateException("no timer is ever set");
    }

    private boolean allowed(Exchange exchange) {
        return (exchange.organizationId() != null
                        && allowedOrganizations.contains(exchange.organizationId()))
                || allowedPrefixes.contains(exchange.prefix())
                || (!allowedClients.isEmpty()
                        && allowedClients.contains(
                                PromptFingerprinter.format(exchange.clientHash())))
                || (!allowedFamilies.isEmpty()
                        && allowedFamilies.contains(
                                PromptFingerprinter.format(exchange.familyHash())));
    }

    /** The family that the exchange shows most features of, the smaller id on a tie; 0 for none. */
    private long family(Exchange exchange) {
        // A dozen features at most of as many families: two short lists beat a map.
        long[] features = exchange.features();
        if (features.length > families.length) {
            families = new KnownFamilies.Family[features.length];
            counts = new int[features.length];
        }
        int size = 0;
        for (long feature : features) {
            KnownFamilies.Feature shown = known.feature(feature);
            if (shown == null) {
                continue;
            }
            if (FeatureSampler.isFrame(feature)) {
                return unlessAllowed(shown.family().id());
            }
            int at = 0;
            while (at < size && families[at] != shown.family()) {
                at++;
            }
            if (at == size) {
                families[at] = shown.family();
                counts[at] = 0;
                size++;
            }
            counts[at]++;
        }
        long best = 0;
        int most = 0;
        for (int i = 0; i < size; i++) {
            KnownFamilies.Family family = families[i];
            int count = counts[i];
            boolean enough = count >= 2 || family.features() < MANY_FEATURES;
            if (enough && (count > most || (count == most && family.id() < best))) {
                best = family.id();
                most = count;
            }
        }
        return unlessAllowed(best);
    }

    private long unlessAllowed(long family) {
        // Formatting costs more than all the rest: only where the policy allows any.
        boolean allowed =
                !allowedFamilies.isEmpty()
                        && allowedFamilies.contains(PromptFingerprinter.format(family));
        return allowed ? 0 : family;
    }

    private long accounts(long family) {
        KnownFamilies.Family of = known.family(family);
        return of == null ? 0 : of.accounts();
    }

    private boolean inSample(long group, long accountHash) {
        long accounts = accounts(group);
        if (accounts <= 2L * maxAccounts) {
            return true;
        }
        // A power of two, so that the sample only ever shrinks.
        long keepOneIn = Long.highestOneBit(accounts / maxAccounts);
        return Long.remainderUnsigned(accountHash, keepOneIn) == 0;
    }

    @Override
    protected RecordCodec<List<AccountPane>> paneCodec() {
        return new ListCodec<>(new AccountPane.Codec());
    }

    @Override
    protected RecordCodec<NoState> stateCodec() {
        return new NoState.Codec();
    }
}
