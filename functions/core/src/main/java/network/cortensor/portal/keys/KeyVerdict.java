package network.cortensor.portal.keys;

/** What is known about a key. */
public sealed interface KeyVerdict {
    /** It is good. */
    record Known(Customer customer) implements KeyVerdict {}

    /** It is nobody's, revoked, or expired; which of them is not the sender's business. */
    record Unknown() implements KeyVerdict {}

    /** That cannot be found out: the table does not answer, or the key's item or plan is broken. Nothing of it is the sender's fault. */
    record Unavailable() implements KeyVerdict {}
}
