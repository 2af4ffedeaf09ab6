package network.cortensor.portal.operator.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.State;
import network.cortensor.portal.operator.edit.Change;
import network.cortensor.portal.operator.edit.Changes;
import network.cortensor.portal.operator.edit.Editing;
import network.cortensor.portal.operator.edit.ItemArgument;
import network.cortensor.portal.operator.edit.StoredCatalog;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.Workplace;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the four commands have in common that put items into a state. */
final class StateChange {
    @Mixin
    private final CommonOptions common;

    @Mixin
    private final EditOptions edit;

    @Parameters(
            arity = "1..*",
            paramLabel = "ITEM",
            description =
                    "A model, a pool, or a target as POOL/TARGET; model/NAME or pool/NAME where both are called so.")
    private List<String> items = List.of();

    StateChange(Workplace workplace) {
        this.common = new CommonOptions(workplace);
        this.edit = new EditOptions(workplace);
    }

    CommonOptions common() {
        return common;
    }

    /** What has to hold before anything is written. */
    @FunctionalInterface
    interface Condition {
        /** @throws CommandStopped if it does not */
        void check(List<CatalogKey> items, WholeCatalog catalog) throws CommandStopped;
    }

    /** Writes the state. */
    void write(State state, String command, Access access) throws CommandStopped {
        write(state, command, access, (items, catalog) -> {});
    }

    /**
     * Writes the state if the condition holds.
     *
     * @return the items, whether or not they were in that state before
     */
    List<CatalogKey> write(State state, String command, Access access, Condition condition) throws CommandStopped {
        StoredCatalog stored = StoredCatalog.read(access.dynamo(), access.tables());
        List<CatalogKey> keys = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (String item : items) {
            CatalogKey key = ItemArgument.find(item, stored);
            if (!keys.contains(key)) {
                keys.add(key);
                stored.item(key)
                        .ifPresent(seen ->
                                changes.addAll(Changes.of(key, seen, Map.of("state", ItemValue.of(state.word())))));
            }
        }
        condition.check(keys, stored.understood());
        new Editing(access, common.console(), edit).carryOut(stored, changes, command, Editing.Asking.PRODUCTION_ONLY);
        return keys;
    }
}
