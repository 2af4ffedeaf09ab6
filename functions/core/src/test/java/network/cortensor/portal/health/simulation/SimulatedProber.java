package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.health.ProbePlan;
import network.cortensor.portal.health.ProbePlan.Candidate;
import network.cortensor.portal.health.ProbePlan.PoolCandidates;
import network.cortensor.portal.health.ProberSoundness;
import network.cortensor.portal.health.ProberSoundness.Glimpse;
import network.cortensor.portal.health.Rotation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** The prober's ticks: its decisions are the real ones, its looks and probes are drawn. */
final class SimulatedProber {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final int DEEP_PROBES_PER_TICK = 50;

    private final World world;

    SimulatedProber(World world) {
        this.world = world;
    }

    void begin() {
        world.time().in(EVERY, this::begin);
        if (!world.scenario().ticks(world.time().now())) {
            return;
        }
        try {
            new Tick().run();
        } catch (HealthUnavailable e) {
            world.tally().brokenTick();
        }
    }

    /** One tick; its deep probes may outlast the beginning of the next. */
    private final class Tick {
        private final Instant start = world.time().now();
        private final Map<TargetId, TargetHealth> known = new HashMap<>();
        private final Map<TargetId, Liveness> looks = new HashMap<>();
        private ProberSoundness soundness = ProberSoundness.of(List.of());
        private int running;

        private void run() throws HealthUnavailable {
            read();
            soundness = ProberSoundness.of(world.fleet().targets().stream()
                    .map(target -> new Glimpse(target, known.get(target.id()), looks.get(target.id())))
                    .toList());
            world.tally().tick(soundness);
            for (Target target : world.fleet().targets()) {
                Observation look = new Observation.Looked(looks.get(target.id()));
                if (soundness.believes(look)) {
                    learn(target, look);
                }
            }
            List<Target> plan = ProbePlan.of(candidates(), DEEP_PROBES_PER_TICK, start);
            running = plan.size() + 1;
            plan.forEach(this::probe);
            world.time().in(AGAIN, this::probeAgain);
        }

        /** The second round: what is ejected is looked at and probed once more. */
        private void probeAgain() {
            world.fleet().targets().stream()
                    .filter(target -> known.get(target.id()).rotation() instanceof Rotation.Ejected)
                    .forEach(target ->
                            looks.put(target.id(), look(target, world.time().now())));
            List<Target> plan = ProbePlan.of(
                            candidates(), DEEP_PROBES_PER_TICK, world.time().now())
                    .stream()
                    .filter(target -> known.get(target.id()).rotation() instanceof Rotation.Ejected)
                    .toList();
            running += plan.size() - 1;
            plan.forEach(this::probe);
            finishIfIdle();
        }

        private void read() throws HealthUnavailable {
            for (String pool : SimulationFleet.POOLS) {
                PoolHealth health =
                        new PoolHealth(world.health().pool(pool), world.health().heartbeat());
                for (Target target : world.fleet().targets(pool)) {
                    known.put(target.id(), health.of(target));
                    looks.put(target.id(), look(target, start));
                }
            }
        }

        private Liveness look(Target target, Instant now) {
            return world.scenario().sees(target, now)
                    ? world.scenario().at(target, now).liveness()
                    : Liveness.ROUTER_DOWN;
        }

        private List<PoolCandidates> candidates() {
            List<PoolCandidates> pools = new ArrayList<>();
            for (String pool : SimulationFleet.POOLS) {
                pools.add(new PoolCandidates(
                        SimulationFleet.pool(pool),
                        world.fleet().targets(pool).stream()
                                .map(target -> new Candidate(
                                        target,
                                        known.get(target.id()),
                                        looks.get(target.id()),
                                        world.sessions()
                                                        .free(
                                                                target,
                                                                world.time().now())
                                                ? 0
                                                : 1))
                                .toList()));
            }
            return pools;
        }

        private void probe(Target target) {
            Instant now = world.time().now();
            Tasks.Course course = world.scenario().sees(target, now)
                    ? world.tasks().draw(target, Tasks.Turn.FIRST, now)
                    : Tasks.unsent(now);
            world.tally().probe(target);
            world.sessions().take(target, course.slotFree());
            world.time().at(course.over(), () -> finish(target, course));
        }

        private void finish(Target target, Tasks.Course course) {
            Observation seen = course.failure()
                    .<Observation>map(Observation.ProbeFailed::new)
                    .orElseGet(() ->
                            new Observation.ProbePassed(course.firstToken().orElseThrow()));
            boolean again = false;
            try {
                if (soundness.believes(seen) && evidence(course)) {
                    boolean first = known.get(target.id()).run().passes() == 0;
                    again = learn(target, seen).rotation() instanceof Rotation.Ejected && !seen.bad() && first;
                }
            } catch (HealthUnavailable e) {
                world.tally().lostObservation();
            }
            if (again) {
                probe(target);
                return;
            }
            running--;
            finishIfIdle();
        }

        /** A probe that failed for nobody's sake, or ours, is none. */
        private static boolean evidence(Tasks.Course course) {
            return course.failure()
                    .filter(failure -> failure.blame() != Failure.Blame.TARGET)
                    .isEmpty();
        }

        private TargetHealth learn(Target target, Observation seen) throws HealthUnavailable {
            TargetHealth learned = world.learning()
                    .fromProbe(
                            target, known.get(target.id()), seen, world.time().now())
                    .health();
            known.put(target.id(), learned);
            return learned;
        }

        private void finishIfIdle() {
            if (running > 0) {
                return;
            }
            try {
                world.health().beat(world.time().now());
            } catch (HealthUnavailable e) {
                world.tally().brokenTick();
            }
        }
    }
}
