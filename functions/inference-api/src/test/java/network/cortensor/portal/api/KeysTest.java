package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final String CHAT = """
        {"model":"gpt-oss-20b","messages":[{"role":"user","content":"hi"}]}\
        """;

    private final ApiRig rig = new ApiRig();

    static Stream<Arguments> noKeys() {
        return Stream.of(
                Arguments.of("none", Map.of()),
                Arguments.of("empty", Map.of("Authorization", "")),
                Arguments.of("no scheme", Map.of("Authorization", "ctk_test")),
                Arguments.of("another scheme", Map.of("Authorization", "Basic Y3RrOnRlc3Q=")),
                Arguments.of("bearer of nothing", Map.of("Authorization", "Bearer ")),
                Arguments.of("two keys at once", Map.of("Authorization", "Bearer ctk_a ctk_b")),
                Arguments.of("not ASCII", Map.of("Authorization", "Bearer schlüssel")),
                Arguments.of("a line break", Map.of("x-api-key", "ctk\ntest")),
                Arguments.of("far too long", Map.of("x-api-key", "k".repeat(257))),
                Arguments.of("empty x-api-key", Map.of("x-api-key", "")),
                Arguments.of("another product's", Map.of("x-api-key", "sk-proj-0123456789")),
                Arguments.of("a typing error", Map.of("x-api-key", TestKeys.GOOD.replace("Exa", "Exb"))),
                Arguments.of("cut short", Map.of("x-api-key", TestKeys.GOOD.substring(0, 59))),
                Arguments.of("another environment's", Map.of("x-api-key", TestKeys.OF_ANOTHER_ENVIRONMENT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noKeys")
    void whatIsNoKeyCostsNoLookUp(String name, Map<String, String> headers) {
        CustomerAnswer answer = rig.call(new Call(
                "POST", "/v1/chat/completions", headers, Call.post("", CHAT).body()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
        assertThat(rig.keyLookups).hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{", "{}", "{\"model\":\"nowhere\"}"})
    void theKeyIsCheckedBeforeAnythingElse(String body) {
        CustomerAnswer answer =
                rig.call(Call.post("/v1/chat/completions", body).with("Authorization", "Bearer " + TestKeys.WRONG));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("""
            {"error":{"message":"No valid API key: send yours as 'Authorization: Bearer <key>' or as 'x-api-key: <key>'.",\
            "type":"invalid_request_error","param":null,"code":"invalid_api_key"}}\
            """);
        assertThat(rig.catalogReads).hasValue(0);
        assertThat(rig.jobs).isEmpty();
    }

    @ParameterizedTest(name = "bearer {0}, x-api-key {1}")
    @MethodSource("pairs")
    void ofTwoKeysTheFirstGoodOneCounts(String bearer, String apiKey, int status) {
        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", CHAT)
                .with("Authorization", "Bearer " + bearer)
                .with("x-api-key", apiKey));

        assertThat(answer.status()).isEqualTo(status);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(TestKeys.WRONG, TestKeys.GOOD, 200),
                Arguments.of("sk-ant-of-another-service", TestKeys.GOOD, 200),
                Arguments.of(TestKeys.GOOD, TestKeys.WRONG, 200),
                Arguments.of(TestKeys.GOOD, "dummy", 200),
                Arguments.of(TestKeys.WRONG, TestKeys.WRONG, 401),
                Arguments.of(TestKeys.WRONG, "dummy", 401));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void aBearerKeyIsTaken(String scheme) {
        CustomerAnswer answer =
                rig.call(Call.post("/v1/chat/completions", CHAT).with("Authorization", scheme + TestKeys.GOOD));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aKeyIsTheSameCustomerHoweverItIsSent() {
        rig.call(Call.post("/v1/chat/completions", CHAT));
        rig.call(Call.post("/v1/chat/completions", CHAT).withoutKey().with("X-Api-Key", TestKeys.GOOD));
        rig.call(Call.post("/v1/chat/completions", CHAT).withoutKey().with("X-Api-Key", TestKeys.OTHER));

        assertThat(rig.jobs.get(1).customer()).isEqualTo(rig.jobs.get(0).customer());
        assertThat(rig.jobs.get(2).customer()).isNotEqualTo(rig.jobs.get(0).customer());
        assertThat(rig.jobs.get(0).customer()).isEqualTo("acme");
    }

    @Test
    void keysThatCannotBeReadAreNotTheCustomersFault() {
        rig.keysDown = true;

        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", CHAT));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("5");
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("service_unavailable");
    }

    @Test
    void theListOfModelsIsOpenWhereTheDeploymentSaysSo() {
        rig.modelsAccess = ModelsAccess.ANYBODY;

        assertThat(rig.call(Call.get("/v1/models").withoutKey()).status()).isEqualTo(200);
        assertThat(rig.call(Call.get("/v1/models/gpt-oss-20b").withoutKey()).status())
                .isEqualTo(200);
    }

    @Test
    void theListOfModelsNeedsAKeyWhereTheDeploymentSaysSo() {
        rig.modelsAccess = ModelsAccess.KEY_HOLDERS;

        assertThat(rig.call(Call.get("/v1/models").withoutKey()).status()).isEqualTo(401);
        assertThat(rig.call(Call.get("/v1/models/gpt-oss-20b").withoutKey()).status())
                .isEqualTo(401);
        assertThat(rig.catalogReads).hasValue(0);
    }

    @Test
    void anOpenListStillShowsAKeyWhatItMayUse() {
        rig.modelsAccess = ModelsAccess.ANYBODY;
        Call list = Call.get("/v1/models").withoutKey();

        assertThat(ids(rig.call(list))).contains("gpt-oss-20b", "gemma-4-26b");
        assertThat(ids(rig.call(list.with("x-api-key", TestKeys.NARROW)))).containsExactly("gemma-4-26b");
        assertThat(rig.call(list.with("x-api-key", TestKeys.WRONG)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(ModelsAccess.class)
    void aModelThatAKeyMayNotUseDoesNotExistForIt(ModelsAccess access) {
        rig.modelsAccess = access;
        Call list = Call.get("/v1/models").with("Authorization", "Bearer " + TestKeys.NARROW);
        assertThat(ids(rig.call(list))).containsExactly("gemma-4-26b");

        for (Call call : List.of(
                Call.get("/v1/models/gpt-oss-20b"),
                Call.post("/v1/chat/completions", CHAT),
                Call.post("/v1/completions", "{\"model\":\"gpt-oss-20b\",\"prompt\":\"hi\"}"))) {
            CustomerAnswer allowed = rig.call(call.with("Authorization", "Bearer " + TestKeys.NARROW));
            assertThat(allowed.status()).isEqualTo(404);
            assertThat(allowed.json().at("/error/code").asText()).isEqualTo("model_not_found");
            assertThat(allowed.header("x-should-retry")).isEqualTo("false");
        }
        assertThat(rig.jobs).isEmpty();
    }

    @Test
    void aModelThatAKeyMayUseIsServed() {
        String gemma = CHAT.replace("gpt-oss-20b", "gemma-4-26b");

        assertThat(rig.call(Call.post("/v1/chat/completions", gemma).with("Authorization", "Bearer " + TestKeys.NARROW))
                        .status())
                .isEqualTo(200);
    }

    /** What the two 404s say must not tell models that exist from those that do not. */
    @Test
    void aForbiddenModelAndAMadeUpOneAreToldTheSame() {
        Call call = Call.post("/v1/chat/completions", CHAT).with("Authorization", "Bearer " + TestKeys.NARROW);
        Call madeUp = Call.post("/v1/chat/completions", CHAT.replace("gpt-oss-20b", "gpt-9"))
                .with("Authorization", "Bearer " + TestKeys.NARROW);

        assertThat(rig.call(call).body()).isEqualTo(rig.call(madeUp).body());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"OPTIONS, /v1/chat/completions", "OPTIONS, /v1/models", "GET, /health", "GET, /nothing"})
    void whatNeedsNoKeyLooksNoneUp(String method, String path) {
        for (Call call : List.of(
                Call.get(path).method(method),
                Call.get(path).method(method).with("Authorization", "Bearer " + TestKeys.WRONG),
                Call.get(path).method(method).withoutKey())) {
            assertThat(rig.call(call).status()).isNotEqualTo(401);
        }
        assertThat(rig.keyLookups).hasValue(0);
    }

    @Test
    void aKeysIdIsInTheLogLineOfItsRequests() {
        rig.call(Call.post("/v1/chat/completions", CHAT));
        rig.call(Call.get("/v1/models"));
        rig.call(Call.get("/v1/models").withoutKey());

        assertThat(rig.lines.get(0).keys()).containsEntry("key_id", "key-good");
        assertThat(rig.lines.get(1).keys()).containsEntry("key_id", "key-good");
        assertThat(rig.lines.get(2).keys()).doesNotContainKey("key_id");
    }

    private static List<String> ids(CustomerAnswer answer) {
        return answer.json()
                .path("data")
                .valueStream()
                .map(model -> model.path("id").asText())
                .toList();
    }

    @Test
    void noKeyIsInAnyLogLine() {
        rig.call(Call.post("/v1/chat/completions", CHAT));
        rig.call(Call.post("/v1/chat/completions", CHAT).with("Authorization", "Bearer " + TestKeys.WRONG));

        assertThat(rig.lines)
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line.keys().toString() + line.dimensions()).doesNotContain("ctk_"));
    }
}
