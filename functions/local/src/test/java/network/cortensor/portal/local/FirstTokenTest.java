package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.testkit.router.Gate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens pass through the whole product one by one: the router does not say the second before the customer has the first. */
@Timeout(60)
class FirstTokenTest {
    private static final long SESSION = 60_000;

    static Stream<Arguments> casesOfStreams() {
        return Stream.of(Api.values()).flatMap(api -> Stream.of(Front.values()).map(front -> Arguments.of(api, front)));
    }

    @ParameterizedTest
    @MethodSource("casesOfStreams")
    void theCustomerHasTheFirstTokenBeforeTheRouterReleasesTheSecond(Api api, Front front) throws Exception {
        try (FastPortal fast = new FastPortal(1);
                HttpClient client = HttpClient.newHttpClient()) {
            Gate second =
                    fast.portal().routers().router("router-a").session(SESSION).holdFrom(1);
            fast.alias("gated", Map.of(), Map.of("a", fast.onRouterA(SESSION, "live")));
            URI base = fast.base(front);
            HttpRequest request = HttpRequest.newBuilder(base.resolve(api.path()))
                    .header("authorization", "Bearer " + FastPortal.KEY)
                    .POST(HttpRequest.BodyPublishers.ofString(api.body("gated", Mode.STREAMED)))
                    .build();

            try (BufferedReader lines = lines(client.send(request, HttpResponse.BodyHandlers.ofInputStream()))) {
                assertThat(readUntil(lines, "alpha")).isTrue();
                second.awaitReached(Duration.ofSeconds(30));
                second.open();
                assertThat(readUntil(lines, "bravo")).isTrue();
                assertThat(readUntil(lines, "hotel")).isTrue();
            }
        }
    }

    private static BufferedReader lines(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static boolean readUntil(BufferedReader lines, String word) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
