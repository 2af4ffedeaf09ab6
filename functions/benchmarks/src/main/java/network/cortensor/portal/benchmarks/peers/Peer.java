package network.cortensor.portal.benchmarks.peers;

import java.net.URI;

/** A gateway that can be put before a model server. */
interface Peer {
    /** Its name and version in the report, and what it does not do that the product does. */
    String name();

    /** Brings what it needs onto this machine, if it is not there yet. May take minutes. */
    void install() throws Unavailable, InterruptedException;

    /**
     * Starts it before one model server.
     *
     * @param upstream the server's address, without {@code /v1}
     */
    Gateway start(URI upstream) throws Unavailable, InterruptedException;
}
