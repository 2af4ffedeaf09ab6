package network.cortensor.portal.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;

/** What items say of one another. A route or fallback to nowhere is never taken; the rest of its alias works. */
public final class References {
    private References() {}

    /**
     * The alias that customers mean by a name: the one that is called so, or the only one that has it among its further names. A name that two
     * aliases have besides their own belongs to neither, because nobody knows which was meant.
     */
    public static Optional<ModelAlias> named(String name, Collection<ModelAlias> aliases) {
        List<ModelAlias> own =
                aliases.stream().filter(alias -> alias.name().equals(name)).toList();
        List<ModelAlias> meant = own.isEmpty()
                ? aliases.stream().filter(alias -> alias.aka().contains(name)).toList()
                : own;
        return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
    }

    /** The names that lead to an alias: its own, and those of its further ones that are not taken. */
    public static List<String> names(ModelAlias alias, Collection<ModelAlias> aliases) {
        return alias.names().stream()
                .filter(name -> name.equals(alias.name())
                        || named(name, aliases)
                                .filter(meant -> meant.name().equals(alias.name()))
                                .isPresent())
                .distinct()
                .toList();
    }

    /** Further names of an alias that do not lead to it, because they are taken. */
    static List<Problem> taken(ModelAlias alias, Collection<ModelAlias> aliases) {
        List<Problem> found = new ArrayList<>();
        for (int index = 0; index < alias.aka().size(); index++) {
            String name = alias.aka().get(index);
            if (named(name, aliases).filter(alias::equals).isEmpty() || name.equals(alias.name())) {
                found.add(new Problem(
                        "model " + alias.name(),
                        "aka[" + index + "]",
                        Shown.of(ItemValue.of(name)) + " is a name of " + holder(name, alias, aliases)
                                + " (expected: a name that no model has)",
                        Problem.Severity.ERROR));
            }
        }
        return found;
    }

    private static String holder(String name, ModelAlias alias, Collection<ModelAlias> aliases) {
        return aliases.stream()
                .filter(other -> !other.equals(alias) && other.names().contains(name))
                .map(other -> "model " + other.name())
                .findFirst()
                .orElse("this model itself");
    }

    /** @param named the alias that customers mean by a name, if there is one */
    public static Optional<Problem> dangling(Pool pool, Function<String, Optional<ModelAlias>> named) {
        return pool.servesModel()
                .filter(model -> named.apply(model).isEmpty())
                .map(model -> Problem.dangling("pool " + pool.name(), "servesModel", model));
    }

    /** @param pools names of those that exist */
    public static List<Problem> dangling(ModelAlias alias, Set<String> pools) {
        List<Problem> found = new ArrayList<>();
        String item = "model " + alias.name();
        for (int index = 0; index < alias.routes().size(); index++) {
            String pool = alias.routes().get(index).pool();
            if (!pools.contains(pool)) {
                found.add(Problem.dangling(item, "routes[" + index + "].pool", pool));
            }
        }
        for (int index = 0; index < alias.fallbackPools().size(); index++) {
            String pool = alias.fallbackPools().get(index);
            if (!pools.contains(pool)) {
                found.add(Problem.dangling(item, "fallbackPools[" + index + "]", pool));
            }
        }
        return found;
    }
}
