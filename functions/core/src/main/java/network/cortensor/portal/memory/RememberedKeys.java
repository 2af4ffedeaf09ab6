package network.cortensor.portal.memory;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.IssuedKeys;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.memory.KeySource.Row;
import network.cortensor.portal.memory.Remembered.Read;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Pending;

/**
 * Finds keys and their plans: one read for the key and one for its plan, at most every 5 s each, side by side where the key's plan is known from last time.
 *
 * <p>Nothing is used longer than 5 s from the moment its reading began, not even while the store fails: so a revocation that the store has confirmed holds
 * for every request that comes more than 5 s later, whatever happens. What is older tells what to read, and nothing else.
 *
 * <p>Wrong keys are remembered likewise, so that many requests with one of them cost one read; of made-up ones, a thousand at most.
 */
public final class RememberedKeys implements IssuedKeys {
    private static final KeepTimes NO_LONGER = KeepTimes.noLongerThan(Catalog.FRESH);

    private final KeySource source;
    private final ProblemReports reports;
    private final InstantSource clock;
    private final SideBySide beside;
    private final Remembered<Row<IssuedKey>> keys;
    private final Remembered<Row<Plan>> plans;

    public RememberedKeys(KeySource source, ProblemReports reports, InstantSource clock) {
        this(source, reports, clock, SideBySide.VIRTUAL_THREADS);
    }

    /** @param beside runs the reads of one request */
    public RememberedKeys(KeySource source, ProblemReports reports, InstantSource clock, SideBySide beside) {
        this.source = source;
        this.reports = reports;
        this.clock = clock;
        this.beside = beside;
        Outage outage = new Outage();
        this.keys = new Remembered<>(clock, Row.Absent.class::isInstance, outage, NO_LONGER);
        this.plans = new Remembered<>(clock, Row.Absent.class::isInstance, outage, NO_LONGER);
    }

    @Override
    public KeyVerdict find(KeyHash hash) {
        try (ExpectedPlan plan = expectedPlan(hash)) {
            return switch (key(hash).value()) {
                case Row.Absent<IssuedKey> _ -> new KeyVerdict.Unknown();
                case Row.Broken<IssuedKey> _ -> new KeyVerdict.Unavailable();
                case Row.Good<IssuedKey>(IssuedKey key) -> verdict(key, plan);
            };
        } catch (Unreadable e) {
            return new KeyVerdict.Unavailable();
        }
    }

    @Override
    public Expectation expected(KeyHash hash) {
        Optional<Row<IssuedKey>> last = keys.last(hash.hex());
        if (last.isPresent()
                && last.get() instanceof Row.Good<IssuedKey>(IssuedKey key)
                && key.goodAt(clock.instant())) {
            return new Expectation.Good(key);
        }
        return keys.fresh(hash.hex()).isPresent() ? new Expectation.Bad() : new Expectation.Nothing();
    }

    @Override
    public Expectation readWithoutPlan(KeyHash hash) {
        try {
            return switch (key(hash).value()) {
                case Row.Absent<IssuedKey> _ -> new Expectation.Bad();
                case Row.Broken<IssuedKey> _ -> new Expectation.Unreadable();
                case Row.Good<IssuedKey>(IssuedKey key) ->
                    key.goodAt(clock.instant()) ? new Expectation.Good(key) : new Expectation.Bad();
            };
        } catch (Unreadable e) {
            return new Expectation.Unreadable();
        }
    }

    /** How many keys it knows something about, good and wrong ones. */
    public int remembered() {
        return keys.size();
    }

    private Read<Row<IssuedKey>> key(KeyHash hash) throws Unreadable {
        return keys.get(hash.hex(), () -> source.key(hash));
    }

    private Read<Row<Plan>> plan(String name) throws Unreadable {
        return plans.get(name, () -> source.plan(name));
    }

    private KeyVerdict verdict(IssuedKey key, ExpectedPlan expected) throws Unreadable {
        if (!key.goodAt(clock.instant())) {
            return new KeyVerdict.Unknown();
        }
        Optional<Pending<Read<Row<Plan>>, Unreadable>> begun = expected.named(key.plan());
        Read<Row<Plan>> read = begun.isPresent() ? begun.get().await() : plan(key.plan());
        return switch (read.value()) {
            case Row.Absent<Plan> _ -> {
                reports.report(List.of(Problem.dangling("key " + key.keyId(), KeyItems.PLAN, key.plan())));
                yield new KeyVerdict.Unavailable();
            }
            case Row.Broken<Plan> _ -> new KeyVerdict.Unavailable();
            case Row.Good<Plan>(Plan plan) -> new KeyVerdict.Known(key.customer(plan));
        };
    }

    /** Begins to read the plan that the key had last time, if both have to be read. */
    private ExpectedPlan expectedPlan(KeyHash hash) {
        boolean readsKey = keys.fresh(hash.hex()).isEmpty();
        return readsKey
                        && expected(hash) instanceof Expectation.Good(IssuedKey last)
                        && plans.fresh(last.plan()).isEmpty()
                ? new ExpectedPlan(Map.of(last.plan(), beside.begin(() -> plan(last.plan()))))
                : new ExpectedPlan(Map.of());
    }

    /**
     * The plan that is read beside its key, by its name.
     *
     * @param pending none or one
     */
    private record ExpectedPlan(Map<String, Pending<Read<Row<Plan>>, Unreadable>> pending) implements AutoCloseable {
        Optional<Pending<Read<Row<Plan>>, Unreadable>> named(String plan) {
            return Optional.ofNullable(pending.get(plan));
        }

        /** Waits for what nobody has waited for. */
        @Override
        public void close() {
            pending.values().forEach(SideBySide::end);
        }
    }
}
