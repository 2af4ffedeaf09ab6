package network.cortensor.portal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueuesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Queues queues = new Queues();

    @Test
    void aCustomerWithoutOthersLooksAsUsual() {
        wait("many", 50);

        assertThat(queues.look(job("many"), SECOND)).isEqualTo(SECOND);
        assertThat(queues.othersGoFirst(job("many"))).isFalse();
    }

    @Test
    void waitingCustomersLookEquallyOftenAndAllTogetherNoMoreThanWithoutTheRule() {
        Map<String, Integer> waiting = Map.of("few", 5, "many", 50, "one", 1);
        waiting.forEach(this::wait);

        waiting.forEach((customer, requests) -> assertThat(looksPerSecond(customer, requests))
                .as(customer)
                .isBetween(56 / 3.0 - 0.01, 56 / 3.0 + 0.01));
    }

    @Test
    void aNewRequestGoesBehindThoseOfOthersWithNoMoreUnderWay() {
        wait("waiter", 1);
        answer("waiter", 1);

        assertThat(queues.othersGoFirst(job("new"))).isFalse();
        answer("new", 1);
        assertThat(queues.othersGoFirst(job("new"))).isTrue();
    }

    @Test
    void nobodyGoesBehindRequestsOfItsOwnOrOfAnotherModel() {
        wait("customer", 3);
        queues.waits(job("other", "other-model"));

        assertThat(queues.othersGoFirst(job("customer"))).isFalse();
    }

    @Test
    void whoWaitsNoMoreIsForgotten() {
        Queues.Stay stay = queues.waits(job("gone"));
        assertThat(queues.othersGoFirst(job("new"))).isTrue();

        stay.close();

        assertThat(queues.othersGoFirst(job("new"))).isFalse();
        wait("new", 1);
        assertThat(queues.look(job("new"), SECOND)).isEqualTo(SECOND);
    }

    private double looksPerSecond(String customer, int requests) {
        return requests * 1e9 / queues.look(job(customer), SECOND).toNanos();
    }

    private void wait(String customer, int requests) {
        IntStream.range(0, requests).forEach(_ -> queues.waits(job(customer)));
    }

    private void answer(String customer, int requests) {
        IntStream.range(0, requests).forEach(_ -> queues.isAnswered(job(customer)));
    }

    private static Job job(String customer) {
        return job(customer, EditedCatalog.ALIAS);
    }

    private static Job job(String customer, String alias) {
        return new Job(
                "request",
                customer,
                alias,
                DispatcherRig.request(),
                Job.Wish.WHOLE,
                Job.Origin.FIRST_TRY,
                VirtualTime.START,
                VirtualTime.START.plusSeconds(300));
    }
}
