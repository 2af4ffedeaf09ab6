package network.cortensor.portal.health;

import static network.cortensor.portal.health.HealthExample.NOON;
import static network.cortensor.portal.health.HealthExample.nothingKnown;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.SpecialTokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any sequence of observations. */
class HealthPropertiesTest {
    private static final int STEPS = 1_000;
    private static final List<SpecialTokens> SIGHTS = List.of(SpecialTokens.values());
    private static final List<Liveness> LOOKS = List.of(Liveness.values());

    /** One step of a random walk. */
    private record Step(TargetHealth before, Observation seen, Instant at, TargetHealth after) {}

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void onlyABadObservationAfterTwoOthersEjects(long seed) {
        Deque<Observation> sinceGood = new ArrayDeque<>();
        for (Step step : walk(seed)) {
            if (passes(step.seen())) {
                sinceGood.clear();
            } else if (step.seen().bad()) {
                sinceGood.add(step.seen());
            }
            if (!ejected(step.before()) && ejected(step.after()) && !stumbled(step)) {
                assertThat(step.seen().bad()).as("ejected by %s", step.seen()).isTrue();
                assertThat(sinceGood).hasSizeGreaterThanOrEqualTo(HealthFold.FAILURES_TO_EJECT);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void onlyASecondPassInARowReturns(long seed) {
        int passes = 0;
        for (Step step : walk(seed)) {
            if (passes(step.seen())) {
                passes++;
            } else if (step.after().run().passes() == 0) {
                passes = 0;
            }
            if (ejected(step.before()) && !ejected(step.after())) {
                assertThat(passes).isGreaterThanOrEqualTo(HealthFold.PASSES_TO_RETURN);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void withoutPassesNothingEverReturns(long seed) {
        boolean out = false;
        for (Step step : walk(seed, seen -> !passes(seen))) {
            out |= ejected(step.after());
            assertThat(step.after().standing(step.at().plus(Duration.ofDays(365))))
                    .isEqualTo(out ? Standing.EJECTED : Standing.UNKNOWN);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anEjectionLastsThirtySecondsTimesItsCountAndAtMostFiveMinutes(long seed) {
        for (Step step : walk(seed)) {
            if (!ejected(step.before())
                    && step.after().rotation() instanceof Rotation.Ejected(int count, Instant until)
                    && !stumbled(step)) {
                assertThat(Duration.between(step.at(), until))
                        .isEqualTo(Duration.ofSeconds(Math.min(30L * count, 300)));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameLookTwiceInOneTickIsNoMoreThanOneMoreFailure(long seed) {
        for (Step step : walk(seed)) {
            int grown = step.after().failuresInRow() - step.before().failuresInRow();
            assertThat(grown).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sessionAndVersionAreNotTheFoldsBusiness(long seed) {
        for (Step step : walk(seed)) {
            assertThat(step.after().session()).isEqualTo(step.before().session());
            assertThat(step.after().version()).isEqualTo(step.before().version());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aTargetThatWorkedLastIsGoodAsSoonAsItIsNotOut(long seed) {
        for (Step step : walk(seed)) {
            if (passes(step.seen()) && !step.after().rotation().ejected(step.at())) {
                assertThat(step.after().standing(step.at())).isEqualTo(Standing.GOOD);
            }
        }
    }

    private static boolean ejected(TargetHealth health) {
        return health.rotation() instanceof Rotation.Ejected;
    }

    /** Back among the ejected because it failed while it still waited for its time. */
    private static boolean stumbled(Step step) {
        return step.before().rotation() instanceof Rotation.Returned returned && returned.ejected(step.at());
    }

    private static boolean passes(Observation seen) {
        return seen instanceof Observation.Served || seen instanceof Observation.ProbePassed;
    }

    private static List<Step> walk(long seed) {
        return walk(seed, seen -> true);
    }

    private static List<Step> walk(long seed, Predicate<Observation> filter) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Step> steps = new ArrayList<>();
        TargetHealth health = nothingKnown();
        Instant at = NOON;
        while (steps.size() < STEPS) {
            at = at.plusMillis(random.nextLong(90_000));
            Observation seen = draw(random);
            if (filter.test(seen)) {
                TargetHealth next = HealthFold.fold(health, seen, at);
                steps.add(new Step(health, seen, at, next));
                health = next;
            }
        }
        return steps;
    }

    private static Observation draw(RandomGenerator random) {
        Duration time = Duration.ofMillis(random.nextLong(100_000));
        return switch (random.nextInt(8)) {
            case 0 -> new Observation.Served(Optional.of(time));
            case 1 -> new Observation.Failed(new Failure.GatewayError(502));
            case 2 -> new Observation.Failed(new Failure.RequestRejected(400));
            case 3 -> new Observation.ProbePassed(time, SIGHTS.get(random.nextInt(SIGHTS.size())));
            case 4 -> new Observation.ProbeFailed(new Failure.Pending());
            case 5 -> new Observation.Drained(NOON);
            case 6 -> new Observation.InUse();
            default -> new Observation.Looked(LOOKS.get(random.nextInt(LOOKS.size())));
        };
    }
}
