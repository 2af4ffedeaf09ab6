package network.cortensor.portal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.model.Failure.DeadlinePassed.Phase;
import network.cortensor.portal.model.Failure.InvalidCall.Fault;
import network.cortensor.portal.model.Failure.NotSent.Cause;
import network.cortensor.portal.model.Failure.RequestRejected.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words that logs and evidence have for failures, and whose slot may be given back: a wrong row overlaps two customers' tasks. */
class FailureTest {
    private static final boolean ENDED = true;
    private static final boolean MAY_STILL_RUN = false;

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new Failure.NotSent(Cause.DNS), "not_sent_dns", ENDED),
                Arguments.of(new Failure.NotSent(Cause.FORBIDDEN_ADDRESS), "not_sent_forbidden_address", ENDED),
                Arguments.of(new Failure.Refused(401), "refused_401", ENDED),
                Arguments.of(new Failure.RequestRejected(422), "request_rejected_422", ENDED),
                Arguments.of(new Failure.RequestRejected(400, Reason.CONTEXT), "request_rejected_context", ENDED),
                Arguments.of(new Failure.RequestRejected(400, Reason.CONTENT), "request_rejected_content", ENDED),
                Arguments.of(new Failure.Limited(Duration.ofSeconds(17)), "limited", ENDED),
                Arguments.of(new Failure.Unavailable(503), "unavailable_503", ENDED),
                Arguments.of(new Failure.RouterError(), "router_error", ENDED),
                Arguments.of(new Failure.NoResult(), "no_result", ENDED),
                Arguments.of(new Failure.InvalidCall(Fault.NOT_OFFERED), "invalid_call_not_offered", ENDED),
                Arguments.of(new Failure.InvalidForm(), "invalid_form", ENDED),
                Arguments.of(new Failure.InvalidCall(Fault.NO_JSON), "invalid_call_no_json", ENDED),
                Arguments.of(new Failure.DeadlinePassed(Phase.FIRST_TOKEN), "deadline_first_token", MAY_STILL_RUN),
                Arguments.of(new Failure.DeadlinePassed(Phase.NEXT_EVENT), "deadline_next_event", MAY_STILL_RUN),
                Arguments.of(new Failure.ConnectionLost(), "connection_lost", MAY_STILL_RUN),
                Arguments.of(new Failure.Cut(), "cut", MAY_STILL_RUN),
                Arguments.of(new Failure.GatewayError(502), "gateway_502", MAY_STILL_RUN),
                Arguments.of(new Failure.Pending(), "pending", MAY_STILL_RUN),
                Arguments.of(new Failure.UnknownEnd(), "unknown_end", MAY_STILL_RUN),
                Arguments.of(new Failure.Mismatch(), "mismatch", MAY_STILL_RUN),
                Arguments.of(new Failure.Oversized(), "oversized", MAY_STILL_RUN),
                Arguments.of(new Failure.Unintelligible(), "unintelligible", MAY_STILL_RUN));
    }

    @ParameterizedTest(name = "{1}: ended = {2}")
    @MethodSource("failures")
    void itsWordAndWhetherTheRouterHasEndedTheTask(Failure failure, String kind, boolean ended) {
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.taskEnded()).isEqualTo(ended);
    }

    static Stream<Arguments> blames() {
        return Stream.of(
                Arguments.of(new Failure.NotSent(Cause.CONNECT), Failure.Blame.TARGET),
                Arguments.of(new Failure.NotSent(Cause.NO_CREDENTIAL), Failure.Blame.OURS),
                Arguments.of(new Failure.NotSent(Cause.FORBIDDEN_ADDRESS), Failure.Blame.OURS),
                Arguments.of(new Failure.RequestRejected(413), Failure.Blame.CUSTOMER),
                Arguments.of(new Failure.Limited(Duration.ofSeconds(1)), Failure.Blame.NOBODY),
                Arguments.of(new Failure.Refused(401), Failure.Blame.TARGET),
                Arguments.of(new Failure.DeadlinePassed(Phase.FIRST_TOKEN), Failure.Blame.TARGET));
    }

    @ParameterizedTest
    @MethodSource("blames")
    void whoseMatterItIs(Failure failure, Failure.Blame blame) {
        assertThat(failure.blame()).isEqualTo(blame);
    }

    @Test
    void noFailureIsLeftOut() {
        List<Class<?>> covered = failures()
                .<Class<?>>map(row -> row.get()[0].getClass())
                .distinct()
                .toList();

        assertThat(covered).containsExactlyInAnyOrder(Failure.class.getPermittedSubclasses());
    }
}
