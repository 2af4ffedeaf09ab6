package network.cortensor.portal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the catalog: the order holds all that may be picked, nothing else, and the better before the worse. */
class RoutingPropertiesTest {
    /** A model that no request of these fits into. */
    private static final String TOO_SMALL = "too-small";

    private static final List<String> POOLS = List.of("a", "b", "c", "d", "e");

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderHoldsAllThatMayBePickedAndTheBetterFirst(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            AliasView view = anyCatalog(random);
            Question question = anyQuestion(view, random);
            Decision decision = Decision.of(view, question);

            List<TargetView> order = new ArrayList<>();
            decision.order(random, AttemptTurn.FIRST).forEachRemaining(order::add);

            assertThat(order).doesNotHaveDuplicates();
            assertThat(order).containsExactlyInAnyOrderElementsOf(expected(view, decision, question));
            assertThat(order)
                    .isSortedAccordingTo(
                            Comparator.comparing((TargetView target) -> target.standing() == Standing.EJECTED)
                                    .thenComparingInt(target -> pool(decision, target))
                                    .thenComparing(target -> effective(view, target))
                                    .thenComparing(target -> target.standing() != Standing.GOOD));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDecisionIsAFunctionOfWhatItIsGiven(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            AliasView view = anyCatalog(random);
            Question question = anyQuestion(view, random);

            assertThat(Decision.of(view, question)).isEqualTo(Decision.of(view, question));
        }
    }

    /** The rules, told in another way than the code tells them. */
    private static List<TargetView> expected(AliasView view, Decision decision, Question question) {
        List<TargetView> expected = new ArrayList<>();
        Set<String> pools = new HashSet<>(view.alias().fallbackPools());
        decision.route().map(Route::pool).ifPresent(pools::add);
        for (String name : pools) {
            List<TargetView> serving = view.pool(name).map(PoolView::targets).orElse(List.of()).stream()
                    .filter(target -> serves(view, target, question))
                    .toList();
            boolean anyInRotation = serving.stream().anyMatch(target -> target.standing() != Standing.EJECTED);
            serving.stream()
                    .filter(target -> !anyInRotation || target.standing() != Standing.EJECTED)
                    .filter(target -> !question.tried().contains(target.target().id()))
                    .forEach(expected::add);
        }
        return expected;
    }

    private static boolean serves(AliasView view, TargetView candidate, Question question) {
        Target target = candidate.target();
        return effective(view, candidate).takesRequests()
                && target.weight() > 0
                && target.sessionExpiresAt()
                        .map(end -> end.isAfter(question.now().plusSeconds(150)))
                        .orElse(true)
                && question.needs()
                        .of(view.served(
                                view.pool(target.id().pool()).orElseThrow().pool()))
                        .filter(needs -> needs.stream().allMatch(feature -> feature.servedBy(target.protocol())))
                        .isPresent();
    }

    private static State effective(AliasView view, TargetView target) {
        State pool = view.pool(target.target().id().pool()).orElseThrow().pool().state();
        return target.target().state().worst(pool).worst(view.alias().state());
    }

    private static int pool(Decision decision, TargetView target) {
        return decision.pools().stream()
                .map(choice -> choice.pool().pool().name())
                .toList()
                .indexOf(target.target().id().pool());
    }

    private static AliasView anyCatalog(RandomGenerator random) {
        List<PoolView> pools = new ArrayList<>();
        for (String name : POOLS) {
            if (random.nextInt(8) > 0) {
                pools.add(anyPool(name, random));
            }
        }
        List<Route> routes = new ArrayList<>();
        for (int route = random.nextInt(3); route >= 0; route--) {
            routes.add(new Route(POOLS.get(route), random.nextInt(4)));
        }
        List<String> fallbacks = new ArrayList<>();
        for (int fallback = random.nextInt(3); fallback > 0; fallback--) {
            fallbacks.add(POOLS.get(random.nextInt(POOLS.size())));
        }
        return ExampleCatalog.alias(anyState(random), routes, fallbacks, pools.toArray(PoolView[]::new));
    }

    private static PoolView anyPool(String name, RandomGenerator random) {
        ExampleCatalog.Draft[] targets = new ExampleCatalog.Draft[random.nextInt(5)];
        for (int number = 0; number < targets.length; number++) {
            ExampleCatalog.Draft target = ExampleCatalog.target(name + number)
                    .state(anyState(random))
                    .standing(any(Standing.values(), random))
                    .weight(random.nextInt(4));
            targets[number] = random.nextInt(4) == 0 ? target.openAi() : target;
            if (random.nextInt(4) == 0) {
                targets[number] = targets[number].sessionEndsIn(Duration.ofSeconds(random.nextLong(300)));
            }
        }
        PoolView view = ExampleCatalog.pool(name, anyState(random), targets);
        return random.nextInt(4) == 0 ? serving(random.nextBoolean() ? TOO_SMALL : "other", view) : view;
    }

    private static PoolView serving(String model, PoolView view) {
        Pool pool = view.pool();
        return new PoolView(
                new Pool(
                        pool.name(),
                        pool.state(),
                        pool.times(),
                        pool.maxAttempts(),
                        pool.streaming(),
                        Optional.of(model)),
                view.targets());
    }

    private static State anyState(RandomGenerator random) {
        return random.nextInt(2) == 0 ? State.LIVE : any(State.values(), random);
    }

    private static <T> T any(T[] values, RandomGenerator random) {
        return values[random.nextInt(values.length)];
    }

    private static Question anyQuestion(AliasView view, RandomGenerator random) {
        Set<TargetId> tried = new HashSet<>();
        view.pools()
                .values()
                .forEach(pool -> pool.targets().stream()
                        .filter(target -> random.nextInt(4) == 0)
                        .forEach(target -> tried.add(target.target().id())));
        Optional<Feature> feature = random.nextInt(4) == 0 ? Optional.of(Feature.IMAGES) : Optional.empty();
        Set<Feature> features = Set.copyOf(feature.stream().toList());
        return new Question(
                "customer-" + random.nextInt(1_000),
                model -> model.otherName().filter(TOO_SMALL::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of(features),
                tried,
                JustSeen.NOTHING,
                ExampleCatalog.NOW);
    }
}
