package network.cortensor.portal.prober;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.health.Learning.Learned;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** The evidence as a tick knows it: read once, then kept up with what the tick itself learns. Safe for use by many threads. */
final class Evidence {
    private static final int READS_AT_ONCE = 16;

    private final Learning learning;
    private final InstantSource clock;
    private final Map<TargetId, TargetHealth> known;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    private Evidence(Learning learning, InstantSource clock, Map<TargetId, TargetHealth> known) {
        this.learning = learning;
        this.clock = clock;
        this.known = known;
    }

    /** One query per pool. */
    static Evidence read(TargetList targetList, HealthStore store, InstantSource clock)
            throws HealthUnavailable, InterruptedException {
        Map<TargetId, TargetHealth> known = new ConcurrentHashMap<>();
        List<HealthUnavailable> failures = new ArrayList<>();
        Abreast.map(targetList.pools().entrySet(), READS_AT_ONCE, pool -> {
            try {
                PoolHealth health = new PoolHealth(store.pool(pool.getKey().name()), Optional.empty());
                pool.getValue().forEach(subject -> known.put(subject.target().id(), health.of(subject.target())));
            } catch (HealthUnavailable e) {
                synchronized (failures) {
                    failures.add(e);
                }
            }
            return pool;
        });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return new Evidence(new Learning(store), clock, known);
    }

    TargetHealth of(Target target) {
        return known.getOrDefault(target.id(), TargetHealth.none(target.session()));
    }

    /** What is known afterwards. An observation that cannot be written is lost: the next tick sees again. */
    TargetHealth learn(Target target, Observation seen) {
        try {
            Learned learned = learning.fromProbe(target, of(target), seen, clock.instant());
            switch (learned.outcome()) {
                case WRITTEN -> written.incrementAndGet();
                case NOTHING_NEW -> {}
                case OUTRUN -> lost.incrementAndGet();
            }
            known.put(target.id(), learned.health());
            return learned.health();
        } catch (HealthUnavailable e) {
            lost.incrementAndGet();
            return of(target);
        }
    }

    int written() {
        return written.get();
    }

    int lost() {
        return lost.get();
    }
}
