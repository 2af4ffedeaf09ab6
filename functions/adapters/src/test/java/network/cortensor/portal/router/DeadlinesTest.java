package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import network.cortensor.portal.model.Failure.DeadlinePassed.Phase;
import network.cortensor.portal.router.Deadlines.Deadline;
import network.cortensor.portal.router.Deadlines.Standing;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void aSilentStreamEndsAtItsFirstTokensDeadline() {
        assertThat(new Deadlines(Asks.STREAMED, START).next(new Standing.Silent()))
                .isEqualTo(new Deadline(START.plusSeconds(60), Phase.FIRST_TOKEN));
    }

    @Test
    void aSpeakingStreamEndsWhenItFallsSilent() {
        assertThat(new Deadlines(Asks.STREAMED, START).next(new Standing.Speaking(START.plusSeconds(100))))
                .isEqualTo(new Deadline(START.plusSeconds(130), Phase.NEXT_EVENT));
    }

    @Test
    void noStreamGoesOnBeyondTheWhole() {
        assertThat(new Deadlines(Asks.STREAMED, START).next(new Standing.Speaking(START.plusSeconds(149))))
                .isEqualTo(new Deadline(START.plusSeconds(150), Phase.WHOLE_ANSWER));
    }

    @Test
    void aWholeAnswerHasOneDeadline() {
        Deadlines deadlines = new Deadlines(Asks.WHOLE, START);

        assertThat(deadlines.next(new Standing.Silent()))
                .isEqualTo(new Deadline(START.plusSeconds(120), Phase.WHOLE_ANSWER));
        assertThat(deadlines.next(new Standing.Speaking(START.plusSeconds(1))))
                .isEqualTo(new Deadline(START.plusSeconds(120), Phase.WHOLE_ANSWER));
    }

    @Test
    void theFirstByteLeavesBeforeItsOwnDeadline() {
        assertThat(new Deadlines(Asks.STREAMED, START).sendBefore()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void theFirstByteNeverLeavesAfterTheAnswerWasDue() {
        CallTimes times = new CallTimes(
                new CallTimes.Shape.Whole(Duration.ofMillis(200)), Duration.ofSeconds(5), Duration.ofSeconds(1));

        assertThat(new Deadlines(times, START).sendBefore()).isEqualTo(START.plusMillis(200));
    }
}
