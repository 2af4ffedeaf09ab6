package network.cortensor.portal.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import network.cortensor.portal.model.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private static final Session SESSION = new Session("a.example:5010", "168");
    private static final Duration ATTEMPT = Duration.ofSeconds(150);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.250Z");

    private final Table table = new Table();
    private Instant now = NOW;
    private final Slots slots = slots(new SplittableRandom(1));

    private Slots slots(RandomGenerator random) {
        return new Slots(table, () -> now, random, Slots.Terms.PRODUCTION);
    }

    @Test
    void aTableThatHasTooMuchToDoIsNoDoubt() {
        Slots throttled = new Slots(
                new SlotTable() {
                    @Override
                    public List<Lease> rows(String router) throws SlotsUnavailable {
                        throw new SlotsThrottled(new IllegalStateException("too much to do"));
                    }

                    @Override
                    public Optional<Lease> put(Lease lease, Instant expiredBefore) {
                        throw new AssertionError("written without a look");
                    }

                    @Override
                    public void delete(Lease lease) {}
                },
                InstantSource.system(),
                new SecureRandom(),
                Slots.Terms.PRODUCTION);

        Slots.Pass pass = throttled.pass();
        assertThat(pass.take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Throttled.class);
        assertThat(pass.mostRows()).isZero();
    }

    @Test
    void aFreeSlotCostsOneReadAndOneWrite() {
        Take take = slots.pass().take(SESSION, 1, ATTEMPT);

        assertThat(take).isInstanceOf(Take.Taken.class);
        assertThat(table.calls).containsExactly("rows a.example:5010", "put 168#0");
    }

    @Test
    void aLeaseOutlivesItsAttemptByAMinuteRoundedUpToWholeSeconds() {
        Take.Taken taken = take(SESSION, 1);

        assertThat(taken.lease().takenAt()).isEqualTo(NOW);
        assertThat(taken.lease().expiresAt()).isEqualTo(Instant.parse("2026-01-01T00:03:31Z"));
        assertThat(taken.sendBefore()).isEqualTo(NOW.plusSeconds(5));
        assertThat(slots.freeAt(taken.lease())).isEqualTo(Instant.parse("2026-01-01T00:04:01Z"));
    }

    @Test
    void everyOwnerIsANewNumberOf128Bits() {
        String first = take(SESSION, 2).lease().owner();
        String second = take(SESSION, 2).lease().owner();

        assertThat(first).matches("[0-9a-f]{32}").isNotEqualTo(second);
    }

    @Test
    void aPassReadsARouterOnce() {
        Slots.Pass pass = slots.pass();

        pass.take(SESSION, 1, ATTEMPT);
        pass.take(new Session(SESSION.router(), "169"), 1, ATTEMPT);
        pass.take(new Session("b.example:5010", "168"), 1, ATTEMPT);

        assertThat(table.calls)
                .containsExactly("rows a.example:5010", "put 168#0", "put 169#0", "rows b.example:5010", "put 168#0");
    }

    /** They have read before anybody wrote, so that two of them may draw one number. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whoTakeInTheSameMomentAllFindANumberWhereThereAreMore(int round) {
        Session session = new Session(SESSION.router(), "round-" + round);
        List<Slots.Pass> passes = IntStream.range(0, 16)
                .mapToObj(number -> {
                    Slots.Pass pass = slots.pass();
                    pass.take(new Session(SESSION.router(), "another-" + number), 1, ATTEMPT);
                    return pass;
                })
                .toList();

        assertThat(passes)
                .extracting(pass -> pass.take(session, 64, ATTEMPT))
                .allSatisfy(take -> assertThat(take).isInstanceOf(Take.Taken.class))
                .extracting(take -> ((Take.Taken) take).lease().number())
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherSessionsRowsDoNotCount() {
        take(new Session(SESSION.router(), "169"), 1);
        take(new Session("b.example:5010", "168"), 1);

        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Taken.class);
    }

    @Test
    void aFullSessionShowsItsLeasesAndIsNotWrittenTo() {
        Lease first = take(SESSION, 2).lease();
        Lease second = take(SESSION, 2).lease();
        table.calls.clear();

        Take take = slots.pass().take(SESSION, 2, ATTEMPT);

        assertThat(take)
                .isInstanceOfSatisfying(
                        Take.Busy.class, busy -> assertThat(busy.by()).containsExactlyInAnyOrder(first, second));
        assertThat(table.calls).containsExactly("rows a.example:5010");
    }

    @Test
    void anExpiredSlotIsTakenAsLongAsClocksMayDiffer() {
        Lease lease = take(SESSION, 1).lease();

        now = lease.expiresAt().plusSeconds(30);
        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Busy.class);
        now = now.plusMillis(1);
        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Taken.class);
    }

    @Test
    void rowsAboveALoweredCapacityCount() throws SlotsUnavailable {
        table.put(row(4), NOW);

        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Busy.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void takersWhoSeeRoomForOneAfterACapacityWasLoweredDoNotBothGetIn(long seed) throws SlotsUnavailable {
        table.put(row(4), NOW);
        Slots some = slots(new SplittableRandom(seed));
        Slots.Pass first = some.pass();
        Slots.Pass second = some.pass();
        first.take(new Session(SESSION.router(), "only to read"), 1, ATTEMPT);
        second.take(new Session(SESSION.router(), "only to read"), 1, ATTEMPT);

        assertThat(first.take(SESSION, 2, ATTEMPT)).isInstanceOf(Take.Taken.class);
        assertThat(second.take(SESSION, 2, ATTEMPT)).isInstanceOf(Take.Busy.class);
    }

    @Test
    void aSlotThatSomeoneElseTookMeanwhileIsBusyByThem() {
        table.beforePut = () -> table.real.put(row(0), NOW);

        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isEqualTo(new Take.Busy(List.of(row(0))));
    }

    @Test
    void ourOwnRowInTheWayIsASuccessWhoseAnswerWasLost() {
        table.putsTwice = true;

        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Taken.class);
    }

    @Test
    void aWriteWithoutAnAnswerIsTakenBack() throws SlotsUnavailable {
        table.answersPut = false;

        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Doubtful.class);
        assertThat(table.rows(SESSION.router())).isEmpty();
    }

    @Test
    void aWriteThatCannotBeTakenBackIsInDoubtAllTheSame() throws SlotsUnavailable {
        table.answersPut = false;
        table.answersDelete = false;

        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Doubtful.class);
        assertThat(table.rows(SESSION.router())).hasSize(1);
    }

    @Test
    void nothingIsTakenOnARouterWhoseRowsCannotBeRead() {
        table.answersRows = false;

        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Unreadable.class);
        assertThat(table.calls).containsExactly("rows a.example:5010");
    }

    @Test
    void aWorkerThatWasHeldUpWhileItTookASlotGivesItBack() throws SlotsUnavailable {
        table.beforePut = () -> now = now.plusSeconds(5);

        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Doubtful.class);
        assertThat(table.rows(SESSION.router())).isEmpty();
    }

    @Test
    void aReleasedSlotIsFreeAtOnce() {
        assertThat(take(SESSION, 1).release()).isEqualTo(SlotEnd.RELEASED);

        assertThat(slots.pass().take(SESSION, 1, ATTEMPT)).isInstanceOf(Take.Taken.class);
    }

    @Test
    void aReleaseWithoutAnAnswerIsNotCertain() {
        Take.Taken taken = take(SESSION, 1);
        table.answersDelete = false;

        assertThat(taken.release()).isEqualTo(SlotEnd.UNCERTAIN);
    }

    private Take.Taken take(Session session, int capacity) {
        return (Take.Taken) slots.pass().take(session, capacity, ATTEMPT);
    }

    private static Lease row(int number) {
        return new Lease(SESSION, number, "someone else", NOW, NOW.plusSeconds(210));
    }

    /** A table that can be told to break. */
    private static final class Table implements SlotTable {
        private final MemorySlotTable real = new MemorySlotTable();
        private final List<String> calls = new ArrayList<>();
        private boolean answersRows = true;
        private boolean answersPut = true;
        private boolean answersDelete = true;
        private boolean putsTwice;
        private Runnable beforePut = () -> {};

        @Override
        public List<Lease> rows(String router) throws SlotsUnavailable {
            calls.add("rows " + router);
            answer(answersRows);
            return real.rows(router);
        }

        @Override
        public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
            calls.add("put " + lease.session().id() + "#" + lease.number());
            beforePut.run();
            Optional<Lease> inTheWay = real.put(lease, expiredBefore);
            answer(answersPut);
            return putsTwice ? real.put(lease, expiredBefore) : inTheWay;
        }

        @Override
        public void delete(Lease lease) throws SlotsUnavailable {
            answer(answersDelete);
            real.delete(lease);
        }

        private static void answer(boolean answers) throws SlotsUnavailable {
            if (!answers) {
                throw new SlotsUnavailable(new IllegalStateException("no answer"));
            }
        }
    }
}
