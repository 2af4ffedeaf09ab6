package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.health.Learning.Learned;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.TrafficRule;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Pending;

/**
 * Adds what customers' requests have shown of a target to the evidence in TargetHealth, which the prober adds to as well. Each observation is written by a thread
 * of its own, so that neither a customer nor the next attempt waits for the table. An observation that cannot be written is lost. Safe for use by many
 * threads.
 *
 * <p>This worker does not write a success that comes within 30 s of one that it has written, unless it has seen a failure of that target between them ({@link
 * TrafficRule}). So a busy target costs each worker at most two writes of success a minute, however many requests it serves. The price: where only other workers saw
 * the target fail meanwhile, their run of failures ends up to 30 s later than it could.
 */
public final class HealthWitness implements Witness {
    private final Learning learning;
    private final InstantSource clock;
    private final SideBySide beside;
    private final Queue<Pending<Boolean, HealthUnavailable>> running = new ConcurrentLinkedQueue<>();
    private final Map<Place, Instant> written = new ConcurrentHashMap<>();

    /** With more entries than this, all are forgotten, so that deleted targets do not stay in memory for ever. The next success of each target is then written. */
    private static final int MANY = 10_000;

    /** What evidence is about: a target, as long as it has its session. */
    private record Place(TargetId target, Session session) {
        static Place of(Target target) {
            return new Place(target.id(), target.session());
        }
    }

    public HealthWitness(Learning learning, InstantSource clock, SideBySide beside) {
        this.learning = learning;
        this.clock = clock;
        this.beside = beside;
    }

    @Override
    public void worked(Target target, Optional<Duration> firstToken) {
        Instant last = written.get(Place.of(target));
        if (last != null && clock.instant().isBefore(last.plus(TrafficRule.BETWEEN_SUCCESSES))) {
            return;
        }
        see(target, new Observation.Served(firstToken));
    }

    @Override
    public void failed(Target target, Failure failure) {
        written.remove(Place.of(target));
        switch (failure.blame()) {
            case TARGET -> see(target, new Observation.Failed(failure));
            case NOBODY -> {
                if (failure instanceof Failure.Limited(Duration retryAfter)) {
                    see(target, new Observation.Limited(clock.instant().plus(retryAfter)));
                }
            }
            case CUSTOMER, OURS -> {}
        }
    }

    private void see(Target target, Observation seen) {
        Instant now = clock.instant();
        running.add(beside.begin(() -> learn(target, seen, now)));
    }

    private boolean learn(Target target, Observation seen, Instant now) throws HealthUnavailable {
        Learned learned = learning.fromTraffic(target, seen, now);
        boolean written = learned.outcome() == Learned.Outcome.WRITTEN;
        if (seen instanceof Observation.Served && written) {
            remember(target, now);
        }
        return written;
    }

    private void remember(Target target, Instant now) {
        if (written.size() >= MANY) {
            written.clear();
        }
        written.put(Place.of(target), now);
    }

    /** Waits for what runs now, and for nothing that other requests begin meanwhile. */
    @Override
    public void finish() {
        for (Pending<Boolean, HealthUnavailable> learnt : List.copyOf(running)) {
            try {
                learnt.await();
            } catch (HealthUnavailable e) {
                // Lost. The prober's heartbeat shows whether the table answers at all.
            }
            running.remove(learnt);
        }
    }
}
