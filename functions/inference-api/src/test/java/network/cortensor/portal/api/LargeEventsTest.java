package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LargeEventsTest {
    private static final byte[] LARGE = new byte[LargeEvents.LARGE + 1];
    private static final byte[] SMALL = new byte[LargeEvents.LARGE];

    @Test
    void smallEventsAreReadWhileAsManyLargeOnesAreReadAsMayBe() throws Exception {
        AtomicInteger reading = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(LargeEvents.AT_ONCE);
        CountDownLatch goOn = new CountDownLatch(1);
        LargeEvents events = new LargeEvents(event -> {
            if (event.length == LARGE.length) {
                most.accumulateAndGet(reading.incrementAndGet(), Math::max);
                full.countDown();
                await(goOn);
                reading.decrementAndGet();
            }
            throw new IllegalArgumentException("no request");
        });
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 64; number++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> assertThatThrownBy(() -> events.read(LARGE)).hasMessage("no request")));
        }
        full.await();

        assertThatThrownBy(() -> events.read(SMALL)).hasMessage("no request");
        goOn.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most).hasValue(LargeEvents.AT_ONCE);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
