package network.cortensor.portal.dispatch;

import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.References;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/**
 * A catalog of one alias with a pool {@code main} on its route and perhaps fallback pools, edited at any time. Targets are on routers of
 * their own, each on its session 1, unless they are put there otherwise.
 */
final class EditedCatalog implements Catalog {
    static final String ALIAS = "gpt-oss-20b";
    static final int CONTEXT = 131_072;

    private final InstantSource clock;
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final Map<TargetId, TargetView> targets = new LinkedHashMap<>();
    private final List<ModelAlias> others = new ArrayList<>();
    private boolean readable = true;
    private boolean there = true;
    private int reads;

    EditedCatalog(InstantSource clock) {
        this.clock = clock;
        pools.put("main", pool("main", PoolTimes.DEFAULTS));
    }

    static Pool pool(String name, PoolTimes times) {
        return new Pool(name, State.LIVE, times, Pool.DEFAULT_MAX_ATTEMPTS, Streaming.NATIVE);
    }

    /** Adds or replaces a pool; all but {@code main} are fallback pools, in the order in which they came. */
    EditedCatalog with(Pool pool) {
        pools.put(pool.name(), pool);
        return this;
    }

    /** Adds another alias, which pools may serve. */
    EditedCatalog other(String name, int contextLength) {
        others.add(alias(name, contextLength, List.of()));
        return this;
    }

    /** Adds live targets of capacity 1 to pool {@code main}. */
    EditedCatalog targets(String... names) {
        for (String name : names) {
            with(target("main", name));
        }
        return this;
    }

    EditedCatalog with(Target target) {
        return with(target, Standing.GOOD);
    }

    EditedCatalog with(Target target, Standing standing) {
        targets.put(target.id(), new TargetView(target, standing, Optional.empty()));
        return this;
    }

    static Target target(String pool, String name) {
        return target(pool, name, Capacity.ONE);
    }

    /** On a router that others are on, too, in a session of its own. */
    static Target targetAt(String pool, String name, String router) {
        Target alone = target(pool, name);
        return new Target(
                alone.id(),
                URI.create("https://" + router + ".example"),
                new Protocol.Cortensor(3, Protocol.SessionForm.BODY, name.hashCode()),
                alone.capacity(),
                alone.weight(),
                alone.state(),
                alone.sessionExpiresAt());
    }

    static Target target(String pool, String name, Capacity capacity) {
        return capacity instanceof Capacity.Unlimited
                ? openAi(pool, name, capacity)
                : target(pool, name, capacity, new Protocol.Cortensor(3, Protocol.SessionForm.BODY, 1));
    }

    static Target openAi(String pool, String name, Capacity capacity) {
        return target(pool, name, capacity, new Protocol.OpenAi("some/model"));
    }

    private static Target target(String pool, String name, Capacity capacity, Protocol protocol) {
        return new Target(
                new TargetId(pool, name),
                URI.create("https://" + name + ".example"),
                protocol,
                capacity,
                1,
                State.LIVE,
                Optional.empty());
    }

    /** An operator sets the state of a target of pool {@code main}. */
    void set(String name, State state) {
        targets.computeIfPresent(new TargetId("main", name), (id, view) -> {
            Target old = view.target();
            Target edited = new Target(
                    id, old.routerUrl(), old.protocol(), old.capacity(), old.weight(), state, old.sessionExpiresAt());
            return new TargetView(edited, view.standing(), view.firstToken());
        });
    }

    void becomeUnreadable() {
        readable = false;
    }

    void loseAlias() {
        there = false;
    }

    /** How often it was asked. */
    int reads() {
        return reads;
    }

    @Override
    public Optional<AliasView> find(String alias) throws CatalogUnavailable {
        reads++;
        if (!readable) {
            throw new CatalogUnavailable(new IllegalStateException("unreadable"));
        }
        return there ? Optional.of(view()) : Optional.empty();
    }

    @Override
    public List<String> names(ModelAlias alias) {
        return alias.names();
    }

    @Override
    public List<AliasView> all() {
        return List.of(view());
    }

    private AliasView view() {
        List<String> fallbacks = new ArrayList<>(pools.keySet());
        fallbacks.remove("main");
        return AliasView.of(
                alias(ALIAS, CONTEXT, fallbacks),
                pools.values().stream()
                        .collect(Collectors.toMap(Pool::name, pool -> new PoolView(pool, targetsOf(pool)))),
                name -> References.named(name, others),
                clock.instant());
    }

    private static ModelAlias alias(String name, int contextLength, List<String> fallbacks) {
        return new ModelAlias(
                name,
                new ModelAlias.Description(name, "family", "text"),
                contextLength,
                32_768,
                Set.of(),
                new ModelAlias.Lifecycle(LocalDate.of(2026, 1, 1), Stage.AVAILABLE, Optional.empty(), Optional.empty()),
                State.LIVE,
                List.of(new Route("main", 1)),
                fallbacks,
                PromptFormat.HARMONY);
    }

    private List<TargetView> targetsOf(Pool pool) {
        return targets.values().stream()
                .filter(view -> view.target().id().pool().equals(pool.name()))
                .toList();
    }
}
