package network.cortensor.portal.infra.environment;

/**
 * How much the deployment may do at once.
 *
 * @param requests requests in flight: the reserved concurrency of {@code inference-api}, which also bounds what the streaming URL can
 *     cost. The account's Lambda quota must leave 100 beside it.
 * @param deepProbesPerTick completions that the prober may spend per minute
 * @param rollout how a new version of {@code inference-api} comes in
 */
public record Sizes(int requests, int deepProbesPerTick, Rollout rollout) {
    public Sizes {
        if (requests < 1) {
            throw new BadDeployment("requests: " + requests + " (expected: >= 1)");
        }
        if (deepProbesPerTick < 0) {
            throw new BadDeployment("deepProbesPerTick: " + deepProbesPerTick + " (expected: >= 0)");
        }
    }

    /** The way from one version to the next. */
    public enum Rollout {
        AT_ONCE,
        /** A tenth of the requests for ten minutes, then all, unless an alarm rolls it back. */
        CANARY
    }
}
