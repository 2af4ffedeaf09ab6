package network.cortensor.portal.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import network.cortensor.portal.model.ModelAlias;

/** What items say of one another. A route or fallback to nowhere is never taken; the rest of its alias works. */
public final class References {
    private References() {}

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
