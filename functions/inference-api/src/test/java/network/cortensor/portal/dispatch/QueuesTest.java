package network.cortensor.portal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueuesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Queues queues = new Queues();
    private Instant now = VirtualTime.START;

    @Test
    void aRequestThatWaitsAloneLooksAsUsual() {
        assertThat(queues.look(wait("alone"), SECOND)).isEqualTo(SECOND);
    }

    @Test
    void allThatWaitTogetherLookAsOftenAsWithoutTheRule() {
        List<Queues.Place> all = new ArrayList<>();
        Map.of("few", 5, "many", 50, "one", 1)
                .forEach((customer, requests) -> IntStream.range(0, requests).forEach(_ -> all.add(wait(customer))));

        assertThat(all.stream().mapToDouble(this::looksPerSecond).sum()).isCloseTo(56, within(0.01));
    }

    @Test
    void aQuarterOfAllLooksIsSharedByCustomersEquallyAndTheRestGoesByTurns() {
        List<Queues.Place> many =
                IntStream.range(0, 50).mapToObj(_ -> wait("many")).toList();
        Queues.Place late = wait("late");

        double sharedByCustomers = 51 / 4.0 / 2;
        assertThat(looksPerSecond(late)).isGreaterThan(sharedByCustomers);
        assertThat(many.stream().mapToDouble(this::looksPerSecond).sum()).isGreaterThan(sharedByCustomers);
        assertThat(looksPerSecond(many.getFirst())).isGreaterThan(10 * looksPerSecond(many.getLast()));
    }

    @Test
    void whoCameFirstLooksMoreOftenThanWhoCameLater() {
        Queues.Place first = wait("a");
        Queues.Place second = wait("b");

        assertThat(queues.look(first, SECOND)).isLessThan(queues.look(second, SECOND));
    }

    @Test
    void aNewRequestGoesBehindThoseOfOthersWithNoMoreUnderWay() {
        wait("waiter");
        queues.isAnswered(job("waiter"));

        assertThat(queues.othersGoFirst(comes("new"))).isFalse();
        queues.isAnswered(job("new"));
        assertThat(queues.othersGoFirst(comes("new"))).isTrue();
    }

    @Test
    void nobodyGoesBehindRequestsOfItsOwnOrOfAnotherModel() {
        wait("customer");
        wait("customer");
        queues.waits(queues.arrives(job("other", "other-model")));

        assertThat(queues.othersGoFirst(comes("customer"))).isFalse();
    }

    @Test
    void whoComesBackAsToldIsAsOldAsTheRefusedRequest() {
        Queues.Place refused = comes("told");
        wait("later");
        queues.keeps(refused, now, now.plusSeconds(5));

        passes(5);
        assertThat(queues.othersGoFirst(comes("told"))).isFalse();
        assertThat(queues.othersGoFirst(comes("told")))
                .as("a place is kept for one request")
                .isTrue();
    }

    @Test
    void whoComesBackEarlierOrMuchLaterThanToldIsNew() {
        Queues.Place early = comes("early");
        Queues.Place late = comes("late");
        wait("waiter");
        queues.keeps(early, now, now.plusSeconds(20));
        queues.keeps(late, now, now.plusSeconds(5));

        passes(16);

        assertThat(queues.othersGoFirst(comes("early"))).isTrue();
        assertThat(queues.othersGoFirst(comes("late"))).isTrue();
    }

    @Test
    void thoseWhoWaitAndThoseWhoWereToldToComeBackAreAheadOfWhoComesAfterThem() {
        wait("a");
        queues.keeps(comes("b"), now, now.plusSeconds(20));
        wait("b");
        Queues.Place last = wait("c");

        assertThat(queues.ahead(last, now))
                .as("the second request of b has the turn after")
                .isEqualTo(2);
        passes(31);
        assertThat(queues.ahead(last, now))
                .as("b did not come back, so its waiting request is its first")
                .isEqualTo(2);
    }

    @Test
    void whatWasBegunIsCountedAlsoWhenNobodyIsThereAnyMore() {
        queues.isAnswered(job("a")).close();
        queues.isAnswered(job("b")).close();

        assertThat(queues.begun(EditedCatalog.ALIAS)).isEqualTo(2);
        assertThat(queues.begun("other-model")).isZero();
    }

    @Test
    void whoWaitsNoMoreIsForgotten() {
        Queues.Stay stay = queues.waits(comes("gone"));
        assertThat(queues.othersGoFirst(comes("new"))).isTrue();

        stay.close();

        assertThat(queues.othersGoFirst(comes("new"))).isFalse();
        assertThat(queues.ahead(wait("new"), now)).isZero();
    }

    private double looksPerSecond(Queues.Place place) {
        return 1e9 / queues.look(place, SECOND).toNanos();
    }

    private Queues.Place wait(String customer) {
        Queues.Place place = comes(customer);
        queues.waits(place);
        return place;
    }

    private Queues.Place comes(String customer) {
        now = now.plusMillis(1);
        return queues.arrives(job(customer));
    }

    private void passes(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private Job job(String customer) {
        return job(customer, EditedCatalog.ALIAS);
    }

    private Job job(String customer, String alias) {
        return new Job(
                "request",
                customer,
                alias,
                DispatcherRig.request(),
                Job.Wish.WHOLE,
                Job.Origin.FIRST_TRY,
                now,
                now.plusSeconds(300));
    }
}
