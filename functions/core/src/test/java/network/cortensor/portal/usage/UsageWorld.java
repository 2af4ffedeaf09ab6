package network.cortensor.portal.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.testkit.schedule.Schedule;

/**
 * Workers who serve the keys of one customer, for minutes or for weeks of virtual time, all of it decided by one seed. Requests go through the real {@link
 * Ledger}; all else is made up to be as bad as the protocol says that it may be.
 */
final class UsageWorld {
    static final String CUSTOMER = "acme";
    static final List<String> KEYS = List.of("first", "second", "third");

    private static final Instant START = Instant.parse("2026-01-30T22:00:00Z");
    private static final int WORKERS = 8;
    private static final int REQUESTS = 25;

    /** Percentages of a worker's calls that do not come back; drawn per worker. */
    private static final List<Integer> BADNESS = List.of(0, 0, 5, 30);

    /** Deaths per thousand steps of workers; drawn per world. */
    private static final List<Integer> MORTALITY = List.of(0, 2, 10);

    final RandomGenerator random;
    final Schedule schedule;
    final UsageJudge judge;
    final SharedUsageTable table;
    final Pace pace;
    private final Conditions conditions;
    private final Plan plan;
    private final int mortality;
    private int workers;

    /**
     * @param clocksApart how far any two clocks may be apart
     * @param rules the protocol's, or ones that a test has broken
     */
    record Conditions(Duration clocksApart, UsageRules rules) {}

    /** How long it usually takes until a worker has another request. */
    enum Pace {
        MINUTES(Duration.ofSeconds(12)),
        WEEKS(Duration.ofHours(9));

        private final Duration usual;

        Pace(Duration usual) {
            this.usual = usual;
        }
    }

    private UsageWorld(long seed, Conditions conditions) {
        this.random = new SplittableRandom(seed);
        this.conditions = conditions;
        this.pace = random.nextInt(3) == 0 ? Pace.WEEKS : Pace.MINUTES;
        this.plan = new Plan("drawn", limits(2), limits(1));
        this.schedule = new Schedule(START, random);
        this.judge = new UsageJudge(schedule, plan, conditions.clocksApart());
        this.table = new SharedUsageTable(judge);
        this.mortality = MORTALITY.get(random.nextInt(MORTALITY.size()));
    }

    /** Lives a seed through and returns who judged it. */
    static UsageJudge live(long seed, Conditions conditions) throws InterruptedException {
        UsageWorld world = new UsageWorld(seed, conditions);
        try {
            world.run();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ", plan " + world.plan + ", " + world.pace, e);
        }
        return world.judge;
    }

    private void run() throws InterruptedException {
        for (int worker = 0; worker < WORKERS; worker++) {
            employ(START.plusMillis(random.nextInt(5_000)), REQUESTS);
        }
        schedule.run();
        Schedule quiet = new Schedule(schedule.instant().plus(Duration.ofDays(1)), random);
        quiet.start("reader", quiet.instant(), () -> {
            Ledger ledger = new Ledger(table, quiet, quiet::pause, Ledger.Terms.PRODUCTION);
            for (int look = 0; look < 20; look++) {
                ledger.current(CUSTOMER);
            }
        });
        quiet.run();
        judge.atTheEnd(table);
    }

    private void employ(Instant when, int requests) {
        workers++;
        long most = conditions.clocksApart().toMillis() / 2;
        Duration ahead = Duration.ofMillis(random.nextLong(-most, most + 1));
        UsageWorker worker = new UsageWorker(this, schedule.clock(ahead), BADNESS.get(random.nextInt(BADNESS.size())));
        schedule.start("worker-" + workers, when, () -> worker.act(requests));
    }

    /** A worker died: the platform starts another for the requests that are left. */
    void replace(int requests) {
        employ(schedule.instant().plusMillis(random.nextInt(5_000)), requests);
    }

    /** Every step may be the last. */
    void live() {
        if (random.nextInt(1_000) < mortality) {
            throw new Death();
        }
    }

    UsageRules rules() {
        return conditions.rules();
    }

    Customer customer() {
        String keyId = KEYS.get(random.nextInt(KEYS.size()));
        return new Customer(keyId, CUSTOMER, plan, new AllowedModels.All());
    }

    /** Half of the requests come at the beginning of a minute, or of a day, together. */
    Duration untilNextRequest() {
        long usual = pace.usual.toMillis();
        long sinceBurst = schedule.instant().toEpochMilli() % (5 * usual);
        return Duration.ofMillis(random.nextBoolean() ? random.nextLong(1, 2 * usual) : 5 * usual - sinceBurst);
    }

    /** Tight enough to matter, and some of them absent. */
    private Limits limits(int share) {
        return pace == Pace.MINUTES
                ? new Limits(drawn(2, 8 * share), drawn(20, 100 * share), drawn(500, 20_000), drawn(1, 4 * share))
                : new Limits(OptionalLong.empty(), drawn(5, 40 * share), drawn(500, 6_000), OptionalLong.empty());
    }

    private OptionalLong drawn(int least, int most) {
        return random.nextInt(3) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextLong(least, most + 1L));
    }
}
