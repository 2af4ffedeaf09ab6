package network.cortensor.portal.testkit.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ResponsePipeTest {
    private final ResponsePipe pipe =
            new ResponsePipe(System.nanoTime() + Duration.ofMinutes(5).toNanos());

    @Test
    void aReadReturnsWhatIsThereAndKeepsTheRestOfAChunk() throws Exception {
        pipe.put(new byte[] {1, 2, 3});
        pipe.put(new byte[] {4});
        pipe.finish();

        byte[] buffer = new byte[2];
        assertThat(pipe.read(buffer)).isEqualTo(2);
        assertThat(buffer).containsExactly(1, 2);
        assertThat(pipe.read(new byte[10])).isEqualTo(1);
        assertThat(pipe.read()).isEqualTo(4);
        assertThat(pipe.read()).isEqualTo(-1);
        assertThat(pipe.read()).isEqualTo(-1);
    }

    @Test
    void whatCameBeforeABreakIsReadFirst() throws Exception {
        pipe.put(new byte[] {1});
        pipe.breakOff(new ReportedError("Boom", "{}"));
        pipe.finish();

        assertThat(pipe.read()).isEqualTo(1);
        assertThatThrownBy(pipe::read).isInstanceOf(BrokenResponse.class).hasMessage("Boom");
    }

    @Test
    void aFullPipeHoldsTheWriterUpUntilSomebodyReads() throws Exception {
        pipe.put(new byte[ResponsePipe.CAPACITY]);
        CountDownLatch written = new CountDownLatch(1);
        Thread writer = writing(written);

        awaitWaiting(writer);
        assertThat(written.getCount()).isEqualTo(1);
        pipe.readNBytes(ResponsePipe.CAPACITY);

        assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aReaderWhoLeavesLetsTheWriterRunOn() throws Exception {
        pipe.put(new byte[ResponsePipe.CAPACITY]);
        CountDownLatch written = new CountDownLatch(1);
        Thread writer = writing(written);

        awaitWaiting(writer);
        pipe.close();

        assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptedReaderKeepsItsFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(pipe::read).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private Thread writing(CountDownLatch written) {
        return Thread.ofVirtual().start(() -> {
            try {
                pipe.put(new byte[] {1});
                written.countDown();
            } catch (BrokenResponse e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
