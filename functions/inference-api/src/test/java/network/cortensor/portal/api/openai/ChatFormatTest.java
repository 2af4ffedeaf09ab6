package network.cortensor.portal.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Body;
import network.cortensor.portal.api.json.JsonBody;
import network.cortensor.portal.api.wire.Asked;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.Draft.MaxTokens;
import network.cortensor.portal.completion.CompletionRequest.Tools.Calls;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Message.Part;
import network.cortensor.portal.completion.Message.Role;
import network.cortensor.portal.completion.Message.ToolCall;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.dispatch.Job.Wish;
import network.cortensor.portal.model.PromptFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatFormatTest {
    private static Asked read(String body) throws Rejection {
        return new ChatFormat().read(JsonBody.read(new Body(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<Message> messages(String messages) throws Rejection {
        Draft draft = read("{\"model\":\"m\",\"messages\":" + messages + "}").draft();
        return ((Input.Chat) draft.input()).messages();
    }

    @Test
    void everyFieldHasItsPlace() throws Rejection {
        Asked asked = read("""
            {"model":"gpt-oss-20b","messages":[{"role":"user","content":"hi"}],"max_completion_tokens":7,"max_tokens":9,\
            "temperature":0.5,"top_p":0.9,"presence_penalty":-1,"frequency_penalty":1.5,"seed":-3,"reasoning_effort":"low",\
            "stop":["a","b"],"stream":true,"response_format":{"type":"json_object"},\
            "tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":"auto","parallel_tool_calls":false}\
            """);

        assertThat(asked.models()).containsExactly("gpt-oss-20b");
        assertThat(asked.form().wish()).isEqualTo(Wish.STREAM);
        Draft draft = asked.draft();
        assertThat(draft.maxTokens()).contains(new MaxTokens(7, "max_completion_tokens", MaxTokens.Beyond.REFUSED));
        assertThat(draft.sampling())
                .isEqualTo(new Sampling(
                        Optional.of(0.5),
                        Optional.of(0.9),
                        Optional.empty(),
                        Optional.of(-1.0),
                        Optional.of(1.5),
                        Optional.of(-3L),
                        Optional.of("low")));
        assertThat(draft.stop()).containsExactly("a", "b");
        assertThat(draft.responseFormat()).contains(new JsonText("{\"type\":\"json_object\"}"));
        assertThat(draft.tools().orElseThrow().definitions())
                .isEqualTo(new JsonText("[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"));
        assertThat(draft.tools().orElseThrow().choice()).contains(new JsonText("\"auto\""));
        assertThat(draft.tools().orElseThrow().calls()).isEqualTo(Calls.ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"parallel_tool_calls\":null", ",\"parallel_tool_calls\":true"})
    void anAnswerMayHoldAnyNumberOfCallsUnlessItIsSaid(String field) throws Rejection {
        Draft draft = read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]" + field + "}")
                .draft();

        assertThat(draft.tools().orElseThrow().calls()).isEqualTo(Calls.ANY_NUMBER);
    }

    @Test
    void whatIsNotSaidIsLeftToTheModel() throws Rejection {
        Asked asked = read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(asked.form().wish()).isEqualTo(Wish.WHOLE);
        assertThat(asked.draft().maxTokens()).isEmpty();
        assertThat(asked.draft().sampling()).isEqualTo(Sampling.DEFAULT);
        assertThat(asked.draft().stop()).isEmpty();
        assertThat(asked.draft().tools()).isEmpty();
        assertThat(asked.draft().featureFields().byFeature()).isEmpty();
    }

    @Test
    void developersSpeakAsTheSystem() throws Rejection {
        assertThat(messages("[{\"role\":\"developer\",\"content\":\"a\"},{\"role\":\"system\",\"content\":\"b\"}]"))
                .containsExactly(Message.of(Role.SYSTEM, "a"), Message.of(Role.SYSTEM, "b"));
    }

    @Test
    void partsStayApart() throws Rejection {
        Message message = messages("""
            [{"role":"user","content":[{"type":"text","text":"see"},\
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AA==","detail":"low"}}]}]\
            """).getFirst();

        assertThat(message.content())
                .containsExactly(
                        new Part.Text("see"), new Part.Image("data:image/png;base64,AA==", Optional.of("low")));
    }

    @Test
    void callsAndTheirResultsAreTurns() throws Rejection {
        List<Message> messages = messages("""
            [{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}}]},\
            {"role":"tool","tool_call_id":"c","content":"4"}]\
            """);

        assertThat(messages)
                .containsExactly(
                        new Message(
                                Role.ASSISTANT,
                                List.of(),
                                List.of(new ToolCall("c", "f", "{\"a\":1}")),
                                Optional.empty()),
                        new Message(Role.TOOL, List.of(new Part.Text("4")), List.of(), Optional.of("c")));
    }

    @Test
    void everyFeatureThatARequestNeedsHasAFieldToNameInARefusal() throws Rejection {
        Draft draft = read("""
            {"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a.example"}}]},\
            {"role":"tool","tool_call_id":"c","content":"4"}],"response_format":{"type":"json_object"},\
            "tools":[{"type":"function","function":{"name":"f"}}]}\
            """).draft();

        assertThat(draft.featureFields().byFeature())
                .isEqualTo(Map.of(
                        Feature.TOOLS, "messages[1].tool_call_id",
                        Feature.IMAGES, "messages[0].content[0]",
                        Feature.RESPONSE_FORMAT, "response_format"));
        // Every format can ask for JSON by itself.
        assertThat(draft.within(5, PromptFormat.PLAIN).features())
                .containsExactlyInAnyOrder(Feature.TOOLS, Feature.IMAGES);
    }

    @Test
    void aDraftDoesNotPrintWhatCustomersWrote() throws Rejection {
        Asked asked =
                read("{\"model\":\"m\",\"stop\":\"canary\",\"messages\":[{\"role\":\"user\",\"content\":\"canary\"}]}");

        assertThat(asked.toString()).doesNotContain("canary");
    }
}
