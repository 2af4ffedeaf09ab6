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
}
