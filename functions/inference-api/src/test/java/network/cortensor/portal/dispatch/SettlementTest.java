package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static network.cortensor.portal.dispatch.AttemptScript.fails;
import static network.cortensor.portal.dispatch.AttemptScript.says;
import static network.cortensor.portal.dispatch.AttemptScript.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.SlotsUnavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a slot when its attempt is over. */
class SettlementTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final DispatcherRig rig = new DispatcherRig();

    private enum Slot {
        RELEASED,
        KEPT
    }

    /** The design's table, told anew. A new kind of failure does not compile until it has its row here. */
    private static Slot expected(Failure failure) {
        return switch (failure) {
            case Failure.NotSent ignored -> Slot.RELEASED;
            case Failure.Refused ignored -> Slot.RELEASED;
            case Failure.RequestRejected ignored -> Slot.RELEASED;
            case Failure.Limited ignored -> Slot.RELEASED;
            case Failure.Unavailable ignored -> Slot.RELEASED;
            case Failure.RouterError ignored -> Slot.RELEASED;
            case Failure.NoResult ignored -> Slot.RELEASED;
            case Failure.InvalidCall ignored -> Slot.RELEASED;
            case Failure.InvalidForm ignored -> Slot.RELEASED;
            case Failure.DeadlinePassed ignored -> Slot.KEPT;
            case Failure.ConnectionLost ignored -> Slot.KEPT;
            case Failure.Cut ignored -> Slot.KEPT;
            case Failure.GatewayError ignored -> Slot.KEPT;
            case Failure.Pending ignored -> Slot.KEPT;
            case Failure.UnknownEnd ignored -> Slot.KEPT;
            case Failure.Mismatch ignored -> Slot.KEPT;
            case Failure.Oversized ignored -> Slot.KEPT;
            case Failure.Unintelligible ignored -> Slot.KEPT;
        };
    }

    static Stream<Failure> everyFailure() {
        return Stream.concat(
                Stream.concat(
                        Stream.of(Failure.NotSent.Cause.values()).map(Failure.NotSent::new),
                        Stream.of(Failure.DeadlinePassed.Phase.values()).map(Failure.DeadlinePassed::new)),
                Stream.of(
                        new Failure.Refused(401),
                        new Failure.Refused(404),
                        new Failure.Refused(429),
                        new Failure.RequestRejected(400),
                        new Failure.Limited(SECOND),
                        new Failure.Unavailable(503),
                        new Failure.RouterError(),
                        new Failure.NoResult(),
                        new Failure.InvalidCall(Failure.InvalidCall.Fault.NOT_OFFERED),
                        new Failure.InvalidForm(),
                        new Failure.ConnectionLost(),
                        new Failure.Cut(),
                        new Failure.GatewayError(502),
                        new Failure.GatewayError(503),
                        new Failure.GatewayError(504),
                        new Failure.Pending(),
                        new Failure.UnknownEnd(),
                        new Failure.Mismatch(),
                        new Failure.Oversized(),
                        new Failure.Unintelligible()));
    }

    @Test
    void everyKindOfFailureIsAmongThem() {
        assertThat(everyFailure().<Class<?>>map(Failure::getClass).distinct())
                .containsExactlyInAnyOrder(Failure.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("everyFailure")
    void aSlotIsReleasedOnlyIfTheRouterHasEndedTheTask(Failure failure) throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", fails(SECOND, failure));

        rig.dispatch();

        assertSlot(expected(failure));
    }

    @ParameterizedTest
    @MethodSource("everyFailure")
    void soItIsAfterTheFirstToken(Failure failure) throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", says(SECOND, text("Hel")).thenFails(SECOND, failure));

        rig.dispatch();

        assertSlot(expected(failure));
    }

    @Test
    void aWholeAnswerReleasesItsSlot() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello"));

        rig.dispatch();

        assertSlot(Slot.RELEASED);
    }

    @Test
    void aWholeAnswerWhoseStreamGoesOnKeepsItsSlotAndIsNoFailure() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello").then(Duration.ofSeconds(20), text("more")));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);

        assertSlot(Slot.KEPT);
        assertThat(rig.learned).containsExactly("a worked PT1S");
        assertThat(rig.lines("attempt").getFirst().keys()).containsEntry("total_ms", 1_000L);
    }

    @Test
    void aKeptSlotComesBackWhenItExpires() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", fails(SECOND, new Failure.Cut()), answers(SECOND, "Hello"));
        rig.dispatch();

        rig.time.pass(Duration.ofSeconds(150).plusSeconds(60).plusSeconds(30));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void theCallIsClosedBeforeItsSlotIsReleased() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello"));
        List<Boolean> closed = new ArrayList<>();
        rig.through(new Relayed(rig.rows) {
            @Override
            public void delete(Lease lease) throws SlotsUnavailable {
                closed.add(rig.router.calls().getFirst().closed());
                super.delete(lease);
            }
        });

        rig.dispatch();

        assertThat(closed).containsExactly(true);
    }

    @Test
    void anAnswerThatCannotBeDeliveredKeepsItsSlotAndClosesItsCall() {
        rig.catalog.targets("a");
        rig.router.on("a", says(SECOND, text("Hel")).then(SECOND, text("lo")).then(SECOND, AttemptScript.END));
        rig.delivery.breakAfter(1);

        assertThatThrownBy(rig::dispatch).isInstanceOf(IOException.class);

        assertThat(rig.taken("a")).containsExactly("a");
        assertThat(rig.router.calls()).allMatch(ScriptedRouter.Call::closed);
        assertThat(rig.learned).isEmpty();
        assertThat(rig.lines("attempt"))
                .singleElement()
                .satisfies(line -> assertThat(line.keys())
                        .containsEntry("outcome", "undelivered")
                        .containsEntry("slot", "kept"));
    }

    @Test
    void anAnswerThatCannotBeDeliveredGivesTheSlotBackWhereAServersWorkEndsWithItsConnection() {
        rig.catalog.with(EditedCatalog.openAi("main", "a", Capacity.ONE));
        rig.router.on("a", says(SECOND, text("Hel")).then(SECOND, text("lo")).then(SECOND, AttemptScript.END));
        rig.delivery.breakAfter(1);
        List<Boolean> closed = new ArrayList<>();
        rig.through(new Relayed(rig.rows) {
            @Override
            public void delete(Lease lease) throws SlotsUnavailable {
                closed.add(rig.router.calls().getFirst().closed());
                super.delete(lease);
            }
        });

        assertThatThrownBy(rig::dispatch).isInstanceOf(IOException.class);

        assertThat(closed).containsExactly(true);
        assertThat(rig.taken("a")).isEmpty();
        assertThat(rig.time.sinceStart()).isEqualTo(SECOND);
        assertThat(rig.learned).isEmpty();
        assertThat(rig.lines("attempt"))
                .singleElement()
                .satisfies(line -> assertThat(line.keys())
                        .containsEntry("outcome", "undelivered")
                        .containsEntry("slot", "released"));
    }

    /** A keep-alive is how a customer's leaving is seen before the first token. */
    @ParameterizedTest
    @EnumSource(Job.Wish.class)
    void soItIsBeforeTheFirstTokenAndWithAWholeAnswer(Job.Wish wish) {
        rig.wish(wish);
        rig.catalog.with(EditedCatalog.openAi("main", "a", Capacity.ONE));
        rig.router.on("a", answers(Duration.ofSeconds(50), "Hello"));
        rig.delivery.breakAfter(0);

        assertThatThrownBy(rig::dispatch).isInstanceOf(IOException.class);

        assertThat(rig.taken("a")).isEmpty();
        assertThat(rig.router.calls()).singleElement().matches(ScriptedRouter.Call::closed);
        assertThat(rig.time.sinceStart())
                .isLessThanOrEqualTo(
                        wish == Job.Wish.STREAM ? Timing.PRODUCTION.keepAliveAfter() : Duration.ofSeconds(50));
    }

    @ParameterizedTest
    @EnumSource(ScriptedRouter.Sent.class)
    void aWorkersEndGivesBackTheSlotOfWhatWasNotSent(ScriptedRouter.Sent sent) {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello"));
        rig.router.interrupting(sent);

        assertThatThrownBy(rig::dispatch).isInstanceOf(InterruptedException.class);

        assertSlot(
                switch (sent) {
                    case NOTHING -> Slot.RELEASED;
                    case A_BYTE -> Slot.KEPT;
                });
    }

    @Test
    void aBugInTheMiddleOfAnAttemptKeepsItsSlotAndClosesItsCall() {
        rig.catalog.targets("a");
        rig.router.on("a", says(SECOND, text("Hello")));

        assertThatThrownBy(rig::dispatch).isInstanceOf(RuntimeException.class);

        assertThat(rig.taken("a")).containsExactly("a");
        assertThat(rig.router.calls()).allMatch(ScriptedRouter.Call::closed);
    }

    @Test
    void aReleaseWithoutAnAnswerFailsNobody() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello"));
        rig.through(new Relayed(rig.rows) {
            @Override
            public void delete(Lease lease) throws SlotsUnavailable {
                throw new SlotsUnavailable(new IllegalStateException("no answer"));
            }
        });

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.lines("attempt").getFirst().keys()).containsEntry("slot", "uncertain");
    }

    private void assertSlot(Slot expected) {
        assertThat(rig.taken("a")).isEqualTo(expected == Slot.KEPT ? List.of("a") : List.of());
        assertThat(rig.lines("attempt").getFirst().keys())
                .containsEntry("slot", expected == Slot.KEPT ? "kept" : "released");
    }

    /** Passes every call on. */
    private static class Relayed implements SlotTable {
        private final SlotTable table;

        Relayed(SlotTable table) {
            this.table = table;
        }

        @Override
        public List<Lease> rows(String router) throws SlotsUnavailable {
            return table.rows(router);
        }

        @Override
        public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
            return table.put(lease, expiredBefore);
        }

        @Override
        public void delete(Lease lease) throws SlotsUnavailable {
            table.delete(lease);
        }
    }
}
