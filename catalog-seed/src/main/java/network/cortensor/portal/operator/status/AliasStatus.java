package network.cortensor.portal.operator.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.routing.Availability;

/** One alias with its pools, as its customers meet it. */
record AliasStatus(ModelAlias alias, Availability availability, List<PoolStatus> pools) {

    static AliasStatus of(ModelAlias alias, FleetView fleet) {
        Stream<PoolStatus> routed = alias.routes().stream().map(route -> PoolStatus.routed(route, alias, fleet));
        Stream<PoolStatus> fallbacks = alias.fallbackPools().stream()
                .map(pool -> PoolStatus.of(pool, new PoolStatus.Role.Fallback(), alias.state(), fleet));
        return new AliasStatus(
                alias,
                Availability.of(fleet.view(alias), fleet.now()),
                Stream.concat(routed, fallbacks).toList());
    }

    Object json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", alias.name());
        json.put("stage", alias.lifecycle().stage().word());
        json.put("state", alias.state().word());
        json.put("availability", availability.word());
        json.put("pools", pools.stream().map(PoolStatus::json).toList());
        return json;
    }
}
