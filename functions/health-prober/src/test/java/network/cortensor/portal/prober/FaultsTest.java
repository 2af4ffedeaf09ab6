package network.cortensor.portal.prober;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.TargetHealth.FailureSeen;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.RouterSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the prober makes of every fault of a router. */
class FaultsTest {
    private static final String OK = "ok";
    private static final long SESSION = 168;

    private final ProberFixture fixture = new ProberFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    enum Slot {
        RELEASED,
        KEPT
    }

    static Stream<Arguments> streamed() {
        return Stream.of(
                row(Fault.NONE, OK, Slot.RELEASED),
                row(Fault.HANG, "deadline_first_token", Slot.KEPT),
                row(Fault.REFUSE, "connection_lost", Slot.KEPT),
                row(Fault.RESET, "connection_lost", Slot.KEPT),
                row(Fault.RESET_IN_HEADERS, "connection_lost", Slot.KEPT),
                row(Fault.EMPTY, "no_result", Slot.RELEASED),
                row(Fault.PENDING, "pending", Slot.KEPT),
                row(Fault.IN_BAND_ERROR, "no_result", Slot.RELEASED),
                row(Fault.JSON_FOR_STREAM, OK, Slot.RELEASED),
                row(Fault.NO_END_MARKER, "cut", Slot.KEPT),
                row(Fault.CUT, "cut", Slot.KEPT),
                row(Fault.LOST_TOKENS, OK, Slot.RELEASED),
                row(Fault.INTERLEAVE, OK, Slot.RELEASED),
                row(Fault.UNAUTHORIZED, "refused_401", Slot.RELEASED),
                row(Fault.BAD_REQUEST, "refused_400", Slot.RELEASED),
                row(Fault.NOT_FOUND, "refused_404", Slot.RELEASED),
                row(Fault.ERROR_500, "router_error", Slot.RELEASED),
                row(Fault.HTML_502, "gateway_502", Slot.KEPT),
                row(Fault.HTML_504, "gateway_504", Slot.KEPT),
                row(Fault.OVERSIZE, "oversized", Slot.KEPT),
                row(Fault.NO_MINERS, "deadline_first_token", Slot.KEPT));
    }

    static Stream<Arguments> whole() {
        return Stream.of(
                row(Fault.NONE, OK, Slot.RELEASED),
                row(Fault.HANG, "deadline_whole_answer", Slot.KEPT),
                row(Fault.REFUSE, "connection_lost", Slot.KEPT),
                row(Fault.RESET, "connection_lost", Slot.KEPT),
                row(Fault.RESET_IN_HEADERS, "connection_lost", Slot.KEPT),
                row(Fault.EMPTY, "no_result", Slot.RELEASED),
                row(Fault.PENDING, "pending", Slot.KEPT),
                row(Fault.IN_BAND_ERROR, "no_result", Slot.RELEASED),
                row(Fault.JSON_FOR_STREAM, OK, Slot.RELEASED),
                row(Fault.NO_END_MARKER, "cut", Slot.KEPT),
                row(Fault.CUT, "cut", Slot.KEPT),
                row(Fault.LOST_TOKENS, OK, Slot.RELEASED),
                row(Fault.INTERLEAVE, "mismatch", Slot.KEPT),
                row(Fault.UNAUTHORIZED, "refused_401", Slot.RELEASED),
                row(Fault.BAD_REQUEST, "refused_400", Slot.RELEASED),
                row(Fault.NOT_FOUND, "refused_404", Slot.RELEASED),
                row(Fault.ERROR_500, "router_error", Slot.RELEASED),
                row(Fault.HTML_502, "gateway_502", Slot.KEPT),
                row(Fault.HTML_504, "gateway_504", Slot.KEPT),
                row(Fault.OVERSIZE, "oversized", Slot.KEPT),
                row(Fault.NO_MINERS, "deadline_whole_answer", Slot.KEPT));
    }

    @ParameterizedTest(name = "{0}: {1}, slot {2}")
    @MethodSource("streamed")
    void aDeepProbeOfAStreamingPool(Fault fault, String outcome, Slot slot) throws Exception {
        probe(Streaming.NATIVE, fault, outcome, slot);
    }

    @ParameterizedTest(name = "{0}: {1}, slot {2}")
    @MethodSource("whole")
    void aDeepProbeOfABufferedPool(Fault fault, String outcome, Slot slot) throws Exception {
        probe(Streaming.BUFFERED, fault, outcome, slot);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streamed")
    void onlyMissingMinersShowWithoutACompletion(Fault fault, String ignored, Slot ignoredSlot) {
        RouterSimulator router = fixture.router(SESSION);
        router.session(SESSION).set(ProberFixture.QUICK.withFault(fault));
        Target target = fixture.has("oss-20b", router, SESSION);
        fixture.knows(target, ProberFixture.served());

        fixture.tick();

        assertThat(fixture.health(target).liveness().orElseThrow().liveness())
                .isEqualTo(fault == Fault.NO_MINERS ? Liveness.NO_MINERS : Liveness.ALIVE);
        assertThat(router.session(SESSION).counts().served()).isZero();
    }

    private void probe(Streaming streaming, Fault fault, String outcome, Slot slot) throws Exception {
        boolean silent = fault == Fault.HANG || fault == Fault.NO_MINERS;
        PoolTimes times = silent ? ProberFixture.HURRIED : ProberFixture.PATIENT;
        fixture.has(ProberFixture.pool("oss-20b", State.LIVE, streaming, times));
        RouterSimulator router = fixture.router(SESSION);
        RouterSimulator other = fixture.router(7);
        Target target = fixture.has("oss-20b", router, SESSION);
        Target well = fixture.has("oss-20b", other, 7);
        router.session(SESSION).set(ProberFixture.QUICK.withFault(fault).withHang(Duration.ofMinutes(1)));
        fixture.knows(well, ProberFixture.served());

        fixture.tick();

        assertThat(router.session(SESSION).counts().served()).isEqualTo(1);
        assertThat(fixture.deepProbes(target)).containsExactly(outcome);
        assertThat(fixture.health(target).latest().success().isPresent()).isEqualTo(outcome.equals(OK));
        assertThat(fixture.health(target).latest().failure().map(FailureSeen::kind))
                .isEqualTo(outcome.equals(OK) ? Optional.empty() : Optional.of(outcome));
        assertThat(fixture.slotTaken(target)).isEqualTo(slot == Slot.KEPT);
    }

    private static Arguments row(Fault fault, String outcome, Slot slot) {
        return Arguments.of(fault, outcome, slot);
    }
}
