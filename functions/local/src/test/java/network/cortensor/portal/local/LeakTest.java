package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.testkit.ssm.SsmFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails around routers keeps its words to itself: names, certificates, parameters, tables. The routers' own words are the fault wall's. */
class LeakTest {
    private static final String CANARY = "canary-51c9";

    private static final String FUNCTION = "\"name\":\"get_weather\",\"parameters\":{\"type\":\"object\"}";

    /** Requests of every kind that reach a target: each endpoint, and what is asked for beside text. */
    private enum Ask {
        CHAT(Api.CHAT.path(), "\"messages\":[{\"role\":\"user\",\"content\":\"" + WallCase.TEXT + "\"}]"),
        COMPLETIONS(Api.COMPLETIONS.path(), "\"prompt\":\"" + WallCase.TEXT + "\""),
        MESSAGES(Api.MESSAGES.path(), "\"max_tokens\":100," + CHAT.input),
        RESPONSES("/v1/responses", "\"input\":\"" + WallCase.TEXT + "\""),
        CHAT_WITH_TOOLS(
                Api.CHAT.path(), CHAT.input + ",\"tools\":[{\"type\":\"function\",\"function\":{" + FUNCTION + "}}]"),
        RESPONSES_WITH_TOOLS(RESPONSES.path, RESPONSES.input + ",\"tools\":[{\"type\":\"function\"," + FUNCTION + "}]"),
        CHAT_OF_JSON(Api.CHAT.path(), CHAT.input + ",\"response_format\":{\"type\":\"json_object\"}");

        private final String path;
        private final String input;

        Ask(String path, String input) {
            this.path = path;
            this.input = input;
        }

        String body(String model, Mode mode) {
            return "{\"model\":\"" + model + "\",\"stream\":" + (mode == Mode.STREAMED) + "," + input + "}";
        }
    }

    /** Breaks something of the product and names the alias to ask for. */
    @FunctionalInterface
    interface Breakage {
        String breakIt(FastPortal fast);
    }

    static Stream<Arguments> breakages() {
        return Stream.of(
                Arguments.of("a host that does not exist", broken("https://" + CANARY + ".invalid"), 502),
                Arguments.of("a port where nobody listens", broken("http://localhost:1/" + CANARY), 502),
                Arguments.of("a server without TLS", (Breakage) LeakTest::withoutTls, 502),
                Arguments.of("a parameter store that denies", parameters(SsmFault.ACCESS_DENIED), 503),
                Arguments.of("a parameter store that breaks", parameters(SsmFault.SERVER_ERROR), 503),
                Arguments.of("tables that are gone", (Breakage) LeakTest::withoutTables, 503));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void whatBreaksSaysNothingToCustomersOrLogs(String name, Breakage breakage, int status) throws Exception {
        try (FastPortal fast = new FastPortal(2);
                HttpClient client = HttpClient.newHttpClient()) {
            String alias = breakage.breakIt(fast);
            for (Ask ask : Ask.values()) {
                for (Mode mode : Mode.values()) {
                    HttpResponse<String> response =
                            CustomerCall.post(client, fast.portal().apiUrl().resolve(ask.path), ask.body(alias, mode));

                    assertThat(response.statusCode()).isEqualTo(status);
                    assertThat(response.headers().map() + response.body())
                            .doesNotContain(CANARY, "localhost", "Exception", "router", "Portal", "127.0.0.1");
                }
            }
            assertThat(fast.log()).doesNotContain(CANARY, "bravo", "ctk_local", "key-of-");
        }
    }

    private static Breakage broken(String routerUrl) {
        return fast -> {
            URI url = URI.create(routerUrl);
            String port = url.getPort() < 0 ? "" : "_" + url.getPort();
            fast.portal().parameters().put("/portal/local/routers/" + url.getHost() + port + "/key", "none");
            return alias(fast, routerUrl);
        };
    }

    private static String withoutTls(FastPortal fast) {
        String url = fast.portal().routers().urls().getOrDefault("router-a", "");
        return alias(fast, url.replace("http:", "https:") + "/" + CANARY);
    }

    private static Breakage parameters(SsmFault fault) {
        return fast -> {
            fast.portal().parameters().fail(fault, CANARY);
            return alias(fast, fast.portal().routers().urls().getOrDefault("router-a", ""));
        };
    }

    private static String withoutTables(FastPortal fast) {
        fast.portal().dynamo().close();
        return CANARY;
    }

    private static String alias(FastPortal fast, String routerUrl) {
        fast.alias(
                "leaky",
                "harmony",
                Map.of(),
                Map.of("t", Map.of("routerUrl", routerUrl, "sessionId", BigDecimal.valueOf(7), "state", "live")));
        return "leaky";
    }
}
