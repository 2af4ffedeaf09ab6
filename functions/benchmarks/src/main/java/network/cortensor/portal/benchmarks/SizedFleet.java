package network.cortensor.portal.benchmarks;

import java.net.URI;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Endpoint;
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

/** Catalog values of any size. */
final class SizedFleet {
    private SizedFleet() {}

    static ModelAlias alias(String name, String route, String fallback) {
        return new ModelAlias(
                name,
                new ModelAlias.Description(name, "bench", "for measurements"),
                131_072,
                32_768,
                EnumSet.allOf(Endpoint.class),
                new ModelAlias.Lifecycle(LocalDate.of(2026, 1, 1), Stage.AVAILABLE, Optional.empty(), Optional.empty()),
                State.LIVE,
                List.of(new Route(route, 90), new Route(fallback, 10)),
                List.of(fallback),
                PromptFormat.PLAIN);
    }

    static Pool pool(String name) {
        return new Pool(name, State.LIVE, PoolTimes.DEFAULTS, Pool.DEFAULT_MAX_ATTEMPTS, Streaming.NATIVE);
    }

    static Target target(String pool, int number) {
        return new Target(
                new TargetId(pool, "target-" + number),
                URI.create("https://router-" + number % 7 + ".example:5010"),
                new Protocol.Cortensor(3, Protocol.SessionForm.BODY, number),
                Capacity.ONE,
                1 + number % 5,
                State.LIVE,
                Optional.empty());
    }
}
