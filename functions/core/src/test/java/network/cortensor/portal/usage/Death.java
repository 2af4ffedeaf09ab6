package network.cortensor.portal.usage;

/** A worker dies where it stands. */
final class Death extends RuntimeException {
    Death() {
        super("dead", null, false, false);
    }
}
