package network.cortensor.portal.slots;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import network.cortensor.portal.testkit.schedule.Schedule;

/** One worker, with its own clock and network, that serves one request after another until it dies or has served enough. */
final class Worker {
    /** How long a router may go on after an attempt's time: 32 s were seen. */
    private static final Duration ROUTER_LATENESS = Duration.ofSeconds(32);

    private static final int REQUESTS = 6;
    private static final int LOOKS = 5;
    private static final Duration BURSTS_EVERY = Duration.ofSeconds(30);
    private static final Duration UPKEEP_EVERY = Duration.ofSeconds(5);

    private final SlotWorld world;
    private final Schedule schedule;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final UnreliableTable table;
    private final Slots slots;

    Worker(SlotWorld world, InstantSource clock, int badness) {
        this.world = world;
        this.schedule = world.schedule();
        this.random = world.random();
        this.clock = clock;
        this.table = new UnreliableTable(
                world.rules().far(world.table(), world),
                new UnreliableTable.Network(schedule, world.table(), badness, this::live, random, world.trace()));
        this.slots = new Slots(
                world.rules().near(table), clock, random, world.rules().terms());
    }

    void act() {
        try {
            for (int request = 0; request < REQUESTS; request++) {
                pass(untilNextRequest());
                serve();
            }
        } catch (Crash e) {
            world.trace().say(() -> "crashes");
            world.replace();
        }
    }

    /** Every other request comes in a burst, at the same instant as others. */
    private Duration untilNextRequest() {
        long millis = random.nextLong(1, BURSTS_EVERY.toMillis());
        long sinceBurst = schedule.instant().toEpochMilli() % BURSTS_EVERY.toMillis();
        return random.nextBoolean() ? Duration.ofMillis(millis) : BURSTS_EVERY.minusMillis(sinceBurst);
    }

    /** Looks for a free slot until there is one, or patience ends. */
    private void serve() {
        for (int look = 0; look < LOOKS; look++) {
            Instant viewed = schedule.instant().minusMillis(random.nextLong(Operators.LONGEST_DELAY.toMillis()));
            if (walk(shuffled(world.operators().places(viewed)))) {
                return;
            }
            pass(Duration.ofMillis(500 + random.nextInt(4_000)));
        }
    }

    private boolean walk(List<TargetPlace> places) {
        Instant began = schedule.instant();
        Slots.Pass look = random.nextBoolean() ? slots.pass() : readAhead(places);
        for (TargetPlace place : places) {
            Take take = look.take(world.rules().slotsOf(place), place.capacity(), place.attempt());
            if (take instanceof Take.Taken taken) {
                attempt(place, taken, began);
                return true;
            }
        }
        return false;
    }

    /** One router's rows are read some time before anything is taken, as requests do before they are let in. */
    private Slots.Pass readAhead(List<TargetPlace> places) {
        Slots.Pass look = slots.pass(places.getFirst().session().router());
        pass(Duration.ofMillis(random.nextInt(1_000)));
        return look;
    }

    private void attempt(TargetPlace place, Take.Taken taken, Instant began) {
        pass(Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 60_000 : 300)));
        if (!world.rules().maySend(clock.instant(), taken.sendBefore())) {
            world.trace().say(() -> "too late to send");
            taken.release();
            return;
        }
        Duration waits =
                Duration.ofMillis(random.nextLong(1_000, place.attempt().toMillis()));
        long read = table.lastRead(place.session().router());
        RouterTask task = task(place, new RouterTask.Taking(began, read, taken.lease()), waits);
        world.trace().say(() -> "sends to " + place.session().id() + ": " + task);
        world.ledger().sent(task);
        await(taken.lease(), waits);
        if (world.rules().mayRelease(task.fate())) {
            taken.release();
        }
    }

    /** A task that nobody waits for any more lasts as long as it may, more often than not. */
    private RouterTask task(TargetPlace place, RouterTask.Taking take, Duration waits) {
        Instant now = schedule.instant();
        if (random.nextInt(4) > 0) {
            return new RouterTask(schedule.actor(), place, take, now, now.plus(waits), RouterTask.Fate.ANSWERED);
        }
        Duration longest = place.attempt().plus(ROUTER_LATENESS);
        long lasts = random.nextBoolean() ? longest.toMillis() : random.nextLong(waits.toMillis(), longest.toMillis());
        return new RouterTask(schedule.actor(), place, take, now, now.plusMillis(lasts), RouterTask.Fate.ABANDONED);
    }

    private void await(Lease lease, Duration wait) {
        if (world.rules().upkeep().isEmpty()) {
            pass(wait);
            return;
        }
        Instant end = schedule.instant().plus(wait);
        while (schedule.instant().isBefore(end)) {
            keep(lease);
            pass(UPKEEP_EVERY);
        }
    }

    private void keep(Lease lease) {
        try {
            world.rules().upkeep().orElseThrow().keep(world.table(), lease, clock.instant());
        } catch (SlotsUnavailable e) {
            throw new IllegalStateException("the shared table always answers", e);
        }
    }

    private void pass(Duration duration) {
        schedule.pause(duration);
        live();
    }

    /** Every step may be the last. */
    private void live() {
        if (random.nextInt(1_000) < world.mortality()) {
            throw new Crash();
        }
    }

    private List<TargetPlace> shuffled(List<TargetPlace> places) {
        List<TargetPlace> shuffled = new ArrayList<>(places);
        Collections.shuffle(shuffled, Random.from(random));
        return shuffled;
    }
}
