package network.cortensor.portal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.testkit.schedule.Schedule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two customers of one process, each of whom wants more than half of the sessions, and one asks with many more requests at once. All of them ask again
 * as soon as they are answered or refused.
 */
class FairnessTest {
    private static final int SESSIONS = 5;
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration TIME = Duration.ofMinutes(10);
    private static final double OF_ONE_SESSION = TIME.dividedBy(ANSWER);

    private final Map<String, Integer> served = new HashMap<>();

    @ParameterizedTest(name = "{0} requests at once beside {1}, seed {2}")
    @CsvSource({"5, 5, 1", "5, 50, 2", "5, 50, 3", "3, 30, 4", "6, 58, 5"})
    void neitherGetsLessThanTwoFifthsOfWhatItWouldGetAlone(int few, int many, long seed) throws InterruptedException {
        ask(Map.of("few", few, "many", many), seed);

        assertThat(served.getOrDefault("few", 0) / alone(few)).isGreaterThanOrEqualTo(0.4);
        assertThat(served.getOrDefault("many", 0) / alone(many)).isGreaterThanOrEqualTo(0.4);
    }

    @ParameterizedTest(name = "{0} customers beside one with 50 requests at once, seed {1}")
    @CsvSource({"2, 1", "4, 2", "9, 3"})
    void customersWithOneRequestAtATimeAreAnsweredHoweverMuchAnotherAsks(int others, long seed)
            throws InterruptedException {
        Map<String, Integer> customers = new HashMap<>(Map.of("many", 50));
        for (int other = 0; other < others; other++) {
            customers.put("other-" + other, 1);
        }

        ask(customers, seed);

        double share = OF_ONE_SESSION * Math.min(1, (double) SESSIONS / customers.size());
        customers
                .keySet()
                .forEach(customer -> assertThat(served.getOrDefault(customer, 0))
                        .as(customer)
                        .isGreaterThan((int) (0.4 * share)));
    }

    private static double alone(int requests) {
        return OF_ONE_SESSION * Math.min(requests, SESSIONS);
    }

    private void ask(Map<String, Integer> customers, long seed) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Schedule schedule = new Schedule(VirtualTime.START, random);
        EditedCatalog catalog = new EditedCatalog(schedule);
        ScriptedRouter router = new ScriptedRouter(schedule, schedule::pause);
        for (int session = 0; session < SESSIONS; session++) {
            catalog.targets("t" + session);
            router.on("t" + session, AttemptScript.answers(ANSWER, "Hello"));
        }
        Dispatcher process = new PoolDispatcher(new DispatcherParts(
                catalog,
                new Slots(new MemorySlotTable(), schedule, random, Slots.Terms.PRODUCTION),
                router,
                Witness.NONE,
                line -> {},
                new DispatcherParts.Time(schedule, schedule::pause, new CalledInTurn(), Timing.PRODUCTION),
                random));
        customers.forEach((customer, requests) -> {
            for (int request = 0; request < requests; request++) {
                schedule.start(
                        customer + "-" + request,
                        VirtualTime.START.plusMillis(random.nextInt(200)),
                        () -> askOn(schedule, process, customer));
            }
        });
        schedule.run();
    }

    private void askOn(Schedule schedule, Dispatcher process, String customer) throws Exception {
        Instant end = VirtualTime.START.plus(TIME);
        while (schedule.instant().isBefore(end)) {
            if (process.dispatch(job(customer, schedule.instant()), new Nowhere()) instanceof Outcome.Answered) {
                served.merge(customer, 1, Integer::sum);
            }
        }
    }

    private static Job job(String customer, Instant now) {
        return new Job(
                "request",
                customer,
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
