package network.cortensor.portal.inference;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.inference.OrderNetwork.Answer;
import network.cortensor.portal.inference.OrderNetwork.Failing;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.memory.CatalogSource;
import network.cortensor.portal.memory.KeySource;
import network.cortensor.portal.memory.Unreadable;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.SlotsThrottled;
import network.cortensor.portal.slots.SlotsUnavailable;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.CountersWrite;
import network.cortensor.portal.usage.Entry;
import network.cortensor.portal.usage.Exit;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageTable;
import network.cortensor.portal.usage.UsageUnavailable;

/** All tables as one worker reaches them. */
record OrderTables(OrderWorld world, OrderNetwork network) {
    private static <T, X extends Exception> T value(Answer<T> answer, Function<Failing, X> failure) throws X {
        if (answer.value().isEmpty()) {
            throw failure.apply(answer.failing());
        }
        return answer.value().get();
    }

    private static IllegalStateException why() {
        return new IllegalStateException("the network");
    }

    /** A call that a table of this process's own memory never refuses. */
    private interface Sure<T> {
        T call() throws Exception;
    }

    private <T> Answer<T> through(Sure<T> call) {
        return network.call(() -> {
            try {
                return call.call();
            } catch (Exception e) {
                throw new IllegalStateException("memory always answers", e);
            }
        });
    }

    SlotTable slots(SlotTable far) {
        return new SlotTable() {
            @Override
            public List<Lease> rows(String router) throws SlotsUnavailable {
                return value(through(() -> far.rows(router)), OrderTables::slotsFailure);
            }

            @Override
            public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
                return value(through(() -> far.put(lease, expiredBefore)), OrderTables::slotsFailure);
            }

            @Override
            public void delete(Lease lease) throws SlotsUnavailable {
                value(
                        through(() -> {
                            far.delete(lease);
                            return lease;
                        }),
                        OrderTables::slotsFailure);
            }
        };
    }

    private static SlotsUnavailable slotsFailure(Failing failing) {
        return failing == Failing.THROTTLED ? new SlotsThrottled(why()) : new SlotsUnavailable(why());
    }

    UsageTable usage(UsageTable far) {
        return new UsageTable() {
            @Override
            public Counters counters(String customer) throws UsageUnavailable {
                return usage(() -> far.counters(customer));
            }

            @Override
            public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
                return usage(() -> far.enter(seen, entry));
            }

            @Override
            public CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable {
                return usage(() -> far.leave(seen, exit));
            }

            @Override
            public CountersWrite countRefused(Counters seen, String keyId) throws UsageUnavailable {
                return usage(() -> far.countRefused(seen, keyId));
            }

            @Override
            public CountersWrite roll(Counters seen, Counters next) throws UsageUnavailable {
                return usage(() -> far.roll(seen, next));
            }

            @Override
            public void record(Period.Sum sum) throws UsageUnavailable {
                usage(() -> {
                    far.record(sum);
                    return sum;
                });
            }

            @Override
            public void open(UsageEvent event) throws UsageUnavailable {
                usage(() -> {
                    far.open(event);
                    return event;
                });
            }

            @Override
            public UsageEvent settle(UsageEvent event) throws UsageUnavailable {
                return usage(() -> far.settle(event));
            }

            @Override
            public Optional<UsageEvent> close(String keyId, RequestId request) throws UsageUnavailable {
                return usage(() -> far.close(keyId, request));
            }
        };
    }

    private <T> T usage(Sure<T> call) throws UsageUnavailable {
        return value(through(call), failing -> new UsageUnavailable(why()));
    }

    private <T> T read(Sure<T> call) throws Unreadable {
        return value(through(call), failing -> new Unreadable(why()));
    }

    KeySource keys() {
        return new KeySource() {
            @Override
            public Row<IssuedKey> key(KeyHash hash) throws Unreadable {
                return read(() -> world.key(hash));
            }

            @Override
            public Row<Plan> plan(String name) throws Unreadable {
                return read(() -> new Row.Good<>(OrderWorld.PLAN));
            }
        };
    }

    CatalogSource catalog() {
        return new CatalogSource() {
            @Override
            public Optional<ModelAlias> alias(String name) throws Unreadable {
                return read(() -> world.alias(name));
            }

            @Override
            public List<ModelAlias> aliases() throws Unreadable {
                return read(() -> world.alias(OrderWorld.MODEL).stream().toList());
            }

            @Override
            public Optional<Pool> pool(String name) throws Unreadable {
                return read(() -> world.pool(name));
            }

            @Override
            public List<Target> targets(String pool) throws Unreadable {
                return read(() -> world.targets(pool));
            }
        };
    }

    HealthStore health() {
        return new HealthStore() {
            @Override
            public Map<String, TargetHealth> pool(String pool) throws HealthUnavailable {
                return value(through(Map::of), failing -> new HealthUnavailable(why()));
            }

            @Override
            public Optional<TargetHealth> find(TargetId target) {
                return Optional.empty();
            }

            @Override
            public boolean write(TargetId target, TargetHealth health) {
                return true;
            }

            @Override
            public Optional<Instant> heartbeat() throws HealthUnavailable {
                return value(through(Optional::empty), failing -> new HealthUnavailable(why()));
            }

            @Override
            public void beat(Instant finished) {}
        };
    }
}
