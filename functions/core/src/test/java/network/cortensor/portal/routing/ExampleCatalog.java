package network.cortensor.portal.routing;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** Catalogs for tests of routing: everything is live, good and of weight 1 unless it is said otherwise. */
final class ExampleCatalog {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Protocol CORTENSOR = new Protocol.Cortensor(3, Protocol.SessionForm.BODY, 168);
    static final String ALIAS = "gpt-oss-20b";

    private ExampleCatalog() {}

    static AliasView alias(State state, List<Route> routes, List<String> fallbacks, PoolView... pools) {
        return alias(ALIAS, state, routes, fallbacks, pools);
    }

    static AliasView alias(String name, State state, List<Route> routes, List<String> fallbacks, PoolView... pools) {
        ModelAlias alias = new ModelAlias(
                name,
                new ModelAlias.Description(name, "family", "text"),
                131_072,
                32_768,
                Set.of(),
                new ModelAlias.Lifecycle(LocalDate.of(2026, 1, 1), Stage.AVAILABLE, Optional.empty(), Optional.empty()),
                state,
                routes,
                fallbacks,
                PromptFormat.HARMONY);
        return new AliasView(
                alias,
                Arrays.stream(pools)
                        .collect(Collectors.toMap(pool -> pool.pool().name(), pool -> pool)),
                NOW);
    }

    static PoolView pool(String name, State state, Draft... targets) {
        List<TargetView> views = new ArrayList<>();
        for (Draft target : targets) {
            views.add(target.in(name));
        }
        return new PoolView(new Pool(name, state, PoolTimes.DEFAULTS, 3, Streaming.NATIVE), views);
    }

    static Draft target(String name) {
        return new Draft(name, State.LIVE, Standing.GOOD, 1, Optional.empty(), CORTENSOR);
    }

    /** A target before it is put into a pool. */
    record Draft(
            String name,
            State state,
            Standing standing,
            int weight,
            Optional<Instant> sessionExpiresAt,
            Protocol protocol) {
        Draft state(State changed) {
            return new Draft(name, changed, standing, weight, sessionExpiresAt, protocol);
        }

        Draft standing(Standing changed) {
            return new Draft(name, state, changed, weight, sessionExpiresAt, protocol);
        }

        Draft weight(int changed) {
            return new Draft(name, state, standing, changed, sessionExpiresAt, protocol);
        }

        Draft sessionEndsIn(Duration changed) {
            return new Draft(name, state, standing, weight, Optional.of(NOW.plus(changed)), protocol);
        }

        Draft openAi() {
            return new Draft(name, state, standing, weight, sessionExpiresAt, new Protocol.OpenAi("some/model"));
        }

        private TargetView in(String pool) {
            Target target = new Target(
                    new TargetId(pool, name),
                    URI.create("https://" + name + ".example"),
                    protocol,
                    Capacity.ONE,
                    weight,
                    state,
                    sessionExpiresAt);
            return new TargetView(target, standing, Optional.empty());
        }
    }

    /** What any request asks. */
    static Question question() {
        return new Question("customer-1", Set.of(), Set.of(), NOW);
    }

    /** The names of what may be picked, in the order of one draw. */
    static List<String> order(Decision decision) {
        return order(decision, AttemptTurn.FIRST);
    }

    static List<String> order(Decision decision, AttemptTurn turn) {
        List<String> names = new ArrayList<>();
        decision.order(new SplittableRandom(1), turn)
                .forEachRemaining(view -> names.add(view.target().id().name()));
        return names;
    }
}
