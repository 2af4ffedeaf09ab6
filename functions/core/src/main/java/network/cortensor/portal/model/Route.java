package network.cortensor.portal.model;

/**
 * One way from an alias to a pool. Several routes make a controlled rollout: each customer's share follows the weights.
 *
 * @param weight relative share, 0 closes the route
 */
public record Route(String pool, int weight) {
    public Route {
        Names.require("pool", pool);
        if (weight < 0) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: >= 0)");
        }
    }
}
