package network.cortensor.portal.keys;

/** All keys that operators have made, by their hashes. Implementations are safe for use by many threads and never throw. */
@FunctionalInterface
public interface IssuedKeys {
    KeyVerdict find(KeyHash hash);
}
