package network.cortensor.portal.dynamo;

/** A table did not answer in time, or not with what was asked. */
final class Unreadable extends Exception {
    Unreadable(Throwable cause) {
        super("a table cannot be read", cause);
    }
}
