package network.cortensor.portal.operator.edit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.model.Target;

/**
 * What changes rely on beside their own items. A check that was made on what was read is worth nothing if it is not part of the write's
 * condition: of two operators who each close one of a model's two pools, each would see the other pool open.
 *
 * <ul>
 *   <li>For each model that the changes touch and that is served before and after: one witness, which is the model, one of its pools and one
 *       target there that alone would serve it. As long as these three are as they were read, the model is served.
 *   <li>For each pool that a changed model or target names: that it is there.
 *   <li>For each pool that goes: that the models, of which none names it, are as they were read.
 * </ul>
 *
 * <p>Items that the changes write themselves are conditions already and no guards. No condition can speak of items that may or may not be there, so two
 * operators can give two targets one session, or two models one name, between the last look of each and the write of the other. That {@link #leaveOpen is
 * left open}, so whoever has written so looks once more.
 */
final class Guards {
    /** By these fields an item claims what no two may have. */
    private static final Set<String> CLAIMS = Set.of("routerUrl", "sessionId", "protocol", "upstreamModel", "aka");

    private final StoredCatalog before;
    private final StoredCatalog after;
    private final Set<CatalogKey> written;
    private final Map<CatalogKey, Guard> guards = new LinkedHashMap<>();

    private Guards(StoredCatalog before, List<Change> changes) {
        this.before = before;
        this.after = before.after(changes);
        this.written = changes.stream().map(Change::key).collect(Collectors.toSet());
    }

    /** Of changes that must not take a model away from customers. */
    static List<Guard> of(StoredCatalog before, List<Change> changes, Instant now) {
        Guards guards = new Guards(before, changes);
        guards.references(changes);
        guards.witnesses(now);
        return List.copyOf(guards.guards.values());
    }

    /** Of changes that may take models away, because that is meant. */
    static List<Guard> ofReferences(StoredCatalog before, List<Change> changes) {
        Guards guards = new Guards(before, changes);
        guards.references(changes);
        return List.copyOf(guards.guards.values());
    }

    /** Whether something may come of the changes and another's that no condition forbids: they give sessions to targets, or names to models. */
    static boolean leaveOpen(List<Change> changes) {
        return changes.stream().anyMatch(change -> switch (change) {
            case Change.Create create ->
                create.key().table() == CatalogTable.TARGETS || create.key().table() == CatalogTable.MODELS;
            case Change.Update update -> update.fields().stream().anyMatch(field -> CLAIMS.contains(field.field()));
            case Change.Delete ignored -> false;
        });
    }

    private void references(List<Change> changes) {
        WholeCatalog then = after.understood();
        for (Change change : changes) {
            CatalogKey key = change.key();
            switch (key.table()) {
                case MODELS ->
                    Optional.ofNullable(then.aliases().get(key.name())).stream()
                            .flatMap(alias -> alias.pools().stream())
                            .forEach(this::present);
                case TARGETS -> {
                    if (!(change instanceof Change.Delete)) {
                        present(key.values().getFirst());
                    }
                }
                case POOLS -> {
                    if (change instanceof Change.Delete) {
                        before.keys(CatalogTable.MODELS).forEach(this::unchanged);
                    }
                }
                case PLANS -> {}
            }
        }
    }

    private void witnesses(Instant now) {
        ServedModels present = new ServedModels(before.understood(), now);
        ServedModels then = new ServedModels(after.understood(), now);
        present.aliases()
                .forEach(alias -> then.alias(alias.name())
                        .filter(same -> present.serves(alias) && then.serves(same))
                        .filter(same -> !present.view(alias).equals(then.view(same)))
                        .flatMap(then::witness)
                        .ifPresent(this::witness));
    }

    private void witness(ServedModels.Witness witness) {
        Target target = witness.target();
        unchanged(CatalogKey.model(witness.alias().name()));
        unchanged(CatalogKey.pool(target.id().pool()));
        unchanged(CatalogKey.target(target.id().pool(), target.id().name()));
    }

    private void unchanged(CatalogKey key) {
        if (!written.contains(key)) {
            before.item(key).ifPresent(seen -> guards.put(key, new Guard.Unchanged(key, seen)));
        }
    }

    private void present(String pool) {
        CatalogKey key = CatalogKey.pool(pool);
        if (!written.contains(key) && before.item(key).isPresent()) {
            guards.putIfAbsent(key, new Guard.Present(key));
        }
    }
}
