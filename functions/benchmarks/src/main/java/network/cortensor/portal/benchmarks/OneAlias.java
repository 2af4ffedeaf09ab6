package network.cortensor.portal.benchmarks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.ModelAlias;

/** A catalog whose every alias leads to one pool of targets that are well. */
final class OneAlias implements Catalog {
    static final String POOL = "bench";

    private final PoolView pool;

    OneAlias(int targets) {
        pool = new PoolView(
                SizedFleet.pool(POOL),
                IntStream.range(0, targets)
                        .mapToObj(number ->
                                new TargetView(SizedFleet.target(POOL, number), Standing.GOOD, Optional.empty()))
                        .toList());
    }

    @Override
    public Optional<AliasView> find(String alias) {
        return Optional.of(new AliasView(SizedFleet.alias(POOL, POOL, "spare"), Map.of(POOL, pool), Instant.now()));
    }

    @Override
    public List<String> names(ModelAlias alias) {
        return List.of(alias.name());
    }

    @Override
    public List<AliasView> all() {
        return List.of();
    }
}
