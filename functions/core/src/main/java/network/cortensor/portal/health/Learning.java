package network.cortensor.portal.health;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import network.cortensor.portal.model.Target;

/**
 * Adds observations to the stored evidence, while other workers and the prober do so at the same time. The fold is written on condition of the version that it
 * was made from. If another writer was faster, the fold is made anew. Safe for use by many threads.
 */
public final class Learning {
    /** A writer that loses so often gives up, because the writers who won saw the same target at the same time. */
    private static final int TRIES = 5;

    private final HealthStore store;

    public Learning(HealthStore store) {
        this.store = store;
    }

    /** What came of it: the evidence as it stands now, as far as known, and whether this observation is part of it. */
    public record Learned(TargetHealth health, Outcome outcome) {
        public enum Outcome {
            WRITTEN,
            /** It says nothing new. */
            NOTHING_NEW,
            /** Others wrote faster each time. */
            OUTRUN
        }
    }

    /**
     * Of the prober, which has read the evidence at the beginning of its tick.
     *
     * @param known the evidence when it was last read
     */
    public Learned fromProbe(Target target, TargetHealth known, Observation seen, Instant now)
            throws HealthUnavailable {
        return learn(target, known, health -> HealthFold.fold(health, seen, now));
    }

    /** Of real traffic; costs a read, and a write where the {@link TrafficRule} wants it. */
    public Learned fromTraffic(Target target, Observation seen, Instant now) throws HealthUnavailable {
        return learn(
                target,
                read(target),
                health -> TrafficRule.worthWriting(health, seen, now) ? HealthFold.fold(health, seen, now) : health);
    }

    private Learned learn(Target target, TargetHealth known, UnaryOperator<TargetHealth> fold)
            throws HealthUnavailable {
        TargetHealth before = known.about(target.session());
        for (int tries = 0; tries < TRIES; tries++) {
            TargetHealth after = fold.apply(before);
            if (after.equals(before)) {
                return new Learned(before, Learned.Outcome.NOTHING_NEW);
            }
            if (store.write(target.id(), after)) {
                return new Learned(after.written(), Learned.Outcome.WRITTEN);
            }
            before = read(target);
        }
        return new Learned(before, Learned.Outcome.OUTRUN);
    }

    private TargetHealth read(Target target) throws HealthUnavailable {
        Optional<TargetHealth> stored = store.find(target.id());
        return stored.orElseGet(() -> TargetHealth.none(target.session())).about(target.session());
    }
}
