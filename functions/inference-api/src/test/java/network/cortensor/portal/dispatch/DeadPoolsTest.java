package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static network.cortensor.portal.dispatch.AttemptScript.fails;
import static network.cortensor.portal.dispatch.AttemptScript.hangs;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is the matter with pools, and before health has noticed any of it: as long as one pool of an alias works, and no more broken ones stand
 * before it than attempts can be spared for, every request is answered, from the first on.
 */
class DeadPoolsTest {
    private static final int SEEDS = 400;
    private static final int REQUESTS = 12;
    private static final String OTHER_MODEL = "other-model";

    private static final List<Matter> OF_A_MIXTURE = List.of(
            Matter.CLOSED_PORT, Matter.ERROR_500, Matter.ERROR_503, Matter.RESET, Matter.WRONG_KEY, Matter.LIMITED);

    /** What is the matter with a pool. */
    private enum Matter {
        CLOSED_PORT,
        ERROR_500,
        ERROR_503,
        RESET,
        WRONG_KEY,
        LIMITED,
        SILENT,
        CUT_OFF,
        MIXED,
        PAUSED,
        DRAINING,
        EJECTED,
        NO_TARGETS;

        /** Whether its targets are asked. */
        boolean costsAttempts() {
            return switch (this) {
                case CLOSED_PORT, PAUSED, DRAINING, EJECTED, NO_TARGETS -> false;
                case ERROR_500, ERROR_503, RESET, WRONG_KEY, LIMITED, SILENT, CUT_OFF, MIXED -> true;
            };
        }

        State state() {
            return switch (this) {
                case PAUSED -> State.PAUSED;
                case DRAINING -> State.DRAINING;
                default -> State.LIVE;
            };
        }

        AttemptScript script(RandomGenerator random) {
            Duration soon = Duration.ofMillis(random.nextInt(1, 900));
            return switch (this) {
                case CLOSED_PORT -> fails(soon, new Failure.NotSent(Failure.NotSent.Cause.CONNECT));
                case ERROR_500 -> fails(soon, new Failure.RouterError());
                case ERROR_503 -> fails(soon, new Failure.GatewayError(503));
                case RESET -> fails(soon, new Failure.ConnectionLost());
                case WRONG_KEY -> fails(soon, new Failure.Refused(401));
                case LIMITED -> fails(soon, new Failure.Limited(Duration.ofMillis(random.nextInt(1, 60_000))));
                case SILENT -> hangs();
                case CUT_OFF -> fails(soon, new Failure.Cut());
                case MIXED ->
                    OF_A_MIXTURE.get(random.nextInt(OF_A_MIXTURE.size())).script(random);
                case PAUSED, DRAINING, EJECTED, NO_TARGETS -> fails(soon, new Failure.GatewayError(502));
            };
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRequestIsAnsweredWhileOnePoolWorks(long seed) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        DispatcherRig rig = new DispatcherRig();
        rig.catalog.other(OTHER_MODEL, EditedCatalog.CONTEXT);
        List<Matter> broken = new ArrayList<>();
        int attempts = Pool.DEFAULT_MAX_ATTEMPTS - 1;
        for (int pool = random.nextInt(1, 5); pool > 0; pool--) {
            Matter matter = Matter.values()[random.nextInt(Matter.values().length)];
            if (!matter.costsAttempts() || attempts-- > 0) {
                broken.add(matter);
            }
        }
        for (int pool = 0; pool < broken.size(); pool++) {
            broken(rig, pool == 0 ? "main" : "broken-" + pool, broken.get(pool), random);
        }
        pool(rig, broken.isEmpty() ? "main" : "works", State.LIVE, random);
        String works = broken.isEmpty() ? "main" : "works";
        rig.catalog.with(EditedCatalog.target(works, works + "-0"), anyStanding(random));
        rig.router.on(works + "-0", answers(Duration.ofSeconds(1), "Hello"));

        for (int request = 0; request < REQUESTS; request++) {
            assertThat(rig.dispatch()).as("request %s of %s", request, broken).isInstanceOf(Outcome.Answered.class);
            rig.time.pass(Duration.ofMillis(random.nextInt(0, 4_000)));
        }
    }

    private static void broken(DispatcherRig rig, String name, Matter matter, RandomGenerator random) {
        pool(rig, name, matter.state(), random);
        int targets = matter == Matter.NO_TARGETS ? 0 : random.nextInt(1, 5);
        for (int number = 0; number < targets; number++) {
            Target target = target(name, name + "-" + number, random);
            rig.catalog.with(target, matter == Matter.EJECTED ? Standing.EJECTED : anyStanding(random));
            rig.router.on(target.id().name(), matter.script(random));
        }
    }

    private static void pool(DispatcherRig rig, String name, State state, RandomGenerator random) {
        boolean other = !name.equals("main") && random.nextInt(3) == 0;
        rig.catalog.with(new Pool(
                name,
                state,
                PoolTimes.DEFAULTS,
                Pool.DEFAULT_MAX_ATTEMPTS,
                Streaming.NATIVE,
                other ? Optional.of(OTHER_MODEL) : Optional.empty()));
    }

    /** On a session of a router, or a model of a server that takes one request, or several, or any number. */
    private static Target target(String pool, String name, RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> EditedCatalog.target(pool, name);
            case 1 -> EditedCatalog.target(pool, name, new Capacity.Slots(4));
            case 2 -> EditedCatalog.openAi(pool, name, new Capacity.Slots(random.nextInt(1, 9)));
            default -> EditedCatalog.target(pool, name, new Capacity.Unlimited());
        };
    }

    private static Standing anyStanding(RandomGenerator random) {
        return random.nextBoolean() ? Standing.GOOD : Standing.UNKNOWN;
    }
}
