package network.cortensor.portal.health;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.TargetId;

/**
 * Where evidence is kept. Implementations are safe for use by many threads.
 *
 * <p>The catalog calls {@link #pool} and {@link #heartbeat} beside the request's own thread, when it reads a pool anew. {@link Learning} calls {@link #find} and {@link
 * #write} on threads that run beside requests, and on the prober's. The prober alone calls {@link #beat}. Each call blocks for one trip to the table, at most 3 s.
 */
public interface HealthStore {
    /**
     * The evidence about a pool's targets by name, in one read; may be a moment old.
     *
     * @throws HealthUnavailable if the store does not answer in time
     */
    Map<String, TargetHealth> pool(String pool) throws HealthUnavailable;

    /**
     * The evidence about one target as it is now.
     *
     * @throws HealthUnavailable if the store does not answer in time
     */
    Optional<TargetHealth> find(TargetId target) throws HealthUnavailable;

    /**
     * Writes evidence over the version that it was folded from.
     *
     * @param health still with the version that was read; 0 if there was none
     * @return whether it was written; if not, another writer has written since
     * @throws HealthUnavailable if the answer is lost; it may have been written
     */
    boolean write(TargetId target, TargetHealth health) throws HealthUnavailable;

    /**
     * When the prober last finished a tick.
     *
     * @throws HealthUnavailable if the store does not answer in time
     */
    Optional<Instant> heartbeat() throws HealthUnavailable;

    /** @throws HealthUnavailable if the answer is lost */
    void beat(Instant finished) throws HealthUnavailable;
}
