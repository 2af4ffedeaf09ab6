package network.cortensor.portal.testkit.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.testkit.http.RawCall;
import network.cortensor.portal.testkit.http.RawCall.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiSimulatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenAiSimulator server = OpenAiSimulator.start(OpenAiConfig.serving("m")
            .withSurroundings(
                    SimulatorSurroundings.INSTANT.withClock(InstantSource.fixed(Instant.ofEpochSecond(1766903691)))));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aWholeChatRepeatsTheLastUserMessage() throws Exception {
        Heard heard = chat("\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]");

        assertThat(heard.body())
                .isEqualTo(
                        "{\"id\":\"chatcmpl-0\",\"object\":\"chat.completion\",\"created\":1766903691,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi"
                                + " there\"},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                                + "\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4}}");
    }

    @Test
    void aStreamedChatBeginsWithTheRoleAndEndsWithUsageIfAskedFor() throws Exception {
        Heard heard = chat("\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]");

        List<JsonNode> events = events(heard);
        assertThat(events)
                .extracting(event -> event.path("choices").path(0).path("delta").toString())
                .containsExactly(
                        "{\"role\":\"assistant\",\"content\":\"\"}",
                        "{\"content\":\"Hi\"}",
                        "{\"content\":\" there\"}",
                        "{}",
                        "");
        assertThat(events.get(3).path("choices").path(0).path("finish_reason").asText())
                .isEqualTo("stop");
        assertThat(events.get(4).path("usage").path("completion_tokens").asInt())
                .isEqualTo(2);
        assertThat(heard.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void aStreamWithoutUsageHasNoSuchField() throws Exception {
        assertThat(chat("\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]")
                        .body())
                .doesNotContain("usage");
    }

    @Test
    void partsOfTextAreReadAsText() throws Exception {
        assertThat(chat("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},"
                                + "{\"type\":\"text\",\"text\":\"you\"}]}]")
                        .body())
                .contains("\"content\":\"Hi you\"");
    }

    @Test
    void aMarkedMessageWithToolsIsAnsweredByACallInPieces() throws Exception {
        Heard heard = chat("\"stream\":true,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look_up\"}}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"#call the weather\"}]");

        List<JsonNode> events = events(heard);
        StringBuilder arguments = new StringBuilder();
        for (JsonNode event : events) {
            arguments.append(
                    event.at("/choices/0/delta/tool_calls/0/function/arguments").asText());
        }
        assertThat(arguments).hasToString("{\"text\": \"#call the weather\"}");
        assertThat(events.get(1)
                        .at("/choices/0/delta/tool_calls/0/function/name")
                        .asText())
                .isEqualTo("look_up");
        assertThat(events.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(events.size()).isGreaterThan(4);
    }

    @Test
    void aWholeCallHasNoContent() throws Exception {
        assertThat(chat("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look_up\"}}],"
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"#call\"}]")
                        .body())
                .contains("\"content\":null,\"tool_calls\":[{\"id\":\"call_simulated\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"look_up\",\"arguments\":\"{\\\"text\\\": \\\"#call\\\"}\"}}]")
                .contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void aToolsAnswerEndsTheCalling() throws Exception {
        assertThat(chat("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look_up\"}}],"
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"#call it\"},"
                                + "{\"role\":\"tool\",\"tool_call_id\":\"call_simulated\",\"content\":\"42\"}]")
                        .body())
                .contains("\"content\":\"#call it\"");
    }

    @Test
    void whatTheUserWishesIsCalledAndTheResultIsTold() throws Exception {
        String tools =
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"go\"}},{\"type\":\"function\",\"function\":{\"name\":\"stop\"}}],";
        String user = "{\"role\":\"user\",\"content\":\"call go {\\\"x\\\":1} and call stop\"}";

        assertThat(chat(tools + "\"messages\":[" + user + "]").body())
                .contains(
                        "\"name\":\"go\",\"arguments\":\"{\\\"x\\\": 1}\"",
                        "\"id\":\"call_simulated_1\"",
                        "\"tool_calls\"");
        assertThat(chat(tools + "\"messages\":[" + user
                                + ",{\"role\":\"tool\",\"content\":\"a\"},{\"role\":\"tool\",\"content\":\"b\"}]")
                        .body())
                .contains("\"content\":\"b\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-id | \"tool_calls\":[{\"type\":\"function\"",
                "object-arguments | \"arguments\":{\"x\": 1}",
                "stop-after-call | \"finish_reason\":\"stop\"",
                "unoffered-function | \"name\":\"no_such_function\"",
                "cut-arguments | \"finish_reason\":\"length\"",
                "empty-arguments | \"arguments\":\"\"",
                "broken-arguments | \"arguments\":\"{\\\"broken\\\": \""
            })
    void callsAreWrittenAsImperfectlyAsTheSessionSays(String quirk, String written) throws Exception {
        server.session("m")
                .set(SessionSettings.DEFAULT.withQuirk(Quirk.of(quirk).orElseThrow()));

        assertThat(chat("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"go\"}}],"
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"call go {\\\"x\\\":1}\"}]")
                        .body())
                .contains(written);
    }

    @Test
    void anAnswerThatIsTooLongIsCutAndSaysSo() throws Exception {
        assertThat(chat("\"max_completion_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]")
                        .body())
                .contains("\"content\":\"Hi\"")
                .contains("\"finish_reason\":\"length\"");
    }

    @Test
    void aReasoningModelThinksApartFromItsAnswer() throws Exception {
        server.session("m").set(SessionSettings.DEFAULT.withReasoningTokens(2));

        assertThat(chat("\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]").body())
                .contains("\"content\":\"Hi\",\"reasoning_content\":\"The user \"");
    }

    @Test
    void aTextCompletionRepeatsThePrompt() throws Exception {
        Heard heard = RawCall.send(
                server.url(), RawCall.post("/v1/completions", "{\"model\":\"m\",\"prompt\":\"Hi there\"}"));

        assertThat(heard.body())
                .contains("\"id\":\"cmpl-0\",\"object\":\"text_completion\"")
                .contains("\"text\":\"Hi there\"");
    }

    @Test
    void modelsAreListed() throws Exception {
        assertThat(RawCall.send(server.url(), RawCall.get("/v1/models")).body())
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\",\"created\":1754000000,"
                        + "\"owned_by\":\"simulator\"}]}");
    }

    static Stream<Arguments> wrongs() {
        return Stream.of(
                argumentSet(
                        "an unknown model", RawCall.post("/v1/completions", "{\"model\":\"n\",\"prompt\":\"\"}"), 404),
                argumentSet("no JSON", RawCall.post("/v1/chat/completions", "{"), 400),
                argumentSet("no messages", RawCall.post("/v1/chat/completions", "{\"model\":\"m\"}"), 400),
                argumentSet("a wrong method", RawCall.get("/v1/chat/completions"), 405),
                argumentSet("an unknown path", RawCall.get("/"), 404),
                argumentSet("a model that is not there", RawCall.get("/v1/models/n"), 404));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void errorsHaveAllFourKeys(String request, int status) throws Exception {
        Heard heard = RawCall.send(server.url(), request);

        assertThat(heard.statusLine()).contains(" " + status + " ");
        assertThat(heard.body()).matches("\\{\"error\":\\{\"message\":.*,\"type\":.*,\"param\":null,\"code\":.*}}");
    }

    @Test
    void aKeyIsWantedWhereOneIsSet() throws Exception {
        try (OpenAiSimulator locked = OpenAiSimulator.start(
                OpenAiConfig.serving("m").withKey("secret").withSurroundings(SimulatorSurroundings.INSTANT))) {
            assertThat(RawCall.send(locked.url(), RawCall.get("/v1/models")).statusLine())
                    .isEqualTo("HTTP/1.1 401 Unauthorized");
        }
    }

    @Test
    void aStreamCanBeCut() throws Exception {
        server.session("m").set(SessionSettings.DEFAULT.withFault(Fault.CUT));

        Heard heard = chat("\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"one two three four\"}]");

        assertThat(heard.body()).contains("one").doesNotContain("four").doesNotContain("[DONE]");
        assertThat(server.counts().getFirst().faultsHit()).isEqualTo(1);
    }

    @Test
    void anErrorCanComeInsideAStream() throws Exception {
        server.session("m").set(SessionSettings.DEFAULT.withFault(Fault.IN_BAND_ERROR));

        assertThat(chat("\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"one\"}]")
                        .body())
                .isEqualTo("data: {\"error\":{\"message\":\"The engine died\",\"type\":\"server_error\",\"param\":null,"
                        + "\"code\":null}}\n\n");
    }

    private Heard chat(String fields) throws IOException {
        return RawCall.send(server.url(), RawCall.post("/v1/chat/completions", "{\"model\":\"m\"," + fields + "}"));
    }

    private static List<JsonNode> events(Heard heard) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String event : heard.body().split("\n\n", -1)) {
            if (event.startsWith("data: {")) {
                events.add(JSON.readTree(event.substring("data: ".length())));
            }
        }
        return events;
    }
}
