package network.cortensor.portal.testkit.router;

import network.cortensor.portal.testkit.http.PeerRequest;

/** Hears of every request that reaches a simulated upstream, probes included and control requests not. Safe for use by many threads. */
@FunctionalInterface
public interface CallListener {
    CallListener NONE = request -> {};

    /** Called before anything is done with the request, also where the connection is about to be reset. */
    void received(PeerRequest request);
}
