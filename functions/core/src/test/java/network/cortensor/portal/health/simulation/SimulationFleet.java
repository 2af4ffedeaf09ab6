package network.cortensor.portal.health.simulation;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** 60 targets on 12 routers in four pools that differ in their traffic only. Each pool is spread over all routers. */
final class SimulationFleet {
    static final int ROUTERS = 12;
    static final int TARGETS_PER_POOL = 15;

    /** Pools with the mean time between two requests. */
    static final Map<String, Duration> TRAFFIC = Map.of(
            "busy", Duration.ofSeconds(25),
            "steady", Duration.ofSeconds(100),
            "seldom", Duration.ofMinutes(15));

    static final List<String> POOLS = List.of("busy", "steady", "seldom", "idle");

    private final List<Target> targets = new ArrayList<>();
    private final Map<String, List<Target>> pools = new HashMap<>();
    private final Map<String, String> fallbacks;

    /** @param fallbacks the fallback pool behind a pool, for those that have one */
    SimulationFleet(Map<String, String> fallbacks) {
        this.fallbacks = Map.copyOf(fallbacks);
        for (String pool : POOLS) {
            for (int number = 0; number < TARGETS_PER_POOL; number++) {
                targets.add(target(pool, number, targets.size()));
            }
            pools.put(pool, List.copyOf(targets.subList(targets.size() - TARGETS_PER_POOL, targets.size())));
        }
    }

    private static Target target(String pool, int number, int session) {
        return new Target(
                new TargetId(pool, "t%02d".formatted(number)),
                URI.create("http://router-" + session % ROUTERS + ":5010"),
                new Cortensor(2, SessionForm.BODY, session),
                Capacity.ONE,
                1,
                State.LIVE,
                Optional.empty());
    }

    static int router(Target target) {
        return (int) (((Cortensor) target.protocol()).sessionId() % ROUTERS);
    }

    static Pool pool(String name) {
        return new Pool(name, State.LIVE, PoolTimes.DEFAULTS, Pool.DEFAULT_MAX_ATTEMPTS, Streaming.NATIVE);
    }

    List<Target> targets() {
        return targets;
    }

    List<Target> targets(String pool) {
        return pools.getOrDefault(pool, List.of());
    }

    /** @param health of each pool */
    AliasView view(String pool, Function<String, PoolHealth> health, Instant now) {
        List<String> behind = Optional.ofNullable(fallbacks.get(pool)).stream().toList();
        Map<String, PoolView> views = Stream.concat(Stream.of(pool), behind.stream())
                .collect(Collectors.toMap(name -> name, name -> view(name, health.apply(name), now)));
        return new AliasView(alias(pool, behind), views, now);
    }

    private PoolView view(String pool, PoolHealth health, Instant now) {
        List<TargetView> views = targets(pool).stream()
                .map(target -> new TargetView(
                        target,
                        health.standing(target, now),
                        health.firstToken(target),
                        health.limitedUntil(target, now)))
                .toList();
        return new PoolView(pool(pool), views);
    }

    private static ModelAlias alias(String pool, List<String> fallbacks) {
        return new ModelAlias(
                pool + "-model",
                new ModelAlias.Description(pool, pool, pool),
                8192,
                1024,
                Set.of(Endpoint.CHAT),
                new ModelAlias.Lifecycle(LocalDate.of(2026, 1, 1), Stage.AVAILABLE, Optional.empty(), Optional.empty()),
                State.LIVE,
                List.of(new Route(pool, 1)),
                fallbacks,
                PromptFormat.PLAIN);
    }
}
