package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.testkit.schedule.Schedule;

/**
 * Customers who all come at once, each served by a worker of its own that has seen nothing before, and who come back once, when they are
 * told to. Routers answer as slowly as the recorded ones, and none hangs.
 */
final class ArrivingCustomers {
    private final RandomGenerator random;
    private final Schedule schedule;
    private final MemorySlotTable rows = new MemorySlotTable();
    private final EditedCatalog catalog;
    private final ScriptedRouter router;
    private int refused;
    private int served;

    private ArrivingCustomers(int sessions, long seed) {
        this.random = new SplittableRandom(seed);
        this.schedule = new Schedule(VirtualTime.START, random);
        this.catalog = new EditedCatalog(schedule);
        this.router = new ScriptedRouter(schedule, schedule::pause);
        for (int session = 0; session < sessions; session++) {
            catalog.targets("t" + session);
            router.on(
                    "t" + session,
                    times -> AttemptScript.answers(recorded(), "Hello").under(times));
        }
    }

    /**
     * How the second try of those went who were refused at their first.
     *
     * @param served how many of them were answered
     */
    record Return(int refused, int served) {}

    static Return of(int customers, int sessions, long seed) throws InterruptedException {
        ArrivingCustomers crowd = new ArrivingCustomers(sessions, seed);
        for (int customer = 0; customer < customers; customer++) {
            Instant comes = VirtualTime.START.plusMillis(crowd.random.nextInt(200));
            crowd.schedule.start("customer-" + customer, comes, crowd::visit);
        }
        crowd.schedule.run();
        return new Return(crowd.refused, crowd.served);
    }

    private void visit() throws Exception {
        Outcome first = request(Job.Origin.FIRST_TRY);
        if (first instanceof Outcome.Unanswered unanswered
                && unanswered.refusal() instanceof Refusal.AllBusy(Duration retryAfter)) {
            refused++;
            schedule.pause(Duration.ofSeconds(retryAfter.plusMillis(999).toSeconds()));
            if (request(Job.Origin.SDK_RETRY) instanceof Outcome.Answered) {
                served++;
            }
        }
    }

    private Outcome request(Job.Origin origin) throws Exception {
        DispatcherParts parts = new DispatcherParts(
                catalog,
                new Slots(new Distant(), schedule, random, Slots.Terms.PRODUCTION),
                router,
                Witness.NONE,
                line -> {},
                new DispatcherParts.Time(schedule, schedule::pause, new CalledInTurn(), Timing.PRODUCTION),
                random);
        Instant now = schedule.instant();
        Job job = new Job(
                "request",
                schedule.actor(),
                EditedCatalog.ALIAS,
                DispatcherRig.request(),
                Job.Wish.WHOLE,
                origin,
                now,
                now.plusSeconds(300));
        return new PoolDispatcher(parts).dispatch(job, new Nowhere());
    }

    /** Half within 39 s, nine in ten within 63 s, all within 8 to 81 s. */
    private Duration recorded() {
        double seconds = 39 * Math.exp(0.374 * random.nextGaussian());
        return Duration.ofMillis(Math.round(1_000 * Math.clamp(seconds, 8, 81)));
    }

    /** Each call takes some milliseconds, so that customers get in each other's way. */
    private final class Distant implements SlotTable {
        @Override
        public List<Lease> rows(String host) {
            pass();
            return rows.rows(host);
        }

        @Override
        public Optional<Lease> put(Lease lease, Instant expiredBefore) {
            pass();
            return rows.put(lease, expiredBefore);
        }

        @Override
        public void delete(Lease lease) {
            pass();
            rows.delete(lease);
        }

        private void pass() {
            schedule.pause(Duration.ofMillis(random.nextInt(3, 20)));
        }
    }

    private static final class Nowhere implements Delivery {
        @Override
        public void keepAlive() {}

        @Override
        public void deliver(CompletionEvent event) {}
    }
}
