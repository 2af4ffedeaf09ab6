package network.cortensor.portal.inference;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.ModelItems;
import network.cortensor.portal.catalog.PoolItems;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetItems;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.TargetId;

/** One alias, one pool, one target, read by the rules that read the tables' items. */
record CannedCatalog(InstantSource clock) implements Catalog {
    private static final String POOL = "canned";

    @Override
    public Optional<AliasView> find(String alias) {
        Map<String, Object> model = Map.of(
                "state", "live",
                "contextLength", BigDecimal.valueOf(4_096),
                "maxOutputTokens", BigDecimal.valueOf(1_024),
                "promptFormat", "harmony",
                "routes", List.of(Map.of("pool", POOL, "weight", BigDecimal.ONE)));
        Map<String, Object> target =
                Map.of("state", "live", "routerUrl", "https://router.invalid", "sessionId", BigDecimal.ONE);
        PoolView pool = new PoolView(
                PoolItems.parse(POOL, ItemValue.item(Map.of("state", "live"))).value(),
                TargetItems.parse(new TargetId(POOL, "canned"), ItemValue.item(target)).value().stream()
                        .map(canned -> new TargetView(canned, Standing.GOOD, Optional.empty()))
                        .toList());
        return Optional.of(new AliasView(
                ModelItems.parse(alias, ItemValue.item(model)).value(), Map.of(POOL, pool), clock.instant()));
    }

    @Override
    public List<AliasView> all() {
        return List.of();
    }
}
