package network.cortensor.portal.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import network.cortensor.portal.model.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Slots} relies on, whatever holds the rows. */
abstract class SlotTableContract {
    static final String ROUTER = "a.example:5010";
    static final Session SESSION = new Session(ROUTER, "168");
    /** Far ahead: the table deletes by itself what has expired by its own clock. */
    static final Instant TAKEN = Instant.parse("2090-01-01T00:00:00.123456789Z");

    static final Instant EXPIRES = Instant.parse("2090-01-01T00:03:31Z");

    /** An empty table. */
    abstract SlotTable table();

    @Test
    void aRowIsReadAsItWasWritten() throws SlotsUnavailable {
        Lease lease = lease(0, "ours");

        assertThat(table().put(lease, TAKEN)).isEmpty();

        assertThat(table().rows(ROUTER)).containsExactly(lease);
    }

    @Test
    void aRouterHasTheRowsOfAllItsSessionsAndNoOthers() throws SlotsUnavailable {
        Lease first = lease(0, "a");
        Lease second = lease(7, "b");
        Lease otherSession = lease(new Session(ROUTER, "169"), 0, "c");
        Lease otherRouter = lease(new Session("b.example:5010", "168"), 0, "d");
        for (Lease lease : List.of(first, second, otherSession, otherRouter)) {
            assertThat(table().put(lease, TAKEN)).isEmpty();
        }

        assertThat(table().rows(ROUTER)).containsExactlyInAnyOrder(first, second, otherSession);
        assertThat(table().rows("c.example:5010")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta/llama#2", "#", "", "a#0", "mödel 😀"})
    void aSessionMayHaveAnyName(String id) throws SlotsUnavailable {
        Lease lease = lease(new Session(ROUTER, id), 3, "ours");

        table().put(lease, TAKEN);

        assertThat(table().rows(ROUTER)).containsExactly(lease);
    }

    @Test
    void aRowThatHasNotExpiredStandsInTheWay() throws SlotsUnavailable {
        table().put(lease(0, "first"), TAKEN);

        assertThat(table().put(lease(0, "second"), EXPIRES)).contains(lease(0, "first"));
        assertThat(table().rows(ROUTER)).containsExactly(lease(0, "first"));
    }

    @Test
    void aRowThatExpiredBeforeIsOverwritten() throws SlotsUnavailable {
        table().put(lease(0, "first"), TAKEN);

        assertThat(table().put(lease(0, "second"), EXPIRES.plusNanos(1))).isEmpty();
        assertThat(table().rows(ROUTER)).containsExactly(lease(0, "second"));
    }

    @Test
    void anExpiredRowIsReadAsLongAsItIsThere() throws SlotsUnavailable {
        table().put(lease(0, "first"), TAKEN);

        assertThat(table().put(lease(1, "second"), EXPIRES.plusSeconds(100))).isEmpty();
        assertThat(table().rows(ROUTER)).hasSize(2);
    }

    @Test
    void theSameWriteAgainMeetsItsOwnRow() throws SlotsUnavailable {
        table().put(lease(0, "ours"), TAKEN);

        assertThat(table().put(lease(0, "ours"), TAKEN)).contains(lease(0, "ours"));
    }

    @Test
    void itsOwnerDeletesARow() throws SlotsUnavailable {
        table().put(lease(0, "ours"), TAKEN);

        table().delete(lease(0, "ours"));

        assertThat(table().rows(ROUTER)).isEmpty();
        assertThat(table().put(lease(0, "next"), TAKEN)).isEmpty();
    }

    @Test
    void nobodyElseDeletesARow() throws SlotsUnavailable {
        table().put(lease(0, "ours"), TAKEN);

        table().delete(lease(0, "someone else"));
        table().delete(lease(1, "ours"));

        assertThat(table().rows(ROUTER)).containsExactly(lease(0, "ours"));
    }

    @Test
    void ofManyWhoWriteAtOnceOneWins() throws Exception {
        int takers = 16;
        CyclicBarrier together = new CyclicBarrier(takers);
        SlotTable table = table();
        List<Future<Optional<Lease>>> puts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(takers)) {
            for (int taker = 0; taker < takers; taker++) {
                Lease lease = lease(0, "taker " + taker);
                puts.add(threads.submit(() -> {
                    together.await();
                    return table.put(lease, TAKEN);
                }));
            }
        }

        List<Lease> rows = table.rows(ROUTER);
        assertThat(rows).hasSize(1);
        assertThat(puts).map(Future::get).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(puts)
                .map(Future::get)
                .allSatisfy(inTheWay -> assertThat(inTheWay.stream().toList()).isSubsetOf(rows));
    }

    @Test
    void moreRowsThanOneAnswerHoldsAreRead() throws SlotsUnavailable {
        String longOwner = "x".repeat(20_000);
        for (int number = 0; number < 60; number++) {
            table().put(lease(number, longOwner), TAKEN);
        }

        assertThat(table().rows(ROUTER))
                .extracting(Lease::number)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 60).boxed().toList());
    }

    static Lease lease(int number, String owner) {
        return lease(SESSION, number, owner);
    }

    static Lease lease(Session session, int number, String owner) {
        return new Lease(session, number, owner, TAKEN, EXPIRES);
    }
}
