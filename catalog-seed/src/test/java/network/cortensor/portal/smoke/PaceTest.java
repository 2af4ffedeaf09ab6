package network.cortensor.portal.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.smoke.Pace.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PaceTest {
    @ParameterizedTest
    @MethodSource
    void aPaceTellsStreamsFromBursts(List<Instant> arrivals, Verdict verdict) {
        assertThat(Pace.of(arrivals).verdict()).isEqualTo(verdict);
    }

    static Stream<Arguments> aPaceTellsStreamsFromBursts() {
        return Stream.of(
                argumentSet("a slow model", every(60, 1, Duration.ofMillis(250)), Verdict.ONE_BY_ONE),
                argumentSet("a very fast model", every(60, 1, Duration.ofMillis(3)), Verdict.ONE_BY_ONE),
                argumentSet("three tokens in a packet", every(60, 3, Duration.ofMillis(100)), Verdict.ONE_BY_ONE),
                argumentSet("all at once", every(60, 60, Duration.ofMillis(1)), Verdict.BUFFERED),
                argumentSet(
                        "a large answer in four round trips", every(200, 50, Duration.ofMillis(80)), Verdict.BUFFERED),
                argumentSet("blocks of a buffer of 4 KiB", every(120, 18, Duration.ofSeconds(1)), Verdict.BUFFERED),
                argumentSet("one word", every(1, 1, Duration.ofMillis(1)), Verdict.TOO_SHORT),
                argumentSet("nothing", List.of(), Verdict.TOO_SHORT));
    }

    /** {@code together} pieces arrive at a time. */
    private static List<Instant> every(int pieces, int together, Duration pause) {
        return IntStream.range(0, pieces)
                .mapToObj(piece -> Instant.EPOCH.plus(pause.multipliedBy(piece / together)))
                .toList();
    }
}
