package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.api.Parts.ModelsAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final String CHAT = """
            {"model":"gpt-oss-20b","messages":[{"role":"user","content":"hi"}]}""";

    private final Rig rig = new Rig();

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
                Arguments.of("empty x-api-key", Map.of("x-api-key", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noKeys")
    void whatIsNoKeyCostsNoLookUp(String name, Map<String, String> headers) {
        Answer answer = rig.call(new Call(
                "POST", "/v1/chat/completions", headers, Call.post("", CHAT).body()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
        assertThat(rig.keyLookups).hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{", "{}", "{\"model\":\"nowhere\"}"})
    void theKeyIsCheckedBeforeAnythingElse(String body) {
        Answer answer = rig.call(Call.post("/v1/chat/completions", body).with("Authorization", "Bearer ctk_revoked"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("""
                        {"error":{"message":"No valid API key: send yours as 'Authorization: Bearer <key>' or as 'x-api-key: <key>'.",\
                        "type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""");
        assertThat(rig.catalogReads).hasValue(0);
        assertThat(rig.jobs).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Bearer ctk_test", "bearer ctk_test", "BEARER  ctk_test"})
    void aBearerKeyIsTaken(String value) {
        Answer answer = rig.call(Call.post("/v1/chat/completions", CHAT).with("Authorization", value));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aKeyIsTheSameCustomerHoweverItIsSent() {
        rig.call(Call.post("/v1/chat/completions", CHAT));
        rig.call(Call.post("/v1/chat/completions", CHAT).withoutKey().with("X-Api-Key", "ctk_test"));
        rig.call(Call.post("/v1/chat/completions", CHAT).withoutKey().with("X-Api-Key", "ctk_other"));

        assertThat(rig.jobs.get(1).customer()).isEqualTo(rig.jobs.get(0).customer());
        assertThat(rig.jobs.get(2).customer()).isNotEqualTo(rig.jobs.get(0).customer());
        assertThat(rig.jobs.get(0).customer()).doesNotContain("ctk_test");
    }

    @Test
    void keysThatCannotBeReadAreNotTheCustomersFault() {
        rig.keysDown = true;

        Answer answer = rig.call(Call.post("/v1/chat/completions", CHAT));

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
    void noKeyIsInAnyLogLine() {
        rig.call(Call.post("/v1/chat/completions", CHAT));
        rig.call(Call.post("/v1/chat/completions", CHAT).with("Authorization", "Bearer ctk_revoked"));

        assertThat(rig.lines)
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line.keys().toString() + line.dimensions()).doesNotContain("ctk_"));
    }
}
