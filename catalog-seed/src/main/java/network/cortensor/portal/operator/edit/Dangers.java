package network.cortensor.portal.operator.edit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import network.cortensor.portal.model.ModelAlias;

/** What changes would do to customers: models that are served before, and would not be after. */
final class Dangers {
    private Dangers() {}

    /** One line for each model that would go. */
    static List<String> of(StoredCatalog before, StoredCatalog after, Instant now) {
        ServedModels present = new ServedModels(before.understood(), now);
        ServedModels then = new ServedModels(after.understood(), now);
        List<String> dangers = new ArrayList<>();
        present.aliases().stream().filter(present::serves).forEach(alias -> dangers.addAll(of(alias, then)));
        return dangers;
    }

    /** A model may be renamed if its old name leads to the new one. */
    private static List<String> of(ModelAlias served, ServedModels then) {
        List<String> gone = served.names().stream()
                .filter(name -> then.alias(name).isEmpty())
                .map(name -> name.equals(served.name()) ? name : name + " (another name of " + served.name() + ")")
                .map(name -> "model " + name + ": is served now, and would be gone")
                .toList();
        return gone.isEmpty() ? reason(then, served.name()).stream().toList() : gone;
    }

    private static Optional<String> reason(ServedModels then, String name) {
        Optional<ModelAlias> alias = then.alias(name);
        if (alias.isEmpty()) {
            return Optional.empty();
        }
        if (alias.get().retired()) {
            return Optional.of("model " + name + ": is served now, and would be retired");
        }
        return then.serves(alias.get())
                ? Optional.empty()
                : Optional.of("model " + name + ": is served now, and would have no open pool left ("
                        + alias.get().pools().stream()
                                .map(pool -> pool + " " + state(then, alias.get(), pool))
                                .collect(Collectors.joining(", "))
                        + ")");
    }

    private static String state(ServedModels then, ModelAlias alias, String pool) {
        boolean closed = alias.routes().stream().anyMatch(route -> route.pool().equals(pool) && route.weight() == 0);
        if (closed && !alias.fallbackPools().contains(pool)) {
            return "with weight 0";
        }
        return Optional.ofNullable(then.catalog().pools().get(pool))
                .map(known -> alias.state().worst(known.state()))
                .map(state -> state.takesRequests() ? "without an open target" : state.word())
                .orElse("does not exist");
    }
}
