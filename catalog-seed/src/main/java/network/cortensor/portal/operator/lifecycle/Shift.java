package network.cortensor.portal.operator.lifecycle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.operator.edit.Changes;
import network.cortensor.portal.operator.edit.Editing;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portalctl shift}. */
@Command(
        name = "shift",
        description = {
            "Sets the weights of a model's routes. Each customer stays on one route as long as the weights stay.",
            "A pool that the model has no route to gets one; weight 0 closes a route and keeps it. Other routes stay."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl shift gpt-oss-20b oss-20b=90 oss-20b-new=10 -e prod --reason \"try the new routers\""})
public final class Shift implements Callable<Integer> {
    private static final String ROUTES = "routes";

    @Mixin
    private final CommonOptions common;

    @Mixin
    private final EditOptions edit;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    private String model = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "POOL=WEIGHT",
            description = "A pool and its route's new weight.")
    private Map<String, Integer> weights = Map.of();

    public Shift(Workplace workplace) {
        this.common = new CommonOptions(workplace);
        this.edit = new EditOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = common.open()) {
            StoredCatalog stored = StoredCatalog.read(access.dynamo(), access.tables());
            ModelAlias alias = stored.understood().aliases().get(model);
            if (alias == null) {
                throw new CommandStopped(ExitCode.USAGE, "model " + model + ": does not exist (expected: a model)");
            }
            check(stored);
            CatalogKey key = CatalogKey.model(model);
            refuseUnreadRoutes(key, alias, stored);
            new Editing(access, common.console(), edit)
                    .carryOut(
                            stored,
                            stored.item(key)
                                    .map(seen ->
                                            Changes.of(key, seen, Map.of(ROUTES, ItemValue.ofPlain(shifted(alias)))))
                                    .orElse(List.of()),
                            "shift",
                            Editing.Asking.PRODUCTION_ONLY);
        }
        return ExitCode.DONE.number();
    }

    /** Routes that no rule can read are none to those who route, and would be gone from the item. */
    private static void refuseUnreadRoutes(CatalogKey key, ModelAlias alias, StoredCatalog stored)
            throws CommandStopped {
        Optional<ItemValue> written = Optional.ofNullable(stored.plain(key).get(ROUTES));
        if (written.isPresent() && alias.routes().isEmpty()) {
            List<String> lines = new ArrayList<>(stored.understood().problems().stream()
                    .filter(problem -> problem.item().equals(key.toString())
                            && problem.field().startsWith(ROUTES))
                    .map(Problem::toString)
                    .toList());
            lines.add("its routes are not known, so nothing was written (expected: good ones, by portalctl rollback or"
                    + " apply)");
            throw new CommandStopped(ExitCode.FOUND, lines);
        }
    }

    private void check(StoredCatalog stored) throws CommandStopped {
        for (Map.Entry<String, Integer> wanted : weights.entrySet()) {
            if (stored.item(CatalogKey.pool(wanted.getKey())).isEmpty()) {
                throw new CommandStopped(
                        ExitCode.USAGE, "pool " + wanted.getKey() + ": does not exist (expected: a pool)");
            }
            if (wanted.getValue() < 0) {
                throw new CommandStopped(
                        ExitCode.USAGE, wanted.getKey() + ": " + wanted.getValue() + " (expected: a weight >= 0)");
            }
        }
    }

    private List<Map<String, Object>> shifted(ModelAlias alias) {
        Map<String, Integer> routes = new LinkedHashMap<>();
        for (Route route : alias.routes()) {
            routes.put(route.pool(), route.weight());
        }
        routes.putAll(weights);
        List<Map<String, Object>> items = new ArrayList<>();
        routes.forEach((pool, weight) -> {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("pool", pool);
            item.put("weight", BigDecimal.valueOf(weight));
            items.add(item);
        });
        return items;
    }
}
