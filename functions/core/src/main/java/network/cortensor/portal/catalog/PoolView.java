package network.cortensor.portal.catalog;

import java.util.List;
import network.cortensor.portal.model.Pool;

/** A pool with its targets, in the order of their names. */
public record PoolView(Pool pool, List<TargetView> targets) {
    public PoolView {
        targets = List.copyOf(targets);
    }
}
