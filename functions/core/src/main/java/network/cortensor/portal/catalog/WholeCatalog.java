package network.cortensor.portal.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/**
 * Every item of a catalog, read by the same rules wherever it comes from, with what is wrong in each and between them.
 *
 * @param targets those whose address or session is broken are absent; those that share a session are paused
 */
public record WholeCatalog(
        Map<String, ModelAlias> aliases,
        Map<String, Pool> pools,
        Map<TargetId, Target> targets,
        List<Problem> problems) {

    /**
     * Items as they stand in tables or files, by key.
     *
     * @param targets by pool, then by name
     */
    public record Items(
            Map<String, Map<String, ItemValue>> models,
            Map<String, Map<String, ItemValue>> pools,
            Map<String, Map<String, Map<String, ItemValue>>> targets) {

        /** The same with one item as given, or without it. */
        public Items with(CatalogKey key, Optional<Map<String, ItemValue>> item) {
            String first = key.values().getFirst();
            return switch (key.table()) {
                case MODELS -> new Items(changed(models, first, item), pools, targets);
                case POOLS -> new Items(models, changed(pools, first, item), targets);
                case PLANS -> this;
                case TARGETS -> {
                    Map<String, Map<String, ItemValue>> ofPool = targets.getOrDefault(first, Map.of());
                    Map<String, Map<String, ItemValue>> changed =
                            changed(ofPool, key.values().getLast(), item);
                    yield new Items(models, pools, changed(targets, first, Optional.of(changed)));
                }
            };
        }

        /** The item of this key, if there is one. */
        public Optional<Map<String, ItemValue>> item(CatalogKey key) {
            String first = key.values().getFirst();
            return Optional.ofNullable(
                    switch (key.table()) {
                        case MODELS -> models.get(first);
                        case POOLS -> pools.get(first);
                        case PLANS -> null;
                        case TARGETS ->
                            targets.getOrDefault(first, Map.of())
                                    .get(key.values().getLast());
                    });
        }

        private static <T> Map<String, T> changed(Map<String, T> all, String name, Optional<T> value) {
            Map<String, T> changed = new TreeMap<>(all);
            changed.remove(name);
            value.ifPresent(present -> changed.put(name, present));
            return changed;
        }
    }

    public static WholeCatalog of(Items items) {
        List<Problem> problems = new ArrayList<>();
        Map<String, ModelAlias> aliases = new TreeMap<>();
        items.models().forEach((name, item) -> {
            if (named("model", name, problems)) {
                aliases.put(name, noted(ModelItems.parse(name, item), problems));
            }
        });
        Map<String, Pool> pools = new TreeMap<>();
        items.pools().forEach((name, item) -> {
            if (named("pool", name, problems)) {
                pools.put(name, noted(PoolItems.parse(name, item), problems));
            }
        });
        Map<TargetId, Target> targets = new TreeMap<>(TargetId.ORDER);
        items.targets()
                .forEach((pool, named) -> named.forEach((name, item) -> {
                    if (named("target", pool, problems) && named("target", name, problems)) {
                        TargetId id = new TargetId(pool, name);
                        Optional<Target> target = noted(TargetItems.parse(id, item), problems);
                        target.ifPresent(value -> targets.put(id, value));
                    }
                }));
        Set<TargetId> doubled = SharedSessions.doubled(targets.values());
        targets.replaceAll((id, target) -> doubled.contains(id) ? target.in(State.PAUSED) : target);
        doubled.stream()
                .sorted(TargetId.ORDER)
                .map(targets::get)
                .map(SharedSessions::problem)
                .forEach(problems::add);
        WholeCatalog catalog = new WholeCatalog(aliases, pools, targets, List.of());
        catalog.between().forEach(problems::add);
        return new WholeCatalog(aliases, pools, targets, List.copyOf(problems));
    }

    private static <T> T noted(Parsed<T> parsed, List<Problem> problems) {
        problems.addAll(parsed.problems());
        return parsed.value();
    }

    private static boolean named(String kind, String name, List<Problem> problems) {
        if (Names.isName(name)) {
            return true;
        }
        problems.add(Problem.noName(kind, name));
        return false;
    }

    /** The alias that customers mean by a name: its own, or one of its further ones. */
    public Optional<ModelAlias> alias(String name) {
        return References.named(name, aliases.values());
    }

    private Stream<Problem> between() {
        return Stream.of(
                        aliases.values().stream().flatMap(this::of),
                        targets.values().stream().flatMap(this::of),
                        pools.values().stream().flatMap(this::of))
                .flatMap(problems -> problems);
    }

    private Stream<Problem> of(ModelAlias alias) {
        List<Problem> found = new ArrayList<>(References.dangling(alias, pools.keySet()));
        found.addAll(References.taken(alias, aliases.values()));
        String item = "model " + alias.name();
        if (!alias.routes().isEmpty()
                && alias.routes().stream().mapToInt(Route::weight).allMatch(weight -> weight == 0)) {
            found.add(Problem.advice(item, "routes", "every weight is 0, so only fallback pools serve this model"));
        }
        found.addAll(fallbacksOutOfReach(alias));
        alias.lifecycle()
                .successor()
                .filter(successor -> alias(successor).isEmpty())
                .ifPresent(successor -> found.add(Problem.dangling(item, "successor", successor)));
        if (alias.lifecycle().stage().compareTo(Stage.DEPRECATED) >= 0
                && alias.lifecycle().successor().isEmpty()) {
            found.add(Problem.advice(
                    item, "successor", "missing (expected: a model to move to, for a deprecated or retired one)"));
        }
        if (alias.maxOutputTokens() > alias.contextLength()) {
            found.add(Problem.advice(item, "maxOutputTokens", "more than contextLength"));
        }
        return found.stream();
    }

    /** Each fallback pool needs an attempt of its own, and so does the route. */
    private List<Problem> fallbacksOutOfReach(ModelAlias alias) {
        List<Problem> found = new ArrayList<>();
        for (Route route : alias.routes()) {
            long needed = 1
                    + alias.fallbackPools().stream()
                            .distinct()
                            .filter(fallback -> !fallback.equals(route.pool()))
                            .count();
            Optional.ofNullable(pools.get(route.pool()))
                    .filter(pool -> needed > 1 && pool.maxAttempts() < needed)
                    .map(pool -> Problem.advice(
                            "pool " + pool.name(),
                            "maxAttempts",
                            pool.maxAttempts() + ", so a request of model " + alias.name()
                                    + " that fails here cannot try each of its fallback pools (expected: at least "
                                    + needed + ")"))
                    .ifPresent(found::add);
        }
        return found;
    }

    private Stream<Problem> of(Target target) {
        List<Problem> found = new ArrayList<>();
        String item = "target " + target.id();
        String pool = target.id().pool();
        if (!pools.containsKey(pool)) {
            found.add(Problem.dangling(item, "pool", pool));
        }
        if (target.protocol() instanceof Protocol.Cortensor
                && target.capacity() instanceof Capacity.Slots(int count)
                && count > 1) {
            found.add(Problem.advice(
                    item,
                    "capacity",
                    count
                            + " on a Cortensor session, which may give one customer's answer to another where two"
                            + " requests meet (expected: 1, unless its router keeps them apart)"));
        }
        return found.stream();
    }

    private Stream<Problem> of(Pool pool) {
        List<Problem> found = new ArrayList<>();
        String item = "pool " + pool.name();
        if (pool.times()
                        .attempt()
                        .plus(pool.times().queue())
                        .compareTo(pool.times().total())
                > 0) {
            found.add(Problem.advice(
                    item,
                    "queueSeconds",
                    "with attemptSeconds more than totalSeconds, so a request that waits for so long cannot be"
                            + " sent any more"));
        }
        References.dangling(pool, this::alias).ifPresent(found::add);
        if (targets.keySet().stream().noneMatch(target -> target.pool().equals(pool.name()))) {
            found.add(Problem.advice(item, "targets", "none, so this pool serves nothing"));
        }
        return found.stream();
    }
}
