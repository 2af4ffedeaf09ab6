package network.cortensor.portal.keys;

import java.util.Collection;
import java.util.Set;

/** The aliases that a key may use. The others do not exist for it. */
public sealed interface AllowedModels {
    boolean allows(String alias);

    /** Whether any of an alias's names is allowed: one that was renamed and kept its old name stays allowed. */
    default boolean allowsAny(Collection<String> names) {
        return names.stream().anyMatch(this::allows);
    }

    /** Whatever there is, and whatever will be. */
    record All() implements AllowedModels {
        @Override
        public boolean allows(String alias) {
            return true;
        }
    }

    /** These, whether they exist or not. */
    record Only(Set<String> aliases) implements AllowedModels {
        public Only {
            aliases = Set.copyOf(aliases);
        }

        @Override
        public boolean allows(String alias) {
            return aliases.contains(alias);
        }
    }
}
