package network.cortensor.portal.model;

import java.util.Optional;

/**
 * A managed serving group for one model family.
 *
 * @param servesModel a name of the alias whose model its targets serve; absent if that is the model of whatever alias leads here
 */
public record Pool(
        String name, State state, PoolTimes times, int maxAttempts, Streaming streaming, Optional<String> servesModel) {
    /** Attempts per request when a pool does not say: the number that {@link PoolTimes#DEFAULTS} leave room for. */
    public static final int DEFAULT_MAX_ATTEMPTS = 3;

    /** One that serves the model of whatever alias leads to it. */
    public Pool(String name, State state, PoolTimes times, int maxAttempts, Streaming streaming) {
        this(name, state, times, maxAttempts, streaming, Optional.empty());
    }

    public Pool {
        Names.require("pool", name);
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts: " + maxAttempts + " (expected: >= 1)");
        }
    }

    /** The model that answers a request for {@code alias} here, if it is another than the alias's own. */
    public Optional<String> otherModelThan(ModelAlias alias) {
        return servesModel.filter(model -> !alias.names().contains(model));
    }
}
