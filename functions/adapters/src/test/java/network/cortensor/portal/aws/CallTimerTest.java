package network.cortensor.portal.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallTimerTest {
    private final CallTimer timer = CallTimer.SHARED;

    @Test
    void aBoundThatNobodyTakesBackComes() throws Exception {
        assertThat(timer.schedule(() -> "ended", 1, TimeUnit.MILLISECONDS).get())
                .isEqualTo("ended");
    }

    @Test
    void aBoundThatWasTakenBackNeverComes() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        ScheduledFuture<?> taken = timer.schedule(() -> ran.set(true), 200, TimeUnit.MILLISECONDS);
        taken.cancel(false);

        timer.schedule(() -> "the next of the same delay", 200, TimeUnit.MILLISECONDS)
                .get();

        assertThat(ran).isFalse();
    }

    @Test
    void aLongBoundHoldsNoShortOneUp() throws Exception {
        ScheduledFuture<String> longer = timer.schedule(() -> "longer", 1, TimeUnit.HOURS);

        timer.schedule(() -> "shorter", 1, TimeUnit.MILLISECONDS).get();

        assertThat(longer.isDone()).isFalse();
        longer.cancel(false);
    }

    @Test
    void aTimerWithNothingToDoIsWokenByTheNextBound() throws Exception {
        for (int round = 0; round < 20; round++) {
            assertThat(timer.schedule(() -> "ended", 0, TimeUnit.MILLISECONDS).get())
                    .isEqualTo("ended");
        }
    }
}
