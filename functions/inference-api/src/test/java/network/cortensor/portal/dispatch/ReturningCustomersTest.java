package network.cortensor.portal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.testkit.schedule.Schedule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many times more customers than sessions, each of whom asks again as soon as it is answered, and when it is refused comes back exactly when it was
 * told to. Most of those who come back as told are served then.
 */
class ReturningCustomersTest {
    private static final Duration TIME = Duration.ofMinutes(10);

    /** The first requests all come at once, and nobody has seen an answer yet. */
    private static final Duration WARM_UP = Duration.ofMinutes(2);

    /** Where the requests of all customers are served. */
    enum Processes {
        /** All in one process of many streams. */
        ONE,
        /** Those of each customer in a process of its own, which serves one request at a time and knows of no other. */
        ONE_PER_CUSTOMER
    }

    private int answers;
    private int returns;
    private int servedReturns;

    @ParameterizedTest(name = "{0} customers, {1} sessions, answers of {2} s, seed {3}")
    @CsvSource({
        "50, 5, 3, 1",
        "50, 5, 3, 2",
        "50, 5, 3, 3",
        "50, 5, 6, 4",
        "60, 20, 20, 5",
        "10, 1, 3, 6",
        "200, 20, 3, 7"
    })
    void nineInTenOfThoseWhoComeBackToTheSameProcessAreServed(int customers, int sessions, int answer, long seed)
            throws InterruptedException {
        ask(Processes.ONE, customers, sessions, Duration.ofSeconds(answer), seed);

        assertThat(servedReturns).as("of %s who came back", returns).isGreaterThan(returns * 9 / 10);
    }

    /**
     * Processes see nothing of each other but the slots that they take, and no customer may be told to wait for more than 60 s. Let slots come free at a rate
     * {@code r}, {@code w} customers wait for up to 15 s, each as likely to get the next one, and the others sleep for 60 s. A share
     * {@code p = 1 − exp(−15 × r / w)} is then served, and {@code 60 × r × (1 − p) / p} sleep. With 45 customers and {@code r} = 5/3 per second, {@code p} =
     * 0.78 makes the sum: nobody's advice could do better.
     */
    @ParameterizedTest(name = "{0} customers, {1} sessions, answers of {2} s, seed {3}")
    @CsvSource({"50, 5, 3, 1", "50, 5, 3, 2", "50, 5, 3, 3", "200, 20, 3, 4"})
    void twoInThreeOfThoseWhoComeBackToOtherProcessesAreServed(int customers, int sessions, int answer, long seed)
            throws InterruptedException {
        ask(Processes.ONE_PER_CUSTOMER, customers, sessions, Duration.ofSeconds(answer), seed);

        assertThat(servedReturns).as("of %s who came back", returns).isGreaterThan(returns * 2 / 3);
    }

    @ParameterizedTest
    @EnumSource
    void fewerCustomersAreNearlyAllServedWhenTheyComeBack(Processes processes) throws InterruptedException {
        ask(processes, 25, 5, Duration.ofSeconds(3), 8);

        assertThat(servedReturns).as("of %s who came back", returns).isGreaterThanOrEqualTo(returns * 17 / 20);
    }

    private void ask(Processes processes, int customers, int sessions, Duration answer, long seed)
            throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Schedule schedule = new Schedule(VirtualTime.START, random);
        EditedCatalog catalog = new EditedCatalog(schedule);
        ScriptedRouter router = new ScriptedRouter(schedule, schedule::pause);
        for (int session = 0; session < sessions; session++) {
            catalog.targets("t" + session);
            router.on(
                    "t" + session,
                    times -> AttemptScript.answers(roughly(answer, random), "Hello")
                            .under(times));
        }
        DispatcherParts parts = new DispatcherParts(
                catalog,
                new Slots(new MemorySlotTable(), schedule, random, Slots.Terms.PRODUCTION),
                router,
                Witness.NONE,
                line -> {},
                new DispatcherParts.Time(schedule, schedule::pause, new CalledInTurn(), Timing.PRODUCTION),
                random);
        Dispatcher shared = new PoolDispatcher(parts);
        for (int customer = 0; customer < customers; customer++) {
            Dispatcher own = switch (processes) {
                case ONE -> shared;
                case ONE_PER_CUSTOMER -> new PoolDispatcher(parts);
            };
            schedule.start(
                    "customer-" + customer,
                    VirtualTime.START.plusMillis(random.nextInt(200)),
                    () -> askOn(schedule, own, random));
        }
        schedule.run();
        double possible = (double) sessions * TIME.minus(WARM_UP).toMillis() / answer.toMillis();
        assertThat(answers).as("no session idles while others wait").isGreaterThan((int) (0.9 * possible));
    }

    /** Half to one and a half of it. */
    private static Duration roughly(Duration answer, SplittableRandom random) {
        return answer.dividedBy(2).plusMillis(random.nextLong(answer.toMillis()));
    }

    private void askOn(Schedule schedule, Dispatcher process, SplittableRandom random) throws Exception {
        Instant end = VirtualTime.START.plus(TIME);
        boolean asTold = false;
        while (schedule.instant().isBefore(end)) {
            boolean counts = schedule.instant().isAfter(VirtualTime.START.plus(WARM_UP));
            Outcome outcome = process.dispatch(job(schedule), new Nowhere());
            boolean answered = outcome instanceof Outcome.Answered;
            if (counts) {
                answers += answered ? 1 : 0;
                returns += asTold ? 1 : 0;
                servedReturns += asTold && answered ? 1 : 0;
            }
            asTold = outcome instanceof Outcome.Unanswered(Refusal.AllBusy _, Outcome.Effort _);
            if (outcome instanceof Outcome.Unanswered(Refusal.AllBusy(Duration wait), Outcome.Effort _)) {
                schedule.pause(Duration.ofSeconds(wait.plusMillis(999).toSeconds()));
            }
            schedule.pause(Duration.ofMillis(random.nextInt(1_000)));
        }
    }

    private static Job job(Schedule schedule) {
        Instant now = schedule.instant();
        return new Job(
                "request",
                schedule.actor(),
                EditedCatalog.ALIAS,
                DispatcherRig.request(),
                Job.Wish.WHOLE,
                Job.Origin.FIRST_TRY,
                now,
                now.plusSeconds(300));
    }

    private static final class Nowhere implements Delivery {
        @Override
        public void keepAlive() {}

        @Override
        public void deliver(CompletionEvent event) {}
    }
}
