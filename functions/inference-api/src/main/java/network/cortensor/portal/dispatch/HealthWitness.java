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

/**
 * Adds what traffic shows to the evidence that the prober keeps too: each observation on a thread of its own, so that neither a customer
 * nor the next attempt waits for a table. What cannot be written is lost: there will be more. Safe for use by many threads.
 *
 * <p>A success within 30 s of one that this worker has written, with no failure of its own between them, says nothing worth a look into the table
 * ({@link TrafficRule}): a busy target costs two looks a minute and worker, however many requests it serves. A run of failures that only others
 * saw meanwhile is ended up to 30 s later.
 */
public final class HealthWitness implements Witness {
    private final Learning learning;
    private final InstantSource clock;
    private final Queue<Thread> running = new ConcurrentLinkedQueue<>();
    private final Map<Place, Instant> written = new ConcurrentHashMap<>();

    /** Beyond it, what was written is forgotten: better a look too many than to remember targets for ever that are gone. */
    private static final int MANY = 10_000;

    /** What evidence is about: a target, as long as it has its session. */
    private record Place(TargetId target, Session session) {
        static Place of(Target target) {
            return new Place(target.id(), target.session());
        }
    }

    public HealthWitness(Learning learning, InstantSource clock) {
        this.learning = learning;
        this.clock = clock;
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
        running.add(Thread.ofVirtual().name("witness").start(() -> learn(target, seen, now)));
    }

    private void learn(Target target, Observation seen, Instant now) {
        try {
            Learned learned = learning.fromTraffic(target, seen, now);
            if (seen instanceof Observation.Served && learned.outcome() == Learned.Outcome.WRITTEN) {
                remember(target, now);
            }
        } catch (HealthUnavailable e) {
            // Lost. The prober's heartbeat shows whether the table answers at all.
            return;
        }
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
        boolean interrupted = false;
        for (Thread thread : List.copyOf(running)) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            running.remove(thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
