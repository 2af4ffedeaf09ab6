package network.cortensor.portal.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks host names up. Implementations are safe for use by many threads. */
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
