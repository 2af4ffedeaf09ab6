package network.cortensor.portal.prober;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.MemoryHealth;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.prober.ProberParts.Limits;
import network.cortensor.portal.prober.ProberParts.Network;
import network.cortensor.portal.prober.ProberParts.Spans;
import network.cortensor.portal.prober.ProberParts.Stores;
import network.cortensor.portal.router.LivenessProber;
import network.cortensor.portal.router.RouterKeys;
import network.cortensor.portal.router.Routers;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.slots.Take;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.testkit.router.CallListener;
import network.cortensor.portal.testkit.router.RouterConfig;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SessionSettings;
import network.cortensor.portal.testkit.router.SimulatorSurroundings;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.WireSettings;

/** A prober with stores in memory and simulated routers that answer at once.  */
final class ProberFixture implements AutoCloseable {
    /** More than anything here takes, on a busy machine too. */
    static final PoolTimes PATIENT = new PoolTimes(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(100),
            Duration.ofSeconds(1));

    /** For what never comes. */
    static final PoolTimes HURRIED = new PoolTimes(
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(900),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));

    static final SessionSettings QUICK =
            SessionSettings.DEFAULT.withLatency(Duration.ZERO).withTokensPerSecond(1000);
    static final Duration LEFT = Duration.ofMinutes(5);

    private static final Slots.Terms TERMS =
            new Slots.Terms(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** The catalog does not change within a tick here. */
    private static final Spans SPANS =
            new Spans(Spans.PRODUCTION.looking(), Spans.PRODUCTION.margin(), Duration.ZERO, Duration.ofDays(1));

    final MemoryHealth health = new MemoryHealth();
    final WatchedSlotTable slotTable = new WatchedSlotTable();
    private volatile Duration later = Duration.ZERO;
    final Slots slots = new Slots(slotTable, InstantSource.system(), new SecureRandom(), TERMS);
    private final RouterKeys keys;
    final Routers routers;

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<RouterSimulator> simulators = new ArrayList<>();
    private final Map<String, ModelAlias> aliases = new TreeMap<>();
    private final Map<String, Pool> pools = new TreeMap<>();
    private final Map<TargetId, Target> targets = new TreeMap<>(TargetId.ORDER);

    ProberFixture() {
        this(RouterKeys.NONE);
    }

    ProberFixture(RouterKeys keys) {
        this.keys = keys;
        this.routers = new Routers(WireSettings.within(Boundary.LOCAL), keys, new SecureRandom());
    }

    RouterSimulator router(long... sessions) {
        return router(CallListener.NONE, sessions);
    }

    RouterSimulator router(CallListener listener, long... sessions) {
        return router(QUICK, listener, sessions);
    }

    RouterSimulator router(SessionSettings settings, CallListener listener, long... sessions) {
        RouterSimulator router = RouterSimulator.start(RouterConfig.DEFAULT
                .withSettings(settings)
                .withSessions(sessions)
                .withSurroundings(SimulatorSurroundings.REAL.withListener(listener)));
        simulators.add(router);
        return router;
    }

    static Pool pool(String name, State state, Streaming streaming) {
        return pool(name, state, streaming, PATIENT);
    }

    static Pool pool(String name, State state, Streaming streaming, PoolTimes times) {
        return new Pool(name, state, times, 3, streaming);
    }

    void has(Pool pool) {
        pools.put(pool.name(), pool);
    }

    /** A live target. */
    Target has(String pool, RouterSimulator router, long session) {
        return has(target(pool, router.url(), session, State.LIVE));
    }

    /** An alias of this format leads to the pool. */
    void leads(PromptFormat format, String pool) {
        ModelAlias alias = new ModelAlias(
                pool,
                new ModelAlias.Description(pool, "family", "text"),
                131_072,
                32_768,
                Set.of(),
                new ModelAlias.Lifecycle(LocalDate.EPOCH, Stage.AVAILABLE, Optional.empty(), Optional.empty()),
                State.LIVE,
                List.of(new Route(pool, 100)),
                List.of(),
                format);
        aliases.put(pool, alias);
    }

    /** In a pool that streams, which comes into being with it if there is none. */
    Target has(Target target) {
        pools.computeIfAbsent(target.id().pool(), name -> pool(name, State.LIVE, Streaming.NATIVE));
        targets.put(target.id(), target);
        return target;
    }

    static Target target(String pool, URI url, long session, State state) {
        return target(pool, url, new Cortensor(2, SessionForm.BODY, session), state);
    }

    static Target target(String pool, URI url, Protocol protocol, State state) {
        String name = "r" + url.getPort() + "-" + protocol.hashCode();
        return new Target(
                new TargetId(pool, name.replace("--", "-m")), url, protocol, Capacity.ONE, 1, state, Optional.empty());
    }

    /** Puts evidence where there is none. */
    void knows(Target target, Observation... seen) {
        TargetHealth next = TargetHealth.none(target.session());
        for (Observation observation : seen) {
            next = HealthFold.fold(next, observation, Instant.now());
        }
        health.write(target.id(), next);
    }

    static Observation served() {
        return new Observation.Served(Optional.of(Duration.ofSeconds(1)));
    }

    static Observation failed() {
        return new Observation.Failed(new Failure.RouterError());
    }

    TargetHealth health(Target target) {
        return health.find(target.id()).orElseGet(() -> TargetHealth.none(target.session()));
    }

    Prober.Outcome tick() {
        return prober(health, 50).tick(LEFT);
    }

    /** A tick that looks a second time at what is ejected, after so long. */
    Prober.Outcome tickTwice(Duration again) {
        return prober(health, new Limits(50, 64, new Spans(SPANS.looking(), SPANS.margin(), SPANS.settling(), again)))
                .tick(LEFT);
    }

    Prober prober(HealthStore store, int deepProbes) {
        return prober(store, new Limits(deepProbes, 64, SPANS));
    }

    private Prober prober(HealthStore store, Limits limits) {
        WireSettings wire = WireSettings.within(Boundary.LOCAL);
        return new Prober(() -> new ProberParts(
                new Stores(this::catalog, store, slotTable, slots),
                new Network(new LivenessProber(wire, keys, Duration.ofSeconds(20)), routers),
                lines::add,
                () -> Instant.now().plus(later),
                limits));
    }

    /** The next tick is so much later. */
    void pass(Duration span) {
        later = later.plus(span);
    }

    WholeCatalog catalog() {
        return new WholeCatalog(aliases, pools, targets, List.of());
    }

    /** Every line of one event so far. */
    List<Line> lines(String event) {
        return lines.stream().filter(line -> line.event().equals(event)).toList();
    }

    /** The outcomes of deep probes of one target so far, in order. */
    List<Object> deepProbes(Target target) {
        return lines("probe").stream()
                .map(Line::keys)
                .filter(keys ->
                        "deep".equals(keys.get("kind")) && target.id().name().equals(keys.get("target")))
                .map(keys -> String.valueOf(keys.get("outcome")))
                .map(Object.class::cast)
                .toList();
    }

    /** As a customer does, for a minute. */
    Take.Taken take(Target target) {
        return (Take.Taken) slots.pass().take(target.session(), 1, Duration.ofMinutes(1));
    }

    boolean slotTaken(Target target) throws Exception {
        return slotTable.rows(target.session().router()).stream()
                .anyMatch(lease -> lease.session().equals(target.session()));
    }

    @Override
    public void close() {
        simulators.forEach(RouterSimulator::close);
    }
}
