package network.cortensor.portal.operator.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.State;
import network.cortensor.portal.routing.PoolChoice;

/**
 * One pool as requests for one alias meet it.
 *
 * @param role how the alias leads to it
 * @param state of the pool itself; absent if there is no such pool
 * @param servesModel a name of the alias whose model it serves, if the pool says so
 */
record PoolStatus(
        String name,
        Role role,
        Optional<State> state,
        Optional<State> effective,
        Optional<String> servesModel,
        List<TargetStatus> targets) {

    /** How an alias leads to a pool. */
    sealed interface Role {
        /** @param all the weights of all routes together */
        record Routed(int weight, long all) implements Role {}

        record Fallback() implements Role {}

        /** No alias does. */
        record Unused() implements Role {}

        /** {@code weight 10 (9 %)}, {@code fallback}, or nothing. */
        default String words() {
            return switch (this) {
                case Routed(int weight, long all) ->
                    "weight " + weight + (all == 0 ? "" : " (" + Math.round(100.0 * weight / all) + " %)");
                case Fallback ignored -> "fallback";
                case Unused ignored -> "";
            };
        }
    }

    static PoolStatus routed(Route route, ModelAlias alias, FleetView fleet) {
        long all = alias.routes().stream().mapToLong(Route::weight).sum();
        return of(route.pool(), new Role.Routed(route.weight(), all), alias.state(), fleet);
    }

    static PoolStatus of(String name, Role role, State alias, FleetView fleet) {
        return fleet.pool(name)
                .map(view -> PoolChoice.ofAnyRequest(view, alias, fleet.now()))
                .map(choice -> new PoolStatus(
                        name,
                        role,
                        Optional.of(choice.pool().pool().state()),
                        Optional.of(choice.state()),
                        choice.pool().pool().servesModel(),
                        choice.candidates().stream()
                                .map(judged -> TargetStatus.of(judged, choice, alias, fleet))
                                .toList()))
                .orElseGet(() ->
                        new PoolStatus(name, role, Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
    }

    int slotsTaken() {
        return targets.stream().mapToInt(target -> target.taken().size()).sum();
    }

    int slots() {
        return targets.stream().mapToInt(TargetStatus::capacity).sum();
    }

    Object json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put(
                "role",
                switch (role) {
                    case Role.Routed ignored -> "route";
                    case Role.Fallback ignored -> "fallback";
                    case Role.Unused ignored -> "unused";
                });
        json.put("weight", role instanceof Role.Routed routed ? routed.weight() : null);
        json.put("servesModel", servesModel.orElse(null));
        json.put("state", state.map(State::word).orElse(null));
        json.put("effective", effective.map(State::word).orElse(null));
        json.put("slotsTaken", slotsTaken());
        json.put("slots", slots());
        json.put("targets", targets.stream().map(TargetStatus::json).toList());
        return json;
    }
}
