package network.cortensor.portal.dynamo;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.ModelItems;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.catalog.PoolItems;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.catalog.Sessions;
import network.cortensor.portal.catalog.TargetItems;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.dynamo.Remembered.Read;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the catalog from its tables: an alias and its pools by key, targets and health by one query per pool. So a request costs what its
 * pools cost, not what the fleet costs, and mostly nothing, because everything is remembered for 5 s.
 *
 * <p>Health that cannot be read counts as unknown: intent is enough to route by. Two targets with the same session are found where one
 * view shows both; those in pools that no alias has in common are for the operators' tool to find, and slots keep them apart anyway.
 */
public final class DynamoCatalog implements Catalog {
    private static final String EVERYTHING = "";

    private final DynamoDbClient client;
    private final TableNames tables;
    private final HealthStore health;
    private final ProblemReports reports;
    private final InstantSource clock;
    private final Remembered<Optional<ModelAlias>> aliases;
    private final Remembered<List<ModelAlias>> all;
    private final Remembered<Optional<PoolItem>> pools;
    private final Remembered<PoolHealth> healths;

    /** A pool as written, before health is looked at. */
    private record PoolItem(Pool pool, List<Target> targets) {}

    public DynamoCatalog(
            DynamoDbClient client, TableNames tables, HealthStore health, ProblemReports reports, InstantSource clock) {
        this.client = client;
        this.tables = tables;
        this.health = health;
        this.reports = reports;
        this.clock = clock;
        this.aliases = new Remembered<>(clock);
        this.all = new Remembered<>(clock);
        this.pools = new Remembered<>(clock);
        this.healths = new Remembered<>(clock);
    }

    @Override
    public Optional<AliasView> find(String alias) throws CatalogUnavailable {
        if (!Names.isName(alias)) {
            return Optional.empty();
        }
        try {
            Read<Optional<ModelAlias>> read = aliases.get(alias, () -> readAlias(alias));
            return read.value().map(found -> view(found, read.readAt()));
        } catch (SdkException e) {
            throw new CatalogUnavailable(e);
        }
    }

    @Override
    public List<AliasView> all() throws CatalogUnavailable {
        try {
            Read<List<ModelAlias>> read = all.get(EVERYTHING, this::readAliases);
            return read.value().stream()
                    .map(alias -> view(alias, read.readAt()))
                    .toList();
        } catch (SdkException e) {
            throw new CatalogUnavailable(e);
        }
    }

    private AliasView view(ModelAlias alias, Instant readAt) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(alias.routes().stream().map(Route::pool), alias.fallbackPools().stream())
                .forEach(names::add);
        Map<String, PoolItem> found = new HashMap<>();
        Instant oldest = readAt;
        for (String name : names) {
            Read<Optional<PoolItem>> read = pools.get(name, () -> readPool(name));
            read.value().ifPresent(item -> found.put(name, item));
            oldest = read.readAt().isBefore(oldest) ? read.readAt() : oldest;
        }
        Set<TargetId> doubled = Sessions.doubled(
                found.values().stream().flatMap(item -> item.targets().stream()).toList());
        doubled.forEach(target -> reports.report(List.of(Sessions.problem(target))));
        Map<String, PoolView> views = new HashMap<>();
        found.forEach((name, item) -> views.put(name, view(item, doubled)));
        return new AliasView(alias, views, oldest);
    }

    private PoolView view(PoolItem item, Set<TargetId> doubled) {
        Instant now = clock.instant();
        PoolHealth evidence = healthOf(item.pool().name());
        return new PoolView(
                item.pool(),
                item.targets().stream()
                        .map(target -> doubled.contains(target.id()) ? paused(target) : target)
                        .map(target ->
                                new TargetView(target, evidence.standing(target, now), evidence.firstToken(target)))
                        .toList());
    }

    private static Target paused(Target target) {
        return new Target(
                target.id(),
                target.routerUrl(),
                target.protocol(),
                target.capacity(),
                target.weight(),
                State.PAUSED,
                target.sessionExpiresAt());
    }

    private PoolHealth healthOf(String pool) {
        return healths.get(pool, () -> {
                    try {
                        return new PoolHealth(health.pool(pool), health.heartbeat());
                    } catch (HealthUnavailable e) {
                        return PoolHealth.UNKNOWN;
                    }
                })
                .value();
    }

    private Optional<ModelAlias> readAlias(String alias) {
        Map<String, AttributeValue> item = client.getItem(
                        request -> request.tableName(tables.models()).key(Map.of("alias", AttributeValue.fromS(alias))))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(reported(ModelItems.parse(alias, Items.plain(item))));
    }

    private List<ModelAlias> readAliases() {
        List<ModelAlias> found = new ArrayList<>();
        client.scanPaginator(request -> request.tableName(tables.models()))
                .items()
                .forEach(item -> {
                    String name = Optional.ofNullable(item.get("alias"))
                            .map(AttributeValue::s)
                            .orElse("");
                    if (Names.isName(name)) {
                        found.add(reported(ModelItems.parse(name, Items.plain(item))));
                    }
                });
        found.sort((one, other) -> one.name().compareTo(other.name()));
        return List.copyOf(found);
    }

    private Optional<PoolItem> readPool(String name) {
        Map<String, AttributeValue> item = client.getItem(
                        request -> request.tableName(tables.pools()).key(Map.of("pool", AttributeValue.fromS(name))))
                .item();
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(new PoolItem(reported(PoolItems.parse(name, Items.plain(item))), readTargets(name)));
    }

    private List<Target> readTargets(String pool) {
        List<Target> targets = new ArrayList<>();
        client.queryPaginator(request -> request.tableName(tables.targets())
                        .keyConditionExpression("#pool = :pool")
                        .expressionAttributeNames(Map.of("#pool", "pool"))
                        .expressionAttributeValues(Map.of(":pool", AttributeValue.fromS(pool))))
                .items()
                .forEach(item -> {
                    String name = Optional.ofNullable(item.get("target"))
                            .map(AttributeValue::s)
                            .orElse("");
                    if (Names.isName(name)) {
                        reported(TargetItems.parse(new TargetId(pool, name), Items.plain(item)))
                                .ifPresent(targets::add);
                    }
                });
        return List.copyOf(targets);
    }

    private <T> T reported(Parsed<T> parsed) {
        reports.report(parsed.problems());
        return parsed.value();
    }
}
