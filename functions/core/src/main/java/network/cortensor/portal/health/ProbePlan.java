package network.cortensor.portal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import network.cortensor.portal.health.TargetHealth.Latest;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/**
 * Which targets get a deep probe in one tick. A deep probe costs a task on the network and a slot, so it is made only where nothing else
 * tells whether a target works:
 *
 * <ul>
 *   <li>at ejected targets, which nothing but passes brings back; as often as there is a tick and a free slot,
 *   <li>at targets without any success for {@link #IDLE},
 *   <li>at targets of which only deep probes tell what their server does to special tokens, if the last one was {@link #IDLE} ago.
 * </ul>
 *
 * <p>Never at a target whose router is down, whose session ends before a probe could, or that takes no new requests. Never with a pool's
 * last free slot: of the slots that customers can be given, one stays free. Those of ejected targets are not among them, unless the pool
 * fails open; even then one of them is probed, because nothing else would bring the pool back while no customer asks.
 *
 * <p>The target that had no deep probe for longest comes first. A pool's idle targets are probed a few at a time, so that those that fell idle
 * together do not fill the pool together, and never take the turn of the ejected ones. A router gets a few probes at a time: one that has
 * just come back with many sessions is not greeted with a completion for each.
 */
public final class ProbePlan {
    /** Without a success for so long, a target is probed: at most twice an hour, if it is well. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** One in so many of a pool's targets, rounded up, is probed for idleness per tick; at a tick a minute all are, within {@link #IDLE}. */
    private static final int IDLE_SHARE = 20;

    /** Deep probes at one router per tick. It is more than the sessions of a usual router, whose targets are all back after one tick. */
    static final int PER_ROUTER = 10;

    private static final Comparator<Candidate> LONGEST_WITHOUT_PROBE = Comparator.comparing(
            candidate -> candidate.health().latest().deepProbe().orElse(Instant.MIN));

    private ProbePlan() {}

    /**
     * A target as a place to probe.
     *
     * @param liveness what this tick's look at it showed
     * @param taken slots of its session that are not free
     * @param asked whether it depends on special tokens, and only deep probes tell what becomes of them
     */
    public record Candidate(Target target, TargetHealth health, Liveness liveness, int taken, boolean asked) {
        /** One that has nothing else to tell than whether it works. */
        public Candidate(Target target, TargetHealth health, Liveness liveness, int taken) {
            this(target, health, liveness, taken, false);
        }

        private boolean ejected() {
            return health.rotation() instanceof Rotation.Ejected;
        }

        private boolean idle(Instant now) {
            Latest latest = health.believable(now).latest();
            return old(latest.success(), now) || (asked && old(latest.deepProbe(), now));
        }

        private static boolean old(Optional<Instant> last, Instant now) {
            return last.filter(at -> at.plus(IDLE).isAfter(now)).isEmpty();
        }

        private int free() {
            return switch (target.capacity()) {
                case Capacity.Slots slots -> Math.max(0, slots.count() - taken);
                case Capacity.Unlimited ignored -> Integer.MAX_VALUE;
            };
        }
    }

    /** A pool with all of its targets. */
    public record PoolCandidates(Pool pool, List<Candidate> candidates) {
        public PoolCandidates {
            candidates = List.copyOf(candidates);
        }

        /** Those that should be probed, whether or not they have a free slot. */
        public List<Candidate> wanting(Instant now) {
            return candidates.stream()
                    .filter(candidate -> open(candidate, now))
                    .filter(candidate -> candidate.liveness() != Liveness.ROUTER_DOWN)
                    .filter(candidate -> candidate.ejected() || candidate.idle(now))
                    .toList();
        }

        private boolean open(Candidate candidate, Instant now) {
            Target target = candidate.target();
            return target.stateIn(pool).takesRequests() && !target.endsWithinAttempt(pool, now);
        }

        private Stream<Candidate> chosen(Instant now) {
            Predicate<Candidate> customers = usable(now);
            long free = candidates.stream()
                    .filter(customers)
                    .mapToLong(Candidate::free)
                    .sum();
            int idle = (candidates.size() + IDLE_SHARE - 1) / IDLE_SHARE;
            List<Candidate> chosen = new ArrayList<>();
            for (Candidate candidate :
                    wanting(now).stream().sorted(LONGEST_WITHOUT_PROBE).toList()) {
                boolean shared = customers.test(candidate);
                boolean lastFree = shared && free <= 1 && !(candidate.ejected() && chosen.isEmpty());
                if (candidate.free() == 0 || lastFree || (!candidate.ejected() && idle == 0)) {
                    continue;
                }
                free -= shared ? 1 : 0;
                idle -= candidate.ejected() ? 0 : 1;
                chosen.add(candidate);
            }
            return chosen.stream();
        }

        /** Whether customers have a free slot left while this one of its targets is probed; one that is ejected is no loss to them. */
        public boolean canSpare(TargetId target, Instant now) {
            List<Candidate> shared = candidates.stream().filter(usable(now)).toList();
            return shared.stream()
                            .filter(candidate -> !candidate.ejected())
                            .noneMatch(candidate -> candidate.target().id().equals(target))
                    || shared.stream().mapToLong(Candidate::free).sum() > 1;
        }

        /** Whether customers can be sent to a target: those in rotation, or all if none is. */
        private Predicate<Candidate> usable(Instant now) {
            Predicate<Candidate> open =
                    candidate -> open(candidate, now) && candidate.target().weight() > 0;
            Predicate<Candidate> inRotation =
                    candidate -> !candidate.health().rotation().ejected(now);
            boolean failsOpen = candidates.stream().noneMatch(open.and(inRotation));
            return failsOpen ? open : open.and(inRotation);
        }
    }

    /**
     * The targets to probe, most urgent first.
     *
     * @param most how many in all
     */
    public static List<Target> of(List<PoolCandidates> pools, int most, Instant now) {
        Map<String, Integer> perRouter = new HashMap<>();
        return pools.stream()
                .flatMap(pool -> pool.chosen(now))
                .sorted(LONGEST_WITHOUT_PROBE)
                .map(Candidate::target)
                .filter(target -> perRouter.merge(target.session().router(), 1, Integer::sum) <= PER_ROUTER)
                .limit(most)
                .toList();
    }
}
