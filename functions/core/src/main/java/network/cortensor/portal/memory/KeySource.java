package network.cortensor.portal.memory;

import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.Plan;

/** Where {@link RememberedKeys} reads what it does not remember. Calls may come from several threads at once, and block as long as the store's time-out lets them. */
public interface KeySource {
    Row<IssuedKey> key(KeyHash hash) throws Unreadable;

    Row<Plan> plan(String name) throws Unreadable;

    /** What stands under a key of the store. */
    sealed interface Row<T> {
        record Absent<T>() implements Row<T> {}

        /** Something that nobody can make sense of, and that was reported. */
        record Broken<T>() implements Row<T> {}

        record Good<T>(T value) implements Row<T> {}
    }
}
