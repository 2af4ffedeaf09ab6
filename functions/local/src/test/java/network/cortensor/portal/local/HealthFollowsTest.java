package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.prober.Prober;
import network.cortensor.portal.testkit.router.RouterSimulator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A router dies and returns; the prober sees it, and customers are sent elsewhere without a restart of anything. */
class HealthFollowsTest {
    private static final String ALIAS = "followed";
    private static final long SESSION = 80_001;
    private static final Duration LEFT = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Long enough for a busy machine, short enough for a probe to have its time. */
    private static final Map<String, Object> TIMES = Map.of("attemptSeconds", BigDecimal.valueOf(60));

    @Test
    void theDeathOfARouterShowsInModelsAndInRoutingAndSoDoesItsReturn() throws Exception {
        try (FastPortal fast = new FastPortal(1);
                HttpClient client = HttpClient.newHttpClient()) {
            RouterSimulator router = fast.portal().routers().router("router-a");
            router.session(SESSION);
            fast.portal().routers().router("router-b").session(SESSION);
            fast.alias(
                    ALIAS,
                    TIMES,
                    Map.of("first", fast.onRouterA(SESSION, "live"), "spare", fast.onRouterB(SESSION, "degraded")));
            tick(fast);
            assertThat(status(fast, client)).isEqualTo("available");

            router.stop();
            tick(fast);
            tick(fast);
            tick(fast);

            assertThat(health(fast)).containsEntry("rotation", "ejected").containsEntry("liveness", "router_down");
            awaitStatus("degraded", fast, client);
            assertThat(ask(fast, client)).isEqualTo("answer");
            assertThat(fast.log()).doesNotContain("target=first, attempt=");

            router.restart();
            tick(fast);

            assertThat(health(fast)).containsEntry("rotation", "returned").containsEntry("liveness", "alive");
        }
    }

    private static void tick(FastPortal fast) {
        assertThat(fast.portal().prober().tick(LEFT)).isEqualTo(Prober.Outcome.FINISHED);
    }

    /** Asks until it is so: workers remember for 5 s what they have read. */
    private static void awaitStatus(String expected, FastPortal fast, HttpClient client) throws Exception {
        Instant patience = Instant.now().plusSeconds(30);
        while (Instant.now().isBefore(patience) && !status(fast, client).equals(expected)) {
            Thread.onSpinWait();
        }
        assertThat(status(fast, client)).isEqualTo(expected);
    }

    private static Map<String, Object> health(FastPortal fast) {
        return Items.plain(fast.portal()
                .dynamo()
                .client()
                .getItem(get -> get.tableName(fast.portal().tables().targetHealth())
                        .key(Map.of("pool", AttributeValue.fromS(ALIAS), "target", AttributeValue.fromS("first"))))
                .item());
    }

    private static String status(FastPortal fast, HttpClient client) throws Exception {
        URI url = URI.create(fast.portal().apiUrl() + "/models/" + ALIAS);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(url).timeout(Duration.ofMinutes(1)).build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(response.body()).path("status").asText();
    }

    private static String ask(FastPortal fast, HttpClient client) throws Exception {
        String text = "is anybody there";
        return CustomerCall.outcome(
                CustomerCall.post(
                        client,
                        URI.create(fast.portal().apiUrl() + "/chat/completions"),
                        "{\"model\":\"" + ALIAS + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                                + "\"}]}"),
                text);
    }
}
