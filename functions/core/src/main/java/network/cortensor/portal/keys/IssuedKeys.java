package network.cortensor.portal.keys;

/**
 * All keys that operators have made, by their hashes. Implementations are safe for use by many threads and never throw: a table that cannot be read is a {@link
 * KeyVerdict.Unavailable}.
 *
 * <p>The API calls it on the request's own thread, before anything else is done for the request. A key that was looked up within 5 s does not block. Otherwise a call blocks
 * for the reads of the key and its plan, each at most 3 s.
 */
@FunctionalInterface
public interface IssuedKeys {
    KeyVerdict find(KeyHash hash);

    /** What is known of a key without reading anything. */
    default Expectation expected(KeyHash hash) {
        return new Expectation.Nothing();
    }

    /** Looks at the key itself and not at its plan, so that a {@link #find} soon after has only that to read. */
    default Expectation readWithoutPlan(KeyHash hash) {
        return new Expectation.Nothing();
    }

    /** What is to be expected of a key, by which reads are begun that a good one needs. It lets nobody in. */
    sealed interface Expectation {
        /** It was good when it was last read, however long ago. */
        record Good(IssuedKey last) implements Expectation {}

        /** A look-up would say now, without reading anything, that it is not good. */
        record Bad() implements Expectation {}

        /** It could not be read just now. */
        record Unreadable() implements Expectation {}

        record Nothing() implements Expectation {}
    }
}
