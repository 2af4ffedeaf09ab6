package network.cortensor.portal.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.testkit.schedule.Schedule;

/**
 * Workers, operators, routers and a table for some twenty minutes of virtual time, all of it decided by one seed.
 *
 * <p>Workers' takes go through the real {@link Slots}. All else is made up to be as bad as the protocol says that it may be.
 */
final class SlotWorld implements WorkerView {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Session> SESSIONS = List.of(
            new Session("a.example:5010", "1"), new Session("a.example:5010", "2"), new Session("b.example:5010", "1"));
    private static final int WORKERS = 8;
    private static final int EDITS = 25;

    /** Percentages of a worker's calls that do not come back; drawn per worker. */
    private static final List<Integer> BADNESS = List.of(0, 5, 20, 60);

    /** Deaths per thousand steps of workers; drawn per world. */
    private static final List<Integer> MORTALITY = List.of(0, 3, 15);

    private final RandomGenerator random;
    private final Conditions conditions;
    private final Rules rules;
    private final Schedule schedule;
    private final WorldTrace trace;
    private final SharedTable table;
    private final Operators operators;
    private final TaskLedger ledger;
    private final int mortality;
    private int workers;

    private SlotWorld(long seed, Conditions conditions, Rules rules, Function<Schedule, WorldTrace> trace) {
        this.random = new SplittableRandom(seed);
        this.conditions = conditions;
        this.rules = rules;
        this.schedule = new Schedule(START, random);
        this.trace = trace.apply(schedule);
        this.table = new SharedTable(schedule, ahead(), conditions.ttl(), random);
        this.operators = new Operators(START, SESSIONS, random);
        this.ledger = new TaskLedger(schedule, table);
        this.mortality = MORTALITY.get(random.nextInt(MORTALITY.size()));
    }

    /**
     * Lives a seed through.
     *
     * @return how many tasks were sent
     * @throws AssertionError with a readable trace, if something was that must not be
     */
    static int live(long seed, Conditions conditions, Rules rules) throws InterruptedException {
        SlotWorld world = new SlotWorld(seed, conditions, rules, WorldTrace::off);
        try {
            world.run();
            return world.ledger.tasks();
        } catch (AssertionError e) {
            throw new AssertionError(told(seed, conditions, rules), e);
        }
    }

    /** What happened last under a seed. */
    static String told(long seed, Conditions conditions, Rules rules) throws InterruptedException {
        SlotWorld world = new SlotWorld(seed, conditions, rules, WorldTrace::on);
        String end = "nothing failed";
        try {
            world.run();
        } catch (AssertionError e) {
            end = Optional.ofNullable(e.getCause()).orElse(e).toString();
        }
        return "seed %d under %s\n%s\n%s".formatted(seed, conditions, world.trace.text(60), end);
    }

    private void run() throws InterruptedException {
        for (int worker = 0; worker < WORKERS; worker++) {
            employ(START.plusMillis(random.nextInt(30_000)));
        }
        Instant at = START;
        for (int edit = 0; edit < EDITS; edit++) {
            at = at.plusMillis(random.nextInt(60_000));
            schedule.at(at, () -> {
                operators.edit(schedule.instant());
                trace.say(() -> "operators: " + operators.places());
            });
        }
        schedule.run();
        everySlotIsBack();
    }

    /** A worker died: the platform starts another. */
    void replace() {
        employ(schedule.instant().plusMillis(random.nextInt(5_000)));
    }

    private void employ(Instant when) {
        workers++;
        Duration ahead = ahead();
        int badness = BADNESS.get(random.nextInt(BADNESS.size()));
        Worker worker = new Worker(this, schedule.clock(ahead), badness);
        schedule.start("worker-" + workers, when, worker::act);
    }

    /** Any two clocks are as far apart as they may be, or less. Extremes are worse, so they come often. */
    private Duration ahead() {
        long most = conditions.clocksApart().toMillis() / 2;
        return Duration.ofMillis(
                switch (random.nextInt(4)) {
                    case 0 -> most;
                    case 1 -> -most;
                    default -> random.nextLong(-most, most + 1);
                });
    }

    /** Some time after the last write landed, a slow clock finds every slot free, whatever was lost. */
    private void everySlotIsBack() {
        assertThat(ledger.idle()).isTrue();
        Instant quiet = table.lastExpiry().plus(rules.terms().skew()).plusSeconds(1);
        Slots slots = new Slots(table, InstantSource.fixed(quiet), random, rules.terms());
        for (TargetPlace place : operators.places()) {
            if (place.isDouble()) {
                continue;
            }
            for (int slot = 0; slot < place.capacity(); slot++) {
                assertThat(slots.pass().take(place.session(), place.capacity(), place.attempt()))
                        .isInstanceOf(Take.Taken.class);
            }
        }
    }

    /** How many of a thousand steps are a worker's last. */
    int mortality() {
        return mortality;
    }

    Schedule schedule() {
        return schedule;
    }

    RandomGenerator random() {
        return random;
    }

    Rules rules() {
        return rules;
    }

    SharedTable table() {
        return table;
    }

    Operators operators() {
        return operators;
    }

    TaskLedger ledger() {
        return ledger;
    }

    WorldTrace trace() {
        return trace;
    }

    @Override
    public Instant instant() {
        return schedule.instant();
    }

    @Override
    public Instant writtenAt(String owner) {
        return table.written(owner).at();
    }

    @Override
    public int capacity(Session session) {
        return operators.capacity(session);
    }
}
