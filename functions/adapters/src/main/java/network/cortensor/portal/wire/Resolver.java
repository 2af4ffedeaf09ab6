package network.cortensor.portal.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Looks host names up. Implementations are safe for use by many threads.
 *
 * <p>An exchange calls it on a platform thread of its own, because the machine's look-up cannot be interrupted. A call may block for as long as it likes: nobody waits for it
 * after the exchange's time to connect.
 */
@FunctionalInterface
public interface Resolver {
    /** The machine's own. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * The host's addresses, at least one, in the order in which to try them.
     *
     * @throws UnknownHostException if it has none, or none can be found now
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
