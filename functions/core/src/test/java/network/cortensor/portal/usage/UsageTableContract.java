package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.cortensor.portal.usage.UsageEvent.Account;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.State;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import org.junit.jupiter.api.Test;

/** What {@link Ledger} relies on, whatever holds the counters and events. */
abstract class UsageTableContract {
    static final String CUSTOMER = "acme";
    static final String KEY = "key-1";
    static final String OTHER_KEY = "key-2";
    static final Instant NOW = Instant.parse("2090-03-31T12:00:00.123Z");

    private static final Bounds UNBOUNDED =
            new Bounds(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    private static final SplittableRandom RANDOM = new SplittableRandom(1);

    /** An empty table. */
    abstract UsageTable table();

    static OpenRequest request(long reserved) {
        return new OpenRequest(RequestId.draw(NOW, RANDOM), reserved);
    }

    static Counters done(CountersWrite written) {
        assertThat(written).isInstanceOf(CountersWrite.Done.class);
        return ((CountersWrite.Done) written).after();
    }

    static Counters refused(CountersWrite written) {
        assertThat(written).isInstanceOf(CountersWrite.Refused.class);
        return ((CountersWrite.Refused) written).now();
    }

    /** Counters with a request of each key in them. */
    final Counters begun(OpenRequest first, OpenRequest other) throws UsageUnavailable {
        Counters none = table().counters(CUSTOMER);
        return done(table().roll(none, none.at(NOW).entered(KEY, first).entered(OTHER_KEY, other)));
    }

    @Test
    void aCustomerWithoutCountersHasUsedNothing() throws UsageUnavailable {
        assertThat(table().counters(CUSTOMER)).isEqualTo(Counters.none(CUSTOMER));
    }

    @Test
    void aRefusedRequestCountsForTheMinuteAndForNothingElse() throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));

        Counters after = done(table().countRefused(seen, KEY));

        assertThat(after).isEqualTo(seen.refused(KEY).changed()).isEqualTo(table().counters(CUSTOMER));
        assertThat(after.key(KEY).minute().total()).isEqualTo(2);
        assertThat(after.use().week()).isEqualTo(seen.use().week());
        assertThat(after.key(OTHER_KEY)).isEqualTo(seen.key(OTHER_KEY));
    }

    @Test
    void aRefusedRequestIsNotCountedInAnotherSixtieth() throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));
        Counters rolled = done(table().roll(seen, seen.at(NOW.plusSeconds(1)).entered(KEY, request(1))));

        assertThat(refused(table().countRefused(seen, KEY))).isEqualTo(rolled);
    }

    @Test
    void countersAreReadAsTheyWereWritten() throws UsageUnavailable {
        Counters busy = begun(request(100), request(7));
        Instant at = NOW;
        for (int step = 0; step < 130; step++) {
            at = at.plus(step % 3 == 0 ? Duration.ofHours(3) : Duration.ofSeconds(1));
            OpenRequest request = request(1L << (step % 40));
            Counters entered = busy.at(at).entered(step % 2 == 0 ? KEY : OTHER_KEY, request);
            Counters left = step % 5 == 0
                    ? entered
                    : entered.left(step % 2 == 0 ? KEY : OTHER_KEY, request, new Totals(1, step, step));
            busy = done(table().roll(busy, left));
        }

        assertThat(table().counters(CUSTOMER)).isEqualTo(busy);
        assertThat(busy.use().inFlight()).isEqualTo(28);
        assertThat(table().counters("someone else")).isEqualTo(Counters.none("someone else"));
    }

    @Test
    void aRequestEnters() throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));
        OpenRequest request = request(50);

        Counters after = done(table().enter(seen, new Entry(KEY, request, UNBOUNDED, UNBOUNDED)));

        assertThat(after).isEqualTo(seen.entered(KEY, request).changed()).isEqualTo(table().counters(CUSTOMER));
    }

    @Test
    void aRequestEntersOnce() throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));
        Entry entry = new Entry(KEY, request(50), UNBOUNDED, UNBOUNDED);
        Counters once = done(table().enter(seen, entry));

        assertThat(refused(table().enter(seen, entry))).isEqualTo(once);
    }

    @Test
    void aRequestThatLeftDoesNotEnterAgain() throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));
        Entry entry = new Entry(KEY, request(50), UNBOUNDED, UNBOUNDED);
        done(table().enter(seen, entry));
        Counters left = done(table().leave(seen, exit(entry.request(), new Totals(1, 2, 3))));

        assertThat(refused(table().enter(seen, entry))).isEqualTo(left);
    }

    @Test
    void nobodyEntersCountersThatWereMadeAnew() throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));
        Counters anew = done(table().roll(seen, seen.at(NOW.plusSeconds(5))));

        assertThat(refused(table().enter(seen, new Entry(KEY, request(50), UNBOUNDED, UNBOUNDED))))
                .isEqualTo(anew);
    }

    @Test
    void eachBoundHolds() throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));
        long none = -1;

        assertThat(List.of(
                        table().enter(seen, entry(bound(0, none, none, none), UNBOUNDED)),
                        table().enter(seen, entry(bound(none, 0, none, none), UNBOUNDED)),
                        table().enter(seen, entry(bound(none, none, 99, none), UNBOUNDED)),
                        table().enter(seen, entry(bound(none, none, none, 0), UNBOUNDED)),
                        table().enter(seen, entry(UNBOUNDED, bound(1, none, none, none))),
                        table().enter(seen, entry(UNBOUNDED, bound(none, 1, none, none))),
                        table().enter(seen, entry(UNBOUNDED, bound(none, none, 106, none))),
                        table().enter(seen, entry(UNBOUNDED, bound(none, none, none, 1)))))
                .allSatisfy(written -> assertThat(refused(written)).isEqualTo(seen));
        done(table().enter(seen, entry(bound(1, 1, 100, 1), bound(2, 2, 107, 2))));
    }

    private static Entry entry(Bounds key, Bounds customer) {
        return new Entry(KEY, request(50), key, customer);
    }

    /** A negative number stands for none. */
    private static Bounds bound(long minute, long week, long tokens, long inFlight) {
        return new Bounds(optional(minute), optional(week), optional(tokens), optional(inFlight));
    }

    private static OptionalLong optional(long bound) {
        return bound < 0 ? OptionalLong.empty() : OptionalLong.of(bound);
    }

    private static Exit exit(OpenRequest request, Totals used) {
        return new Exit(KEY, request, used, Moment.of(NOW));
    }

    @Test
    void whatWasUsedTakesThePlaceOfWhatWasReserved() throws UsageUnavailable {
        OpenRequest request = request(100);
        Counters seen = begun(request, request(7));

        Counters after = done(table().leave(seen, exit(request, new Totals(1, 20, 30))));

        assertThat(after)
                .isEqualTo(seen.left(KEY, request, new Totals(1, 20, 30)).changed())
                .isEqualTo(table().counters(CUSTOMER));
        assertThat(after.use().tokens().total()).isEqualTo(57);
        assertThat(after.key(KEY).today()).isEqualTo(new Totals(1, 20, 30));
    }

    @Test
    void aRequestLeavesOnce() throws UsageUnavailable {
        OpenRequest request = request(100);
        Counters seen = begun(request, request(7));
        Counters once = done(table().leave(seen, exit(request, new Totals(1, 20, 30))));

        assertThat(refused(table().leave(seen, exit(request, new Totals(1, 20, 30)))))
                .isEqualTo(once);
    }

    @Test
    void nobodyLeavesCountersThatStandAtAnEarlierDay() throws UsageUnavailable {
        OpenRequest request = request(100);
        Counters seen = begun(request, request(7));

        CountersWrite early =
                table().leave(seen, new Exit(KEY, request, Totals.ZERO, Moment.of(NOW.plus(Duration.ofDays(1)))));

        assertThat(refused(early)).isEqualTo(seen);
    }

    @Test
    void countersThatHaveChangedAreNotMadeAnew() throws UsageUnavailable {
        Counters seen = begun(request(100), request(7));
        Counters changed = done(table().enter(seen, new Entry(KEY, request(50), UNBOUNDED, UNBOUNDED)));

        assertThat(refused(table().roll(seen, seen.at(NOW.plusSeconds(9))))).isEqualTo(changed);
        assertThat(refused(table().roll(Counters.none(CUSTOMER), seen))).isEqualTo(changed);
    }

    @Test
    void ofManyWhoEnterAtOnceAsManyGetInAsThereIsRoomFor() throws Exception {
        Counters seen = begun(request(100), request(7));
        CyclicBarrier together = new CyclicBarrier(16);
        UsageTable table = table();
        List<Future<CountersWrite>> tries = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int one = 0; one < 16; one++) {
                Entry entry = new Entry(KEY, request(1), bound(5, -1, -1, -1), UNBOUNDED);
                tries.add(threads.submit(() -> {
                    together.await();
                    return table.enter(seen, entry);
                }));
            }
        }

        assertThat(tries)
                .map(Future::get)
                .filteredOn(CountersWrite.Done.class::isInstance)
                .hasSize(5);
        assertThat(table.counters(CUSTOMER).key(KEY).open()).hasSize(6);
    }

    static UsageEvent open(RequestId request) {
        return UsageEvent.open(request, new Account(KEY, CUSTOMER, "gpt-oss-20b"), 12);
    }

    static UsageEvent settled(RequestId request) {
        return new UsageEvent(
                request,
                new Account(KEY, CUSTOMER, "gpt-oss-20b"),
                new Tokens(12, 34, Basis.COUNTED),
                new State.Settled(new Ending(
                        200,
                        "ok",
                        2,
                        Optional.of(Duration.ofMillis(900)),
                        Duration.ofMillis(4_500),
                        Optional.of("gemma-4-e4b-it"))));
    }

    @Test
    void anOpenEventIsSettledOnce() throws UsageUnavailable {
        RequestId request = request(0).id();
        table().open(open(request));
        UsageEvent settled = settled(request);

        assertThat(table().settle(settled)).isEqualTo(settled);
        UsageEvent other = new UsageEvent(request, settled.account(), new Tokens(0, 0, Basis.COUNTED), settled.state());
        assertThat(table().settle(other)).isEqualTo(settled);
        assertThat(table().close(KEY, request)).contains(settled);
    }

    @Test
    void anEventThatWasNeverOpenIsSettledToo() throws UsageUnavailable {
        UsageEvent settled = settled(request(0).id());

        assertThat(table().settle(settled)).isEqualTo(settled);
        table().open(open(settled.request()));
        assertThat(table().close(KEY, settled.request())).contains(settled);
    }

    @Test
    void anOpenEventIsClosedAndSaysSo() throws UsageUnavailable {
        RequestId request = request(0).id();
        table().open(open(request));
        table().open(open(request));

        UsageEvent closed = table().close(KEY, request).orElseThrow();

        assertThat(closed.state()).isEqualTo(new State.Closed());
        assertThat(closed.tokens()).isEqualTo(new Tokens(12, 0, Basis.ESTIMATED));
        assertThat(table().close(KEY, request)).contains(closed);
        assertThat(table().settle(settled(request))).isEqualTo(closed);
    }

    @Test
    void whatWasNeverOpenCannotBeClosed() throws UsageUnavailable {
        assertThat(table().close(KEY, request(0).id())).isEmpty();
    }

    @Test
    void aSmallerSumNeverOverwritesALargerOne() throws UsageUnavailable {
        Period day = new Period.Day(LocalDate.of(2090, 3, 31));
        Period month = new Period.Month(YearMonth.of(2090, 3));
        Period.Sum large = new Period.Sum(KEY, CUSTOMER, day, new Totals(5, 50, 500));
        Period.Sum ofMonth = new Period.Sum(KEY, CUSTOMER, month, new Totals(6, 60, 600));

        table().record(new Period.Sum(KEY, CUSTOMER, day, new Totals(3, 30, 300)));
        table().record(large);
        table().record(ofMonth);
        table().record(new Period.Sum(KEY, CUSTOMER, day, new Totals(4, 40, 400)));

        assertThat(sums()).containsExactlyInAnyOrder(large, ofMonth);
    }

    /** Every sum in the table. */
    abstract List<Period.Sum> sums();
}
