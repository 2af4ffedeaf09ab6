package network.cortensor.portal.health;

import static network.cortensor.portal.health.HealthExample.DOWN;
import static network.cortensor.portal.health.HealthExample.FAILED;
import static network.cortensor.portal.health.HealthExample.NOON;
import static network.cortensor.portal.health.HealthExample.SERVED;
import static network.cortensor.portal.health.HealthExample.after;
import static network.cortensor.portal.health.HealthExample.noonPlusSeconds;
import static network.cortensor.portal.health.HealthExample.nothingKnown;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.model.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrafficRuleTest {
    private static final Observation REJECTED = new Observation.Failed(new Failure.RequestRejected(400));

    static Stream<Arguments> cases() {
        return Stream.of(
                row("the first success", SERVED, 0, true),
                row("a success 29 s after one", SERVED, 29, false, SERVED),
                row("a success 30 s after one", SERVED, 30, true, SERVED),
                row("a success that ends a run of failures", SERVED, 1, true, SERVED, FAILED),
                row("a success that ends a run of bad looks", SERVED, 1, true, SERVED, DOWN),
                row("a success of an ejected target", SERVED, 1, true, FAILED, FAILED, FAILED),
                row("the second success of an ejected target", SERVED, 1, true, FAILED, FAILED, FAILED, SERVED),
                row("the third success after an ejection", SERVED, 1, false, FAILED, FAILED, FAILED, SERVED, SERVED),
                row("a failure", FAILED, 0, true),
                row("a failure right after another", FAILED, 0, true, FAILED, FAILED, FAILED, FAILED),
                row("a customer's own mistake", REJECTED, 60, false, SERVED),
                row("a customer's own mistake in a run of failures", REJECTED, 60, false, FAILED));
    }

    @ParameterizedTest(name = "{0}: written = {4}")
    @MethodSource("cases")
    void everyFailureIsWrittenAndFewSuccesses(
            String ignored, List<Observation> before, Observation seen, long secondsLater, boolean written) {
        assertThat(TrafficRule.worthWriting(after(nothingKnown(), NOON, before), seen, noonPlusSeconds(secondsLater)))
                .isEqualTo(written);
    }

    private static Arguments row(
            String name, Observation seen, long secondsLater, boolean written, Observation... before) {
        return Arguments.of(name, List.of(before), seen, secondsLater, written);
    }
}
