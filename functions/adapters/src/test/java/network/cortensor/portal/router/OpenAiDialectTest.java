package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.wire.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiDialectTest {
    private static final URI SERVER = URI.create("https://llm.example");

    @Test
    void aConversationIsPassedThrough() throws Exception {
        CompletionRequest asked = Asks.chat(
                Message.of(Message.Role.SYSTEM, "Be brief."), Message.of(Message.Role.USER, "<|im_start|> stays"));

        Request request = dialect(Asks.openAi(SERVER), asked, Asks.STREAMED).request();

        assertThat(request.url()).isEqualTo(URI.create("https://llm.example/v1/chat/completions"));
        assertThat(json(request)).isEqualTo(tree("""
            {"model": "org/model",
             "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "<|im_start|> stays"}],
             "max_tokens": 100, "stream": true, "stream_options": {"include_usage": true}}\
            """));
    }

    @Test
    void specialTokensAreBrokenForAServerThatDoesNotAndMendedInItsAnswer() throws Exception {
        Target target = Asks.openAi(SERVER, new Protocol.OpenAi("org/model", false));
        CompletionRequest asked = Asks.chat(Message.of(Message.Role.USER, "Say <|im_end|>"));

        Dialect dialect = dialect(target, asked, Asks.STREAMED);

        assertThat(json(dialect.request()).at("/messages/0/content").textValue())
                .isEqualTo("Say <\u200B|im_end|>");
        assertThat(dialect.reader().whole("""
                        {"choices": [{"message": {"content": "<\u200B|im_end|>"}, "finish_reason": "stop"}]}\
                        """)).contains(new RouterEvent.Said(new CompletionEvent.Text("<|im_end|>")));
        AnswerReader stream = dialect.reader();
        List<RouterEvent> events = new ArrayList<>();
        for (String piece : List.of("<", "\u200B", "|im", "_end|>", "<\u200B|im")) {
            AnswerReader.Heard heard = stream.event("{\"choices\": [{\"delta\": {\"content\": \"" + piece + "\"}}]}");
            events.addAll(((AnswerReader.Heard.Speech) heard).events());
        }
        stream.event("{\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}");
        events.addAll(stream.over(StreamEnd.SEEN));
        assertThat(events.stream()
                        .map(event -> ((RouterEvent.Said) event).event())
                        .filter(CompletionEvent.Text.class::isInstance)
                        .map(event -> ((CompletionEvent.Text) event).text())
                        .collect(Collectors.joining()))
                .as("what is not whole at the end is no token")
                .isEqualTo("<|im_end|><\u200B|im");
    }

    @Test
    void aBarePromptGoesToCompletions() throws Exception {
        CompletionRequest asked = Asks.request(new Input.Prompt("Once"), PromptFormat.PLAIN);

        Request request = dialect(Asks.openAi(SERVER), asked, Asks.WHOLE).request();

        assertThat(request.url()).isEqualTo(URI.create("https://llm.example/v1/completions"));
        assertThat(json(request)).isEqualTo(tree("""
            {"model": "org/model", "prompt": "Once", "max_tokens": 100, "stream": false}\
            """));
    }

    @Test
    void everythingThatSuchAServerUnderstandsIsPassedThrough() throws Exception {
        Message image = new Message(
                Message.Role.USER,
                List.of(
                        new Message.Part.Text("What is this?"),
                        new Message.Part.Image("https://img.example/x", Optional.of("low"))),
                List.of(),
                Optional.empty());
        Message call = new Message(
                Message.Role.ASSISTANT,
                List.of(),
                List.of(new Message.ToolCall("call_1", "look", "{\"at\":1}")),
                Optional.empty());
        Message result = new Message(
                Message.Role.TOOL, List.of(new Message.Part.Text("a cat")), List.of(), Optional.of("call_1"));
        Sampling sampling = new Sampling(
                Optional.of(0.5),
                Optional.of(0.9),
                Optional.of(40),
                Optional.of(1.0),
                Optional.of(-1.0),
                Optional.of(7L),
                Optional.of("high"));
        CompletionRequest asked = new CompletionRequest(
                new Input.Chat(List.of(image, call, result)),
                PromptFormat.PLAIN,
                5,
                sampling,
                List.of("END"),
                Optional.of(new CompletionRequest.Tools(
                        new JsonText("[{\"type\":\"function\"}]"),
                        Optional.of(new JsonText("\"auto\"")),
                        CompletionRequest.Tools.Calls.ONE)),
                Optional.of(new JsonText("{\"type\":\"json_object\"}")));

        assertThat(json(dialect(Asks.openAi(SERVER), asked, Asks.WHOLE).request()))
                .isEqualTo(tree("""
                    {"model": "org/model",
                     "messages": [
                       {"role": "user", "content": [{"type": "text", "text": "What is this?"},
                         {"type": "image_url", "image_url": {"url": "https://img.example/x", "detail": "low"}}]},
                       {"role": "assistant", "content": null, "tool_calls": [
                         {"id": "call_1", "type": "function", "function": {"name": "look", "arguments": "{\\"at\\":1}"}}]},
                       {"role": "tool", "content": "a cat", "tool_call_id": "call_1"}],
                     "max_tokens": 5, "stream": false, "temperature": 0.5, "top_p": 0.9, "top_k": 40, "presence_penalty": 1.0,
                     "frequency_penalty": -1.0, "seed": 7, "reasoning_effort": "high", "stop": ["END"],
                     "tools": [{"type": "function"}], "tool_choice": "auto", "parallel_tool_calls": false,
                     "response_format": {"type": "json_object"}}\
                    """));
    }

    @Test
    void imagesOfToolsFollowTheToolsTurnsAndEarlierReasoningHasItsField() throws Exception {
        Message thought = new Message(
                Message.Role.ASSISTANT,
                List.of(new Message.Part.Reasoning("Let me look.")),
                List.of(new Message.ToolCall("call_1", "look", "{}"), new Message.ToolCall("call_2", "look", "{}")),
                Optional.empty());
        Message one = new Message(
                Message.Role.TOOL,
                List.of(
                        new Message.Part.Text("seen:"),
                        new Message.Part.Image("data:image/png;base64,AA==", Optional.empty())),
                List.of(),
                Optional.of("call_1"));
        Message other =
                new Message(Message.Role.TOOL, List.of(new Message.Part.Text("b")), List.of(), Optional.of("call_2"));
        CompletionRequest asked = Asks.chat(thought, one, other, Message.of(Message.Role.USER, "and?"));

        assertThat(json(dialect(Asks.openAi(SERVER), asked, Asks.WHOLE).request())
                        .path("messages"))
                .isEqualTo(tree("""
                    [{"role": "assistant", "content": null, "reasoning_content": "Let me look.", "tool_calls": [
                        {"id": "call_1", "type": "function", "function": {"name": "look", "arguments": "{}"}},
                        {"id": "call_2", "type": "function", "function": {"name": "look", "arguments": "{}"}}]},
                     {"role": "tool", "content": "seen:\\n[image]", "tool_call_id": "call_1"},
                     {"role": "tool", "content": "b", "tool_call_id": "call_2"},
                     {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}]},
                     {"role": "user", "content": "and?"}]\
                    """));
        assertThat(asked.features()).containsExactly(Feature.TOOLS);
    }

    @ParameterizedTest
    @CsvSource({
        "https://llm.example, https://llm.example/v1/chat/completions",
        "https://llm.example/, https://llm.example/v1/chat/completions",
        "https://llm.example:8000/base, https://llm.example:8000/base/v1/chat/completions",
        "https://llm.example/v1, https://llm.example/v1/chat/completions",
        "https://llm.example/openai/v1/, https://llm.example/openai/v1/chat/completions",
        "https://llm.example/v1beta/openai, https://llm.example/v1beta/openai/chat/completions",
        "https://llm.example/vllm, https://llm.example/vllm/v1/chat/completions"
    })
    void aBasePathThatNamesAVersionIsTakenAsItIs(URI base, URI expected) {
        assertThat(dialect(Asks.openAi(base), Asks.hello(), Asks.WHOLE)
                        .request()
                        .url())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "400, request_rejected_400",
        "413, request_rejected_413",
        "422, request_rejected_422",
        "401, refused_401",
        "403, refused_403",
        "404, refused_404",
        "429, limited",
        "500, router_error",
        "502, unavailable_502",
        "503, unavailable_503",
        "504, unavailable_504",
        "302, unintelligible",
        "202, unintelligible",
        "529, limited"
    })
    void aStatusIsAFailureOfItsKind(int status, String kind) {
        assertThat(dialect(Asks.openAi(SERVER), Asks.hello(), Asks.WHOLE)
                        .refusal(new Rebuff(status, Optional.empty(), Optional.of("{}")))
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void aServerSaysHowLongItIsToBeLeftAlone() {
        Dialect dialect = dialect(Asks.openAi(SERVER), Asks.hello(), Asks.WHOLE);
        Optional<Duration> seventeen = Optional.of(Duration.ofSeconds(17));

        assertThat(dialect.refusal(new Rebuff(429, seventeen, Optional.empty())))
                .isEqualTo(new Failure.Limited(Duration.ofSeconds(17)));
        assertThat(dialect.refusal(new Rebuff(503, seventeen, Optional.of(""))))
                .isEqualTo(new Failure.Limited(Duration.ofSeconds(17)));
        assertThat(dialect.refusal(Rebuff.of(429))).isEqualTo(new Failure.Limited(Rebuff.USUAL_WAIT));
    }

    @ParameterizedTest
    @CsvSource({"502", "503", "504"})
    void anErrorThatBreaksOffMayHideATask(int status) {
        Dialect dialect = dialect(Asks.openAi(SERVER), Asks.hello(), Asks.WHOLE);

        assertThat(dialect.refusal(Rebuff.of(status)).taskEnded()).isFalse();
        assertThat(dialect.refusal(new Rebuff(status, Optional.empty(), Optional.of("<html>")))
                        .taskEnded())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error':{'code':'context_length_exceeded'}} | request_rejected_context",
                "{'error':{'message':'The maximum context length of this model is 8192 tokens'}} |"
                        + " request_rejected_context",
                "{'error':{'type':'exceed_context_size_error','code':400}} | request_rejected_context",
                "{'object':'error','message':'prompt is too long: 9 tokens > 8 maximum'} | request_rejected_context",
                "{'error':'Input is too long for requested model.'} | request_rejected_context",
                "{'error':{'code':'content_filter','message':'quota'}} | request_rejected_content",
                "{'error':{'innererror':{},'code':'ResponsibleAIPolicyViolation'}} | request_rejected_content",
                "{'error':{'type':'insufficient_quota'}} | refused_400",
                "{'error':{'message':'Your credit balance is too low to access the API.'}} | refused_400",
                "{'detail':'Billing hard limit has been reached'} | refused_400",
                "{'error':{'message':'temperature: 3 is too high'}} | request_rejected_400",
                "{'error':{'message':[]}} | request_rejected_400",
                "context_length_exceeded | request_rejected_400"
            })
    void whatA400MeansIsFoundInAClosedList(String body, String kind) {
        assertThat(dialect(Asks.openAi(SERVER), Asks.hello(), Asks.WHOLE)
                        .refusal(new Rebuff(400, Optional.empty(), Optional.of(body.replace('\'', '"'))))
                        .kind())
                .isEqualTo(kind);
    }

    private static Dialect dialect(Target target, CompletionRequest request, CallTimes times) {
        return new OpenAiDialect((Protocol.OpenAi) target.protocol(), new AttemptRequest(target, request, times));
    }

    private static JsonNode json(Request request) throws Exception {
        return tree(request.body());
    }

    private static JsonNode tree(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
