package network.cortensor.portal.smoke;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import network.cortensor.portal.testkit.wire.ExchangeHandler;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.WireServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SmokeCustomerTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final CountDownLatch never = new CountDownLatch(1);

    private void streamsWithoutEndFrom(ExchangeHandler front) throws IOException {
        try (WireServer server = WireServer.start(0, front);
                HttpClient client = HttpClient.newHttpClient()) {
            SmokeCustomer customer = new SmokeCustomer(client, Optional.empty(), InstantSource.system(), SHORT);
            URI base = URI.create("http://" + server.address() + "/v1");

            assertThatExceptionOfType(HttpTimeoutException.class)
                    .isThrownBy(() -> customer.stream(base, "any", HttpClient.Version.HTTP_1_1));
        }
    }

    @Test
    void aFrontThatHoldsAWholeStreamForEverIsLeft() throws IOException {
        streamsWithoutEndFrom(_ -> never.await());
    }

    /** Such as one that flushes the head, and then waits for a buffer to fill. */
    @Test
    void aFrontThatHoldsAStreamForEverAfterItsHeadIsLeft() throws IOException {
        streamsWithoutEndFrom(exchange -> {
            try (OutputStream out = exchange.stream(200, Headers.of("content-type", "text/event-stream"))) {
                out.write("data: {}\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                never.await();
            }
        });
    }
}
