package network.cortensor.portal.api;

import static network.cortensor.portal.api.Fixtures.PROMPT_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import network.cortensor.portal.api.http.ResponseStarter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private static final String CHAT = """
        {"model":"gpt-oss-20b","messages":[{"role":"user","content":"hi"}]}\
        """;

    private final ApiRig rig = new ApiRig();

    @Test
    void healthNeedsNeitherKeyNorTable() {
        CustomerAnswer answer = rig.call(Call.get("/health").withoutKey());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(rig.keyLookups).hasValue(0);
        assertThat(rig.catalogReads).hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/v1/models/gpt-oss-20b",
                "/v1/v1/models/gpt-oss-20b",
                "/v1/v1/v1/models/gpt-oss-20b",
                "//v1//models/gpt-oss-20b/"
            })
    void aPathIsFoundAlsoWhereABaseUrlWasDoubled(String path) {
        assertThat(rig.call(Call.get(path)).json().path("id").asText()).isEqualTo(PROMPT_ONLY);
    }

    /** At a custom domain the API may be mapped to a base path, and only the gateway knows where that ends. */
    @ParameterizedTest(name = "{0}, of which {1} is the API''s")
    @CsvSource({
        "/ai/v1/models/gpt-oss-20b, v1/models/gpt-oss-20b",
        "/some/base/v1/models/gpt-oss-20b, v1/models/gpt-oss-20b",
        "/v1/models/gpt-oss-20b, models/gpt-oss-20b",
        "/ai/v1/v1/models/gpt-oss-20b, v1/v1/models/gpt-oss-20b"
    })
    void aPathIsFoundBehindABasePath(String path, String proxy) {
        CustomerAnswer answer = rig.send(Call.get(path).behindBasePath(proxy));

        assertThat(answer.json().path("id").asText()).isEqualTo(PROMPT_ONLY);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/prod",
                "/v1",
                "/v1/embeddings",
                "/v1/models/a/b",
                "/v1/chat%2Fcompletions",
                "/v1%2Fmodels",
                "/v1/models/../../etc",
                "/v1/v1",
                "/V1/Models",
                "/health/v1"
            })
    void anUnknownPathIs404(String path) {
        CustomerAnswer answer = rig.call(Call.post(path, CHAT));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("""
            {"error":{"message":"There is nothing at this path.","type":"invalid_request_error","param":null,"code":"not_found"}}\
            """);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"/chat/completions", "/models", "/models/gpt-oss-20b", "/messages", "/completions", "/usage"})
    void whereTheVersionIsMissingA404SaysSo(String path) {
        CustomerAnswer answer = rig.call(Call.get(path));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/error/message").asText())
                .isEqualTo("There is nothing at this path. Did you mean /v1" + path + "? Base URLs end with /v1.");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/v1/nothing/health, /health",
        "/nothing/health, /health",
        "/v1/health, /health",
        "/v1/openapi.json/, /openapi.json",
        "/nothing/v1/models, /v1/models",
        "/openai/v1/models/gpt-oss-20b, /v1/models/gpt-oss-20b",
        "/api/models, /v1/models",
        "/v2/chat/completions, /v1/chat/completions",
        "/openai/deployments/gpt-oss-20b/chat/completions, /v1/chat/completions",
        "/v1/chat/completions/chat/completions, /v1/chat/completions",
        "/v1/chat/completions/v1/chat/completions, /v1/chat/completions",
        "/v1/chat/completions/v1/models, /v1/models",
        "//v1//nothing//v1//v1//completions//, /v1/completions"
    })
    void aPathThatOnlyEndsWithAKnownOneIs404AndSaysWhich(String path, String meant) {
        CustomerAnswer answer = rig.call(Call.post(path, CHAT));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("not_found");
        assertThat(answer.json().at("/error/message").asText())
                .isEqualTo("There is nothing at this path. Did you mean " + meant + "?"
                        + (meant.startsWith("/v1/") ? " Base URLs end with /v1." : ""));
        assertThat(rig.keyLookups).hasValue(0);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "POST, /v1/files, 404",
        "POST, /v1/complete, 404",
        "GET, /v1/organizations/usage_report/messages, 404",
        "GET, /messages, 404",
        "POST, /v1/models, 405",
        "GET, /v1/models/no-such-model, 404"
    })
    void whoNamesAnthropicsVersionReadsErrorsInItsShape(String method, String path, int status) {
        CustomerAnswer answer = rig.call(Call.get(path).method(method).with("anthropic-version", "2023-06-01"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("type").asText()).isEqualTo("error");
        assertThat(answer.json().path("error").size()).isEqualTo(2);
        assertThat(answer.header("request-id")).startsWith("req_");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/v1/messages/batches", "/v1/messages/batches/1"})
    void anUnknownPathBelowMessagesIs404AsAnthropicsClientsReadIt(String path) {
        CustomerAnswer answer = rig.call(Call.post(path, CHAT));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("""
            {"type":"error","error":{"type":"not_found_error","message":"There is nothing at this path."}}\
            """);
        assertThat(answer.header("request-id")).startsWith("req_");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, /v1/chat/completions, 'POST, OPTIONS'",
        "HEAD, /v1/messages, 'POST, OPTIONS'",
        "DELETE, /v1/models, 'GET, HEAD, OPTIONS'",
        "POST, /v1/models/gpt-oss-20b, 'GET, HEAD, OPTIONS'",
        "BREW, /health, 'GET, HEAD, OPTIONS'",
        "POST, /, 'GET, HEAD, OPTIONS'",
        "DELETE, /openapi.json, 'GET, HEAD, OPTIONS'"
    })
    void aWrongMethodIs405AndSaysWhatIsAllowed(String method, String path, String allowed) {
        CustomerAnswer answer = rig.call(Call.get(path).method(method));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo(allowed);
    }

    @Test
    void aWrongMethodOnMessagesIsWordedForAnthropicsClients() {
        assertThat(rig.call(Call.get("/v1/messages")).body()).isEqualTo("""
            {"type":"error","error":{"type":"invalid_request_error","message":"This path allows POST, OPTIONS."}}\
            """);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages", "/v1/models", "/nowhere"})
    void aPreflightNeedsNoKey(String path) {
        CustomerAnswer answer = rig.call(Call.get(path).withoutKey().method("OPTIONS"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers())
                .containsEntry("access-control-allow-origin", "*")
                .containsEntry("access-control-allow-methods", "GET, HEAD, POST, OPTIONS")
                .containsEntry("access-control-allow-headers", "authorization, x-api-key, content-type, *")
                .containsEntry("access-control-max-age", "7200")
                .doesNotContainKey("content-type");
        assertThat(rig.keyLookups).hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/v1/models", "/v1/models/gpt-oss-20b", "/health", "/openapi.json", "/"})
    void headIsGetWithoutTheBody(String path) {
        CustomerAnswer get = rig.call(Call.get(path));
        CustomerAnswer head = rig.call(Call.get(path).method("HEAD"));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages", "/v1/models", "/nowhere", "/health"})
    void everyAnswerIsReadableInBrowsersAndCarriesAnIdOfOurs(String path) {
        CustomerAnswer answer =
                rig.call(Call.get(path).with("x-request-id", "theirs").with("request-id", "theirs"));

        assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(answer.header("access-control-expose-headers"))
                .contains("x-request-id", "retry-after", "x-ratelimit-remaining-tokens");
        assertThat(answer.header("x-request-id")).matches("req_[0-9a-f]{32}");
        assertThat(answer.headers().values()).doesNotContain("theirs");
    }

    @Test
    void messagesCarryTheRequestIdThatAnthropicsClientsRead() {
        CustomerAnswer answer = rig.call(Call.post("/v1/messages", "{}"));

        assertThat(answer.header("request-id")).isEqualTo(answer.header("x-request-id"));
    }

    @Test
    void noTwoRequestsShareAnId() {
        ApiHandler handler = rig.handler();
        String first = idOf(handler);

        assertThat(idOf(handler)).isNotEqualTo(first);
    }

    private static String idOf(ApiHandler handler) {
        StringBuilder id = new StringBuilder();
        ResponseStarter starter = (status, headers) -> {
            id.append(headers.get("x-request-id"));
            return new java.io.ByteArrayOutputStream();
        };
        try {
            handler.handle(Call.get("/health").event(), Fixtures.NOW, Fixtures.NOW.plusSeconds(300), starter);
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return id.toString();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{}", "not json", "{\"source\":\"aws.scheduler\"}", "[]"})
    void anEventThatIsNoRequestIsTheFunctionsError(String event) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.send(event.getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("event: no ");
    }

    @Test
    void theKindOfRequestIsRecordedInOneLine() {
        rig.call(Call.post("/v1/chat/completions", CHAT));

        assertThat(rig.lines).hasSize(1);
        assertThat(rig.lines.getFirst().keys())
                .containsAllEntriesOf(Map.of("route", "/v1/chat/completions", "front", "rest_api"));
    }
}
