package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.prober.Prober;
import network.cortensor.portal.testkit.router.RouterSimulator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A router dies and returns; the prober sees it, and customers are sent elsewhere and back without a restart of anything. */
class HealthFollowsTest {
    private static final String ALIAS = "followed";
    private static final long SESSION = 80_001;

    /** Less than half a minute and its margin: a tick has no second round, which would have to be waited for. */
    private static final Duration LEFT = Duration.ofSeconds(39);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Long enough for a busy machine, short enough for a probe to have its time. */
    private static final Map<String, Object> TIMES = Map.of("attemptSeconds", BigDecimal.valueOf(15));

    /** What workers remember is older then. */
    private static final Duration MEMORY = Duration.ofSeconds(6);

    private static final Duration FIRST_EJECTION = Duration.ofSeconds(30);

    private final JumpingClock clock = new JumpingClock();

    @Test
    void theDeathOfARouterShowsInModelsAndInRoutingAndSoDoesItsReturn() throws Exception {
        try (FastPortal fast = new FastPortal(1, clock);
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
            assertThat(targetThatAnswers(fast, client)).isEqualTo("first");

            router.stop();
            tick(fast);
            tick(fast);
            tick(fast);
            clock.jump(MEMORY);

            assertThat(health(fast)).containsEntry("rotation", "ejected").containsEntry("liveness", "router_down");
            assertThat(status(fast, client)).isEqualTo("degraded");
            assertThat(targetThatAnswers(fast, client)).isEqualTo("spare");

            router.restart();
            tick(fast);
            clock.jump(FIRST_EJECTION);

            assertThat(health(fast)).containsEntry("rotation", "returned").containsEntry("liveness", "alive");
            assertThat(status(fast, client)).isEqualTo("available");
            assertThat(targetThatAnswers(fast, client)).isEqualTo("first");
        }
    }

    private static void tick(FastPortal fast) {
        assertThat(fast.portal().prober().tick(LEFT)).isEqualTo(Prober.Outcome.FINISHED);
    }

    private static Map<String, Object> health(FastPortal fast) {
        return ItemValue.plain(Items.plain(fast.portal()
                .dynamo()
                .client()
                .getItem(get -> get.tableName(fast.portal().tables().targetHealth())
                        .key(Map.of("pool", AttributeValue.fromS(ALIAS), "target", AttributeValue.fromS("first"))))
                .item()));
    }

    private static String status(FastPortal fast, HttpClient client) throws Exception {
        URI url = URI.create(fast.portal().apiUrl() + "/models/" + ALIAS);
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(url).timeout(Duration.ofMinutes(1)).build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(response.body()).path("status").asText();
    }

    /** Of a request that its first attempt answers. The only worker has logged it when it answers the next request. */
    private static Object targetThatAnswers(FastPortal fast, HttpClient client) throws Exception {
        int before = fast.lines("attempt").size();
        String text = "is anybody there";
        String outcome = CustomerCall.outcome(
                CustomerCall.post(
                        client,
                        URI.create(fast.portal().apiUrl() + "/chat/completions"),
                        "{\"model\":\"" + ALIAS + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                                + "\"}]}"),
                text);
        assertThat(outcome).isEqualTo("answer");
        status(fast, client);
        assertThat(fast.lines("attempt")).hasSize(before + 1);
        return String.valueOf(fast.lines("attempt").getLast().keys().get("target"));
    }
}
