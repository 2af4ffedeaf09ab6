package network.cortensor.portal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.dispatch.Witness;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.memory.KeySource.Row;
import network.cortensor.portal.memory.RememberedCatalog;
import network.cortensor.portal.memory.RememberedKeys;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.SlotsUnavailable;
import network.cortensor.portal.testkit.schedule.Schedule;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.MemoryUsageTable;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageTable;
import network.cortensor.portal.usage.UsageUnavailable;

/**
 * Some environments of the whole function, each with its own memory, over shared tables and routers, while operators edit the alias, move its pool to another router
 * and revoke the key: all of it decided by one seed. It judges at every first byte, and when all is quiet:
 *
 * <ol>
 *   <li>a session never has two tasks;
 *   <li>nothing is sent before the sender's slot stands in the table, and before the request is recorded;
 *   <li>no request that comes 5 s after its key was revoked is sent;
 *   <li>every request is counted once, under its own name, and every record is settled or closed;
 *   <li>no slot outlives its lease, and where no call of its worker went wrong none is left at all.
 * </ol>
 */
final class OrderWorld {
    static final String MODEL = "gpt-oss-20b";
    static final Plan PLAN = new Plan(
            "free",
            Limits.NONE,
            new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(3)));

    private static final Instant START = Instant.parse("2026-01-30T12:00:00Z");
    private static final TokenCounter TOKENS = new TokenCounter();
    private static final KeyText KEY =
            KeyText.make("test", RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    private static final String CUSTOMER = "acme";
    private static final String KEY_ID = "key-1";
    private static final int WORKERS = 3;
    private static final int REQUESTS = 3;

    /** Percentages of a worker's calls that go wrong; drawn per worker. */
    private static final List<Integer> BADNESS = List.of(0, 0, 5, 25);

    private final RandomGenerator random;
    private final Schedule schedule;
    private final OrderRules rules;
    private final MemorySlotTable slots = new MemorySlotTable();
    private final MemoryUsageTable usage = new MemoryUsageTable();
    private final OrderRouters routers;
    private final Set<RequestId> named = new HashSet<>();
    private final List<Worker> workers = new ArrayList<>();
    private Optional<Instant> revokedAt = Optional.empty();
    private String pool = "one";
    private String host = "a";
    private int answered;

    private OrderWorld(long seed, OrderRules rules) {
        this.random = new SplittableRandom(seed);
        this.schedule = new Schedule(START, random);
        this.rules = rules;
        this.routers = new OrderRouters(schedule, random);
    }

    /**
     * Lives a seed through.
     *
     * @return how many requests were answered
     * @throws AssertionError if something was that must not be
     */
    static int live(long seed, OrderRules rules) throws InterruptedException {
        OrderWorld world = new OrderWorld(seed, rules);
        world.run();
        return world.answered;
    }

    private void run() throws InterruptedException {
        for (int number = 0; number < WORKERS; number++) {
            Worker worker = new Worker(BADNESS.get(random.nextInt(BADNESS.size())));
            workers.add(worker);
            schedule.start("worker-" + number, START.plusMillis(random.nextInt(3_000)), worker::act);
        }
        for (int edit = 0; edit < 3; edit++) {
            schedule.at(START.plusMillis(random.nextInt(60_000)), this::edit);
        }
        if (random.nextBoolean()) {
            schedule.at(START.plusMillis(random.nextInt(40_000)), () -> revokedAt = Optional.of(schedule.instant()));
        }
        schedule.run();
        judgeQuiet();
    }

    private void edit() {
        switch (random.nextInt(3)) {
            case 0 -> pool = pool.equals("one") ? "two" : "one";
            case 1 -> host = host.equals("a") ? "b" : "a";
            default -> routers.rotateCredential();
        }
    }

    Row<IssuedKey> key(KeyHash hash) {
        if (!hash.equals(KEY.hash())) {
            return new Row.Absent<>();
        }
        return new Row.Good<>(new IssuedKey(
                KEY_ID,
                CUSTOMER,
                PLAN.name(),
                revokedAt.isPresent() ? IssuedKey.Status.REVOKED : IssuedKey.Status.ACTIVE,
                new AllowedModels.All(),
                Optional.empty()));
    }

    Optional<ModelAlias> alias(String name) {
        return name.equals(MODEL)
                ? Optional.of(new ModelAlias(
                        MODEL,
                        new ModelAlias.Description(MODEL, "family", "text"),
                        4_096,
                        1_024,
                        Set.of(Endpoint.COMPLETIONS),
                        new ModelAlias.Lifecycle(
                                LocalDate.of(2026, 1, 1), Stage.AVAILABLE, Optional.empty(), Optional.empty()),
                        State.LIVE,
                        List.of(new Route(pool, 1)),
                        List.of(),
                        PromptFormat.HARMONY))
                : Optional.empty();
    }

    Optional<Pool> pool(String name) {
        return Optional.of(new Pool(name, State.LIVE, PoolTimes.DEFAULTS, Pool.DEFAULT_MAX_ATTEMPTS, Streaming.NATIVE));
    }

    /** Both pools share a session, so that a change of pools is none of slots. */
    List<Target> targets(String pool) {
        return List.of(target(pool, "first", 1), target(pool, "second", pool.equals("one") ? 2 : 3));
    }

    private Target target(String pool, String name, long session) {
        return new Target(
                new TargetId(pool, name),
                URI.create("https://" + (session == 1 ? "shared" : host) + ".example"),
                new Protocol.Cortensor(3, Protocol.SessionForm.BODY, session),
                Capacity.ONE,
                1,
                State.LIVE,
                Optional.empty());
    }

    /** The first byte of a task leaves. */
    void sends(Worker worker, Session session) {
        assertThat(slots.rows(session.router()))
                .as("rows of the router that is sent to")
                .anyMatch(row -> row.session().equals(session) && worker.put.contains(row.owner()));
        assertThat(worker.request.flatMap(id -> usage.event(KEY_ID, id)))
                .as("the record of the request that is sent")
                .isPresent();
        revokedAt.ifPresent(at -> assertThat(worker.receivedAt)
                .as("receipt of a request that is sent, by a key that was revoked at " + at)
                .isBefore(at.plusSeconds(5)));
    }

    private void judgeQuiet() {
        assertThat(routers.idle()).isTrue();
        for (Worker worker : workers) {
            if (worker.badness == 0) {
                assertThat(remaining())
                        .as("owners of slots, of which none is a worker's whose calls all worked")
                        .noneMatch(worker.put::contains);
            }
        }
        Instant quiet = schedule.instant().plus(Duration.ofMinutes(10));
        for (Lease row : rows()) {
            assertThat(row.expiresAt()).as("expiry of a slot that is left").isBefore(quiet);
        }
        judgeUsage(quiet);
    }

    private List<Lease> rows() {
        List<Lease> rows = new ArrayList<>();
        for (String router : List.of("shared", "a", "b")) {
            rows.addAll(slots.rows(router + ".example:443"));
        }
        return rows;
    }

    private List<String> remaining() {
        return rows().stream().map(Lease::owner).toList();
    }

    private void judgeUsage(Instant quiet) {
        Counters counters;
        try {
            counters = new Ledger(usage, () -> quiet, pause -> {}, Ledger.Terms.PRODUCTION).current(CUSTOMER);
        } catch (UsageUnavailable e) {
            throw new IllegalStateException("memory always answers", e);
        }
        assertThat(counters.use().inFlight()).as("requests in flight").isZero();
        assertThat(usage.events())
                .as("records")
                .noneMatch(event -> event.state() instanceof UsageEvent.State.Open)
                .allMatch(event -> named.contains(event.request()));
        assertThat(counters.key(KEY_ID).today().requests())
                .as("requests in the counters")
                .isBetween((long) usage.events().size(), (long) named.size());
        assertThat(answered)
                .as("requests that were answered")
                .isLessThanOrEqualTo(usage.events().size());
    }

    /** One environment, which serves one request after the other. */
    final class Worker {
        private final int badness;
        private final InferenceHandler function;
        private final Set<String> put = new HashSet<>();
        private Optional<RequestId> request = Optional.empty();
        private Instant receivedAt = START;
        private boolean sending;

        private Worker(int badness) {
            this.badness = badness;
            OrderTables tables = new OrderTables(OrderWorld.this, new OrderNetwork(schedule, random, badness));
            SideBySide beside = new ScheduledCalls(schedule);
            Assembly.Stores stores = new Assembly.Stores(
                    new RememberedCatalog(tables.catalog(), tables.health(), problems -> {}, schedule, beside),
                    rules.near(tables.slots(watched(slots)), this),
                    Witness.NONE,
                    new Keys(
                            "test",
                            new RememberedKeys(rules.near(tables.keys(), this), problems -> {}, schedule, beside)),
                    noting(rules.near(tables.usage(rules.far(usage)), this)));
            this.function = new Assembly(
                            stores,
                            routers.of(this, beside, OrderWorld.this),
                            Assembly.Rules.production(ModelsAccess.KEY_HOLDERS),
                            new ProcessContext(line -> {}, schedule, TOKENS, new WorkerEnd(schedule::pause), beside),
                            random)
                    .handler();
        }

        private SlotTable watched(SlotTable table) {
            return new PassedOnSlots(table) {
                @Override
                public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
                    put.add(lease.owner());
                    return super.put(lease, expiredBefore);
                }
            };
        }

        /** Knows the request that is served. */
        private UsageTable noting(UsageTable table) {
            return new PassedOnUsage(table) {
                @Override
                public void open(UsageEvent event) throws UsageUnavailable {
                    request = Optional.of(event.request());
                    super.open(event);
                }
            };
        }

        private void act() throws InterruptedException {
            for (int number = 0; number < REQUESTS; number++) {
                schedule.pause(Duration.ofMillis(random.nextInt(random.nextInt(3) == 0 ? 20_000 : 500)));
                serve();
            }
        }

        private void serve() throws InterruptedException {
            receivedAt = schedule.instant();
            sending = false;
            request = Optional.empty();
            String event =
                    "{\"httpMethod\":\"POST\",\"path\":\"/v1/completions\",\"headers\":{\"authorization\":\"Bearer "
                            + KEY.reveal() + "\"},\"body\":\"{\\\"model\\\":\\\"" + MODEL
                            + "\\\",\\\"max_tokens\\\":9,\\\"prompt\\\":\\\"hi\\\"}\"}";
            try {
                function.api()
                        .handle(
                                event.getBytes(StandardCharsets.UTF_8),
                                receivedAt,
                                receivedAt.plusSeconds(300),
                                (status, headers) -> {
                                    answered += status == 200 ? 1 : 0;
                                    named.add(new RequestId(headers.getOrDefault("x-request-id", "")));
                                    return OutputStream.nullOutputStream();
                                });
            } catch (IOException e) {
                throw new IllegalStateException("nobody's connection is gone here", e);
            }
        }

        /** Whether something was sent for the present request. */
        boolean hasSent() {
            return sending;
        }

        void sent() {
            sending = true;
        }

        boolean drawsLots() {
            return random.nextInt(3) > 0;
        }

        /** Has a call made that nobody waits for. */
        void later(Callable<?> call) {
            schedule.start(schedule.actor() + "-later", schedule.instant().plus(OrderRules.UNDER_WAY), () -> {
                try {
                    call.call();
                } catch (Exception e) {
                    // Lost.
                    return;
                }
            });
        }
    }
}
