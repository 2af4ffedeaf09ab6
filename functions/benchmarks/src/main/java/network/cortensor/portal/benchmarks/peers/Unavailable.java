package network.cortensor.portal.benchmarks.peers;

/** A gateway or a tool cannot be had on this machine; the message says why, in words for the report. */
final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String reason) {
        super(reason);
    }
}
