package network.cortensor.portal.slots;

/** The worker's process is gone, in the middle of whatever it did. */
final class Crash extends Error {
    Crash() {
        super("crash", null, false, false);
    }
}
