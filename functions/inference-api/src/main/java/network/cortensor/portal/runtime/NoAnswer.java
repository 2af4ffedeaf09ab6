package network.cortensor.portal.runtime;

/** The handler returned although it had answered nothing: a bug of the handler, and an error to the customer. */
final class NoAnswer extends IllegalStateException {
    NoAnswer() {
        super("the handler returned without an answer");
    }
}
