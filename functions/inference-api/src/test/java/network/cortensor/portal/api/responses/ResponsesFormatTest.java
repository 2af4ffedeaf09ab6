package network.cortensor.portal.api.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Body;
import network.cortensor.portal.api.json.JsonBody;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesFormatTest {
    private static Draft read(String fields) throws Rejection {
        String body = "{\"model\":\"m\"," + fields + "}";
        return new ResponsesFormat()
                .read(JsonBody.read(new Body(body.getBytes(StandardCharsets.UTF_8))))
                .draft();
    }

    private static List<Message> messages(Draft draft) {
        return ((Input.Chat) draft.input()).messages();
    }

    @Test
    void aTextIsTheUsersAndInstructionsComeFirst() throws Rejection {
        Draft draft = read("\"instructions\":\"be brief\",\"input\":\"hi\",\"max_output_tokens\":9");

        assertThat(messages(draft)).containsExactly(Message.of(Role.SYSTEM, "be brief"), Message.of(Role.USER, "hi"));
        assertThat(draft.maxTokens()).contains(new MaxTokens(9, "max_output_tokens", MaxTokens.Beyond.CLIPPED));
    }

    /** As Codex sends the second request of a tool's loop. */
    @Test
    void whatTheAssistantThoughtSaidAndCalledIsOneTurn() throws Rejection {
        Draft draft = read("""
            "input":[{"type":"message","role":"developer","content":[{"type":"input_text","text":"rules"}]},\
            {"type":"message","role":"user","content":[{"type":"input_text","text":"list"}]},\
            {"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"hm"}],"encrypted_content":null},\
            {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I look"}]},\
            {"type":"function_call","id":"fc_1","call_id":"c1","name":"shell","arguments":"{}"},\
            {"type":"function_call","call_id":"c2","name":"shell","arguments":"{}"},\
            {"type":"function_call_output","call_id":"c1","output":"a"},\
            {"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"b"},{"type":"input_file","file_id":"f"}]},\
            {"type":"reasoning","id":"rs_2","summary":[{"type":"summary_text","text":"well"}]},\
            {"role":"assistant","content":"done"},{"role":"user","content":"thanks"}]\
            """);

        assertThat(messages(draft))
                .containsExactly(
                        Message.of(Role.SYSTEM, "rules"),
                        Message.of(Role.USER, "list"),
                        new Message(
                                Role.ASSISTANT,
                                List.of(new Part.Reasoning("hm"), new Part.Text("I look")),
                                List.of(new ToolCall("c1", "shell", "{}"), new ToolCall("c2", "shell", "{}")),
                                Optional.empty()),
                        new Message(Role.TOOL, List.of(new Part.Text("a")), List.of(), Optional.of("c1")),
                        new Message(
                                Role.TOOL,
                                List.of(new Part.Text("b"), new Part.Text("[input_file]")),
                                List.of(),
                                Optional.of("c2")),
                        new Message(
                                Role.ASSISTANT,
                                List.of(new Part.Reasoning("well"), new Part.Text("done")),
                                List.of(),
                                Optional.empty()),
                        Message.of(Role.USER, "thanks"));
    }

    @Test
    void reasoningThatAnotherServiceSealedIsNotKnownHere() throws Rejection {
        Draft draft = read("""
            "input":[{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAAAABm"},\
            {"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"portal1.!!"},{"role":"user","content":"hi"}]\
            """);

        assertThat(messages(draft)).containsExactly(Message.of(Role.USER, "hi"));
    }

    /** Codex sends tools of these types with every request. */
    @Test
    void toolsThatAreNotHereAreLeftOut() throws Rejection {
        Draft draft = read("""
            "input":"hi","tools":[{"type":"web_search"},{"type":"namespace","name":"mcp","tools":[]},{"type":"custom","name":"apply_patch"},\
            {"type":"function","name":"f","description":"d","strict":false,"parameters":{"type":"object"}}],\
            "tool_choice":"auto","parallel_tool_calls":false\
            """);

        assertThat(draft.tools().orElseThrow().definitions()).isEqualTo(new JsonText("""
            [{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":false}}]\
            """));
        assertThat(draft.tools().orElseThrow().calls()).isEqualTo(Calls.ONE);
        assertThat(draft.featureFields().byFeature()).isEqualTo(Map.of(Feature.TOOLS, "tools"));
        assertThat(read("\"input\":\"hi\",\"tools\":[{\"type\":\"web_search\"}]")
                        .tools())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"none\" | 2 | \"none\"",
                "\"required\" | 2 | \"required\"",
                "{\"type\":\"function\",\"name\":\"g\"} | 2 | {\"type\":\"function\",\"function\":{\"name\":\"g\"}}",
                "{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"g\"},{\"type\":\"mcp\"}]}"
                        + " | 1 | \"required\""
            })
    void choicesAreRewrittenInTheNeutralForm(String choice, int tools, String neutral) throws Rejection {
        Draft draft = read(
                "\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"function\",\"name\":\"g\"}],"
                        + "\"tool_choice\":" + choice);

        assertThat(draft.tools().orElseThrow().choice()).contains(new JsonText(neutral));
        assertThat(draft.tools().orElseThrow().definitions().text().split("\"name\""))
                .hasSize(tools + 1);
    }

    @Test
    void aTextFormatIsRewrittenInTheNeutralForm() throws Rejection {
        Draft draft = read("""
            "input":"hi","text":{"format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"object"}},"verbosity":"low"}\
            """);

        assertThat(draft.responseFormat()).contains(new JsonText("""
            {"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{"type":"object"}}}\
            """));
        assertThat(draft.featureFields().byFeature()).isEqualTo(Map.of(Feature.RESPONSE_FORMAT, "text.format"));
    }
}
