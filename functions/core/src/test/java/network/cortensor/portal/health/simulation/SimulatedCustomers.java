package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.routing.AttemptTurn;
import network.cortensor.portal.routing.Decision;
import network.cortensor.portal.routing.Question;

/** Requests that arrive at random, and the dispatch of each: pick, slot, attempt, another attempt as long as nothing was said. */
final class SimulatedCustomers {
    private static final PoolTimes TIMES = PoolTimes.DEFAULTS;

    private final World world;
    private final HealthCache cache;

    SimulatedCustomers(World world) {
        this.world = world;
        this.cache = new HealthCache(world);
    }

    void begin() {
        SimulationFleet.POOLS.stream()
                .filter(SimulationFleet.TRAFFIC::containsKey)
                .forEach(this::expectNext);
    }

    private void expectNext(String pool) {
        double wait = -StrictMath.log(1 - world.random().nextDouble());
        Duration mean = SimulationFleet.TRAFFIC.get(pool).dividedBy(world.load());
        world.time().in(Duration.ofMillis(Math.round(mean.toMillis() * wait)), () -> {
            expectNext(pool);
            new Request(pool).search();
        });
    }

    /** One request on its way. */
    private final class Request {
        private final String pool;
        private final Instant receivedAt = world.time().now();
        private final Set<TargetId> tried = new HashSet<>();
        private Duration waited = Duration.ZERO;
        private Optional<TargetId> asked = Optional.empty();
        private Instant askedAt = receivedAt;
        private int spent;

        private Request(String pool) {
            this.pool = pool;
        }

        private void search() {
            Instant now = world.time().now();
            boolean late = now.plus(TIMES.attempt()).isAfter(receivedAt.plus(TIMES.total()));
            if (spent == SimulationFleet.pool(pool).maxAttempts() || late) {
                over(ScenarioTally.End.ATTEMPTS_FAILED);
                return;
            }
            Optional<Target> free = firstFree(now);
            if (free.isPresent()) {
                attempt(free.get(), now);
            } else if (waited.compareTo(TIMES.queue()) < 0) {
                Duration pause = Duration.ofMillis(500 + world.random().nextLong(1001));
                waited = waited.plus(pause);
                world.time().in(pause, this::search);
            } else {
                over(ScenarioTally.End.OVERLOADED);
            }
        }

        private Optional<Target> firstFree(Instant now) {
            Decision decision = Decision.of(cache.view(pool), new Question("customer", Set.of(), tried, now));
            int left = SimulationFleet.pool(pool).maxAttempts() - spent;
            AttemptTurn turn = tried.isEmpty() ? AttemptTurn.FIRST : new AttemptTurn(left);
            Iterator<TargetView> order = turn.left() > decision.untried()
                    ? world.strategy().order(decision, world.random(), now)
                    : decision.order(world.random(), turn);
            while (order.hasNext()) {
                Target target = order.next().target();
                boolean kept = turn.left() <= decision.untried();
                if (kept && decision.failures(target.id().pool()) > 1) {
                    return Optional.empty();
                }
                if (world.sessions().free(target, now)) {
                    return Optional.of(target);
                }
                world.picks().busy();
            }
            return Optional.empty();
        }

        private void attempt(Target target, Instant now) {
            Tasks.Turn turn = tried.isEmpty() ? Tasks.Turn.FIRST : Tasks.Turn.RETRY;
            tried.add(target.id());
            asked = Optional.of(target.id());
            askedAt = now;
            world.strategy().took(target.id(), now);
            Tasks.Course course = world.tasks().draw(target, turn, now);
            world.sessions().take(target, course.slotFree());
            world.time().at(course.over(), () -> finish(target, course));
        }

        private void finish(Target target, Tasks.Course course) {
            if (course.failure().isEmpty()) {
                learn(target, new Observation.Served(course.firstToken()));
                over(ScenarioTally.End.ANSWERED);
                return;
            }
            failed(target, course.failure().get());
            if (course.firstToken().isPresent()) {
                over(ScenarioTally.End.BROKEN_OFF);
            } else {
                search();
            }
        }

        private void failed(Target target, Failure failure) {
            world.tally().failedAttempt(target);
            world.picks().failedAttempt();
            world.strategy().failed(target.id(), world.time().now());
            spent += failure instanceof Failure.NotSent ? 0 : 1;
            if (failure instanceof Failure.Limited(Duration retryAfter)) {
                learn(target, new Observation.Limited(world.time().now().plus(retryAfter)));
                return;
            }
            learn(target, new Observation.Failed(failure));
        }

        private void learn(Target target, Observation seen) {
            try {
                world.learning().fromTraffic(target, seen, world.time().now());
            } catch (HealthUnavailable e) {
                world.tally().lostObservation();
            }
        }

        private void over(ScenarioTally.End end) {
            world.tally().request(pool, receivedAt, end);
            Optional<String> answering =
                    asked.filter(last -> end == ScenarioTally.End.ANSWERED).map(TargetId::pool);
            world.fallbacks().request(pool, receivedAt, answering, Duration.between(receivedAt, askedAt));
            world.picks().over(end, Duration.between(receivedAt, world.time().now()));
        }
    }
}
