package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.dispatch.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The customers' error table, on the bytes of answers. */
class ErrorAnswersTest {
    private static final String ASK =
            "\"model\":\"%s\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]";
    private static final String RETRY_AFTER = "retry-after";
    private static final String SHOULD_RETRY = "x-should-retry";

    private final ApiRig rig = new ApiRig();

    private static String ask(String model) {
        return "{" + ASK.formatted(model, "hi") + "}";
    }

    private static String askStream(String model) {
        return "{\"stream\":true," + ASK.formatted(model, "hi") + "}";
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                row(
                        new Refusal.UnknownAlias(),
                        404,
                        "invalid_request_error",
                        "model_not_found",
                        "not_found_error",
                        Map.of(SHOULD_RETRY, "false")),
                row(
                        new Refusal.NoRouteOpen(),
                        503,
                        "server_error",
                        "model_unavailable",
                        "overloaded_error",
                        Map.of(RETRY_AFTER, "30")),
                row(
                        new Refusal.AllBusy(Duration.ofMillis(16_200)),
                        503,
                        "server_error",
                        "model_overloaded",
                        "overloaded_error",
                        Map.of(RETRY_AFTER, "17")),
                row(
                        new Refusal.AttemptsFailed(),
                        502,
                        "server_error",
                        "upstream_error",
                        "api_error",
                        Map.of(RETRY_AFTER, "5")),
                row(
                        new Refusal.TimedOut(),
                        504,
                        "server_error",
                        "upstream_timeout",
                        "timeout_error",
                        Map.of(SHOULD_RETRY, "false")),
                row(
                        new Refusal.RequestRejected(),
                        400,
                        "invalid_request_error",
                        "null",
                        "invalid_request_error",
                        Map.of(SHOULD_RETRY, "false")),
                row(
                        new Refusal.ContextExceeded(),
                        400,
                        "invalid_request_error",
                        "context_length_exceeded",
                        "invalid_request_error",
                        Map.of(SHOULD_RETRY, "false")),
                row(
                        new Refusal.ContentRejected(),
                        400,
                        "invalid_request_error",
                        "content_policy_violation",
                        "invalid_request_error",
                        Map.of(SHOULD_RETRY, "false")),
                row(
                        new Refusal.StoreUnavailable(),
                        503,
                        "server_error",
                        "service_unavailable",
                        "api_error",
                        Map.of(RETRY_AFTER, "5")),
                row(
                        new Refusal.BrokenOff(),
                        502,
                        "server_error",
                        "upstream_error",
                        "api_error",
                        Map.of(RETRY_AFTER, "5")));
    }

    private static Arguments row(
            Refusal refusal, int status, String type, String code, String anthropicType, Map<String, String> headers) {
        return Arguments.of(
                refusal.getClass().getSimpleName(), refusal, new Row(status, type, code, anthropicType, headers));
    }

    record Row(int status, String type, String code, String anthropicType, Map<String, String> headers) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatDispatchRefusesHasItsRowInOpenAisShape(String name, Refusal refusal, Row row) {
        rig.dispatcher = ApiRig.refusing(refusal);

        for (String body : new String[] {ask("gpt-oss-20b"), askStream("gpt-oss-20b")}) {
            CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", body));

            assertThat(answer.status()).isEqualTo(row.status());
            assertThat(answer.header("content-type")).isEqualTo("application/json");
            assertThat(answer.headers()).containsAllEntriesOf(row.headers());
            assertThat(answer.headers().keySet().stream()
                            .filter(header -> header.equals(RETRY_AFTER) || header.equals(SHOULD_RETRY)))
                    .containsExactlyElementsOf(row.headers().keySet());
            assertThat(answer.body())
                    .matches(
                            "\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"%s\",\"param\":(null|\"model\"),\"code\":%s}}"
                                    .formatted(
                                            row.type(), row.code().equals("null") ? "null" : "\"" + row.code() + "\""));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatDispatchRefusesHasItsRowInAnthropicsShape(String name, Refusal refusal, Row row) {
        rig.dispatcher = ApiRig.refusing(refusal);

        for (String body : new String[] {ask("gpt-oss-20b"), askStream("gpt-oss-20b")}) {
            CustomerAnswer answer = rig.call(Call.post("/v1/messages", body));

            assertThat(answer.status()).isEqualTo(row.status());
            assertThat(answer.headers()).containsAllEntriesOf(row.headers());
            assertThat(answer.body())
                    .matches("\\{\"type\":\"error\",\"error\":\\{\"type\":\"%s\",\"message\":\"[^\"]+\"}}"
                            .formatted(row.anthropicType()));
        }
    }

    @ParameterizedTest(name = "{0} ms: {1} s")
    @CsvSource({"-5, 1", "0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "59001, 60", "60000, 60", "3600000, 60"})
    void retryAfterIsWholeSecondsThatEverySdkTakes(long millis, String seconds) {
        rig.dispatcher = ApiRig.refusing(new Refusal.AllBusy(Duration.ofMillis(millis)));

        assertThat(rig.call(Call.post("/v1/messages", ask("gpt-oss-20b"))).header(RETRY_AFTER))
                .isEqualTo(seconds);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"nowhere", "GPT-OSS-20B", "gpt-oss-20b/..", "''", "🐦"})
    void anUnknownModelIs404(String model) {
        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", ask(model)));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header(SHOULD_RETRY)).isEqualTo("false");
        assertThat(answer.body()).isEqualTo("""
            {"error":{"message":"There is no such model, or this key may not use it: see GET /v1/models.",\
            "type":"invalid_request_error","param":"model","code":"model_not_found"}}\
            """);
    }

    @Test
    void aNameThatNoAliasCanHaveIsNotLookedUp() {
        rig.call(Call.post("/v1/chat/completions", ask("x".repeat(100_000))));

        assertThat(rig.catalogReads).hasValue(0);
    }

    @Test
    void aRetiredModelNamesItsSuccessor() {
        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", ask("old-model")));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header(SHOULD_RETRY)).isEqualTo("false");
        assertThat(answer.body()).isEqualTo("""
            {"error":{"message":"This model is retired. Use 'gpt-oss-20b' instead.",\
            "type":"invalid_request_error","param":"model","code":"model_retired"}}\
            """);
    }

    @Test
    void aModelThatIsNotServedAtAnEndpointSaysSo() {
        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", ask("messages-only")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("""
            {"error":{"message":"model: this model is not served at this path.",\
            "type":"invalid_request_error","param":"model","code":null}}\
            """);
    }

    @Test
    void aCatalogThatCannotBeReadIsNotTheCustomersFault() {
        rig.catalogDown = true;

        for (Call call : new Call[] {
            Call.post("/v1/chat/completions", ask("gpt-oss-20b")),
            Call.get("/v1/models"),
            Call.get("/v1/models/gpt-oss-20b")
        }) {
            CustomerAnswer answer = rig.call(call);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header(RETRY_AFTER)).isEqualTo("5");
            assertThat(answer.json().at("/error/code").asText()).isEqualTo("service_unavailable");
        }
    }

    @Test
    void aPromptLongerThanTheContextIsRefused() {
        String body = "{" + ASK.formatted("gpt-oss-20b", "word ".repeat(Fixtures.CONTEXT)) + "}";

        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", body));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header(SHOULD_RETRY)).isEqualTo("false");
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(answer.json().at("/error/param").asText()).isEqualTo("messages");
        assertThat(rig.jobs).isEmpty();
    }

    @Test
    void aBodyOverAMebibyteIs413() {
        byte[] body = new byte[(1 << 20) + 1];

        CustomerAnswer openAi = rig.call(Call.post("/v1/chat/completions", body));
        assertThat(openAi.status()).isEqualTo(413);
        assertThat(openAi.header(SHOULD_RETRY)).isEqualTo("false");
        assertThat(openAi.body()).isEqualTo("""
            {"error":{"message":"The body is larger than 1048576 bytes.",\
            "type":"invalid_request_error","param":null,"code":"request_too_large"}}\
            """);

        CustomerAnswer anthropic = rig.call(Call.post("/v1/messages", body));
        assertThat(anthropic.status()).isEqualTo(413);
        assertThat(anthropic.json().at("/error/type").asText()).isEqualTo("request_too_large");
    }

    @Test
    void aBodyOfExactlyAMebibyteIsRead() {
        String body = "{" + ASK.formatted("messages-only", "hi") + ",\"user\":\"%s\"}";
        String padded = body.formatted("u".repeat((1 << 20) - body.length() + 2));

        assertThat(rig.call(Call.post("/v1/messages", padded)).status()).isEqualTo(200);
    }

    @Test
    void headersOver16KibibytesAreRefusedBeforeAnyLookUp() {
        Call call = Call.post("/v1/chat/completions", ask("gpt-oss-20b"));
        int room =
                (16 << 10) - "Authorization".length() - "Bearer ".length() - TestKeys.GOOD.length() - "x-pad".length();

        assertThat(rig.call(call.with("x-pad", "p".repeat(room))).status()).isEqualTo(200);
        rig.keyLookups.set(0);
        CustomerAnswer answer = rig.call(call.with("x-pad", "p".repeat(room + 1)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header(SHOULD_RETRY)).isEqualTo("false");
        assertThat(answer.body()).isEqualTo("""
            {"error":{"message":"headers: must not be larger than 16384 characters together.",\
            "type":"invalid_request_error","param":"headers","code":null}}\
            """);
        assertThat(rig.keyLookups).hasValue(0);
    }

    @Test
    void aBugIsOursAndSaysNothing() {
        rig.dispatcher = ApiRig.breaking(new IllegalStateException("canary: secret-router.example"));

        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", ask("gpt-oss-20b")));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("""
            {"error":{"message":"Something went wrong on our side.","type":"server_error","param":null,"code":null}}\
            """);
        assertThat(rig.lines.getFirst().keys()).containsEntry("exception", "java.lang.IllegalStateException");
        assertThat(rig.lines.getFirst().keys().toString()).doesNotContain("canary");
    }

    @Test
    void aBugAfterTheFirstTokenEndsTheStreamWithOneErrorEvent() {
        rig.dispatcher = ApiRig.breaking(new IllegalStateException("canary"), new CompletionEvent.Text("Hel"));

        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", askStream("gpt-oss-20b")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).endsWith("""
            data: {"error":{"message":"Something went wrong on our side.","type":"server_error","param":null,"code":null}}

            """).containsOnlyOnce("\"error\"").doesNotContain("[DONE]");
    }

    @Test
    void anAnswerWithoutAnEndIsNeverPassedOffAsWhole() {
        rig.dispatcher = ApiRig.answering(new CompletionEvent.Text("Hel"));

        assertThat(rig.call(Call.post("/v1/chat/completions", ask("gpt-oss-20b")))
                        .status())
                .isEqualTo(500);
        assertThat(rig.call(Call.post("/v1/chat/completions", askStream("gpt-oss-20b")))
                        .body())
                .contains("server_error")
                .doesNotContain("[DONE]");
    }

    @Test
    void noErrorNamesWhatIsBehindTheModel() {
        for (Arguments arguments : refusals().toList()) {
            rig.dispatcher = ApiRig.refusing((Refusal) arguments.get()[1]);

            CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", ask("gpt-oss-20b")));

            assertThat(answer.body() + answer.headers()).doesNotContain("secret");
        }
    }
}
