package network.cortensor.portal.api.anthropic;

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
import network.cortensor.portal.dispatch.Job.Wish;
import network.cortensor.portal.model.PromptFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesFormatTest {
    private static Asked read(String fields) throws Rejection {
        String body = "{\"model\":\"m\",\"max_tokens\":7," + fields + "}";
        return new MessagesFormat().read(JsonBody.read(new Body(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<Message> messages(Asked asked) {
        return ((Input.Chat) asked.draft().input()).messages();
    }

    @Test
    void everyFieldHasItsPlace() throws Rejection {
        Asked asked = read("""
            "system":[{"type":"text","text":"be"},{"type":"text","text":"brief","cache_control":{"type":"ephemeral"}}],\
            "messages":[{"role":"user","content":"hi"}],"temperature":1,"top_p":0.9,"top_k":40,"stop_sequences":["a"],\
            "stream":true,"thinking":{"type":"enabled","budget_tokens":1024},"metadata":{"user_id":"u"}\
            """);

        assertThat(asked.form().wish()).isEqualTo(Wish.STREAM);
        assertThat(asked.draft().maxTokens()).contains(new MaxTokens(7, "max_tokens", MaxTokens.Beyond.CLIPPED));
        assertThat(asked.draft().sampling().temperature()).contains(1.0);
        assertThat(asked.draft().sampling().topP()).contains(0.9);
        assertThat(asked.draft().sampling().topK()).contains(40);
        assertThat(asked.draft().stop()).containsExactly("a");
        assertThat(messages(asked))
                .containsExactly(
                        new Message(
                                Role.SYSTEM,
                                List.of(new Part.Text("be"), new Part.Text("brief")),
                                List.of(),
                                Optional.empty()),
                        Message.of(Role.USER, "hi"));
    }

    @Test
    void resultsOfToolsAreTurnsOfTheirOwnInTheOrderOfTheBlocks() throws Rejection {
        Asked asked = read("""
            "messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":""},{"type":"text","text":"wait"},\
            {"type":"tool_use","id":"t1","name":"f","input":{"a":[1]}},{"type":"tool_use","id":"t2","name":"g","input":{}}]},\
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"4"},\
            {"type":"tool_result","tool_use_id":"t2","content":[{"type":"text","text":"5"}]},{"type":"text","text":"go on"}]}]\
            """);

        assertThat(messages(asked))
                .containsExactly(
                        new Message(
                                Role.ASSISTANT,
                                List.of(new Part.Reasoning("hm"), new Part.Text("wait")),
                                List.of(new ToolCall("t1", "f", "{\"a\":[1]}"), new ToolCall("t2", "g", "{}")),
                                Optional.empty()),
                        new Message(Role.TOOL, List.of(new Part.Text("4")), List.of(), Optional.of("t1")),
                        new Message(Role.TOOL, List.of(new Part.Text("5")), List.of(), Optional.of("t2")),
                        Message.of(Role.USER, "go on"));
    }

    @Test
    void aSystemTurnAmongTheOthersStaysInItsPlace() throws Rejection {
        Asked asked = read("""
            "system":"be brief","messages":[{"role":"user","content":"hi"},{"role":"system","content":[{"type":"text","text":"it rains"}]},\
            {"role":"user","content":"so?"}]\
            """);

        assertThat(messages(asked))
                .containsExactly(
                        Message.of(Role.SYSTEM, "be brief"),
                        Message.of(Role.USER, "hi"),
                        Message.of(Role.SYSTEM, "it rains"),
                        Message.of(Role.USER, "so?"));
    }

    @Test
    void whatAModelOfTextCannotSeeInAToolsResultStandsThereByItsName() throws Rejection {
        Asked asked = read("""
            "messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[\
            {"type":"text","text":"see"},\
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}},\
            {"type":"image","source":{"type":"file","file_id":"f"}},\
            {"type":"tool_reference","tool_name":"Glob"},\
            {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AA=="}},\
            {"type":"document","source":{"type":"text","data":"words"}},\
            {"type":"search_result","content":[{"type":"text","text":"found"}]},\
            {"type":"something_new","of":"tomorrow"}]}]}]\
            """);

        assertThat(messages(asked).getFirst().text())
                .isEqualTo("see\n[image]\n[image]\n[tool_reference Glob]\n[document]\nwords\nfound\n[something_new]");
        assertThat(asked.draft().within(5, PromptFormat.PLAIN).features()).containsExactly(Feature.TOOLS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"disabled\"} | null | none",
                "{\"type\":\"disabled\"} | \"high\" | none",
                "{\"type\":\"enabled\",\"budget_tokens\":1024} | null | low",
                "{\"type\":\"enabled\",\"budget_tokens\":4096} | null | medium",
                "{\"type\":\"enabled\",\"budget_tokens\":32000} | null | high",
                "{\"type\":\"enabled\",\"budget_tokens\":32000} | \"low\" | low",
                "{\"type\":\"adaptive\"} | null | ``",
                "{\"type\":\"adaptive\"} | \"medium\" | medium",
                "{\"type\":\"between_tools\"} | null | ``",
                "null | \"xhigh\" | high",
                "null | \"max\" | high",
                "null | null | ``"
            })
    void thinkingAndEffortReachTheModel(String thinking, String effort, String reached) throws Rejection {
        Asked asked = read("\"thinking\":" + thinking + ",\"output_config\":{\"effort\":" + effort
                + "},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]");

        assertThat(asked.draft().sampling().reasoningEffort().orElse("")).isEqualTo(reached);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"output_config, '{\"format\":FORMAT}'", "output_format, FORMAT"})
    void aFormatIsRewrittenInTheNeutralForm(String field, String value) throws Rejection {
        String format = "{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}";
        Draft draft = read("\"" + field + "\":" + value.replace("FORMAT", format)
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]")
                .draft();

        assertThat(draft.responseFormat()).contains(new JsonText("""
            {"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":{"type":"object"}}}\
            """));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"role\":\"assistant\",\"content\":\"{\\\"a\\\":\"} | CONTINUATION",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"It is\"}]} | CONTINUATION",
                "{\"role\":\"assistant\",\"content\":\"\"} | NEW_TURN",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"}]} | NEW_TURN",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}]}"
                        + " | NEW_TURN",
                "{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"b\"} | NEW_TURN"
            })
    void anAnswerThatTheCustomerHasBegunGoesOn(String last, Input.Chat.Answer answer) throws Rejection {
        Asked asked = read("\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}," + last + "]");

        assertThat(((Input.Chat) asked.draft().input()).answer()).isEqualTo(answer);
        assertThat(asked.draft().featureFields().byFeature().containsKey(Feature.CONTINUATION))
                .isEqualTo(answer == Input.Chat.Answer.CONTINUATION);
    }

    @Test
    void imagesBecomeTheUrlsThatServersTake() throws Rejection {
        Asked asked = read("""
            "messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}},\
            {"type":"image","source":{"type":"url","url":"https://a.example/b.png"}}]}]\
            """);

        assertThat(messages(asked).getFirst().content())
                .containsExactly(
                        new Part.Image("data:image/png;base64,AA==", Optional.empty()),
                        new Part.Image("https://a.example/b.png", Optional.empty()));
        assertThat(asked.draft().featureFields().byFeature())
                .isEqualTo(Map.of(Feature.IMAGES, "messages[0].content[0]"));
    }

    @Test
    void toolsAreRewrittenInTheNeutralForm() throws Rejection {
        Draft draft = read("""
            "tools":[{"name":"f","description":"d","input_schema":{"type":"object"}}],\
            "messages":[{"role":"user","content":"hi"}]\
            """).draft();

        assertThat(draft.tools().orElseThrow().definitions()).isEqualTo(new JsonText("""
            [{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}]\
            """));
        assertThat(draft.tools().orElseThrow().choice()).isEmpty();
        assertThat(draft.within(5, PromptFormat.PLAIN).features())
                .isEqualTo(draft.featureFields().byFeature().keySet());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"auto\"} | \"auto\"",
                "{\"type\":\"any\"} | \"required\"",
                "{\"type\":\"none\"} | \"none\"",
                "{\"type\":\"tool\",\"name\":\"f\"} | {\"type\":\"function\",\"function\":{\"name\":\"f\"}}"
            })
    void choicesAreRewrittenInTheNeutralForm(String choice, String neutral) throws Rejection {
        Draft draft = read("\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"tool_choice\":" + choice
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]")
                .draft();

        assertThat(draft.tools().orElseThrow().choice()).contains(new JsonText(neutral));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"true, ONE", "false, ANY_NUMBER", "null, ANY_NUMBER"})
    void severalCallsInOneAnswerCanBeSwitchedOff(String disabled, Calls calls) throws Rejection {
        Draft draft = read("\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"tool_choice\":{\"type\":\"auto\","
                        + "\"disable_parallel_tool_use\":" + disabled
                        + "},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]")
                .draft();

        assertThat(draft.tools().orElseThrow().calls()).isEqualTo(calls);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {"''", "[]", "null"})
    void anEmptySystemPromptIsNone(String system) throws Rejection {
        String json = system.isEmpty() ? "\"\"" : system;

        Asked asked = read("\"system\":" + json + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]");

        assertThat(messages(asked)).containsExactly(Message.of(Role.USER, "hi"));
    }
}
