package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.Outcome;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiStreamingTest {
    private final ApiRig rig = new ApiRig();

    /** An output that tells when a text has been flushed, as the front does by sending it. */
    private static final class Flushed extends ByteArrayOutputStream {
        private final String awaited;
        private final CountDownLatch seen = new CountDownLatch(1);

        private Flushed(String awaited) {
            this.awaited = awaited;
        }

        @Override
        public void flush() {
            if (toString(StandardCharsets.UTF_8).contains(awaited)) {
                seen.countDown();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | {\"model\":\"gpt-oss-20b\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "/v1/completions | {\"model\":\"gpt-oss-20b\",\"stream\":true,\"prompt\":\"hi\"}",
                "/v1/messages | {\"model\":\"gpt-oss-20b\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
            })
    @Timeout(30)
    void theCustomerHasTheFirstTokenBeforeTheSecondIsThere(String path, String body)
            throws IOException, InterruptedException {
        Flushed out = new Flushed("first-token");
        rig.dispatcher = (job, delivery) -> {
            delivery.deliver(new CompletionEvent.Text("first-token"));
            delivery.flush();
            assertThat(out.seen.await(20, TimeUnit.SECONDS)).isTrue();
            delivery.deliver(new CompletionEvent.Text("second-token"));
            delivery.deliver(new CompletionEvent.End(FinishReason.STOP, java.util.Optional.empty()));
            return new Outcome.Answered(ApiRig.EFFORT);
        };

        rig.handler()
                .handle(
                        Call.post(path, body).event(),
                        Fixtures.NOW,
                        Fixtures.NOW.plusSeconds(300),
                        (status, headers) -> out);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("second-token");
    }
}
