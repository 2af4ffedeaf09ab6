package network.cortensor.portal.prompt;

import static network.cortensor.portal.prompt.Requests.offering;
import static network.cortensor.portal.prompt.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.model.Failure.InvalidCall.Fault;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.SpecialTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of functions in raw text, as models write them well and badly, told as the customer gets them: {@code name(arguments)}. */
@SuppressWarnings("StringConcatToTextBlock") // Line breaks of raw outputs are what is tested, and stand where they are.
class CallsTest {
    private static final String WEATHER = """
        {"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{
        "city":{"type":"string"},"days":{"type":"integer"},"hot":{"type":"boolean"},"zip":{"type":"string"},
        "where":{"type":"object","properties":{"lat":{"type":"number"},"name":{"type":"string"}}},
        "tags":{"type":"array","items":{"type":"string"}},"nick":{"type":["string","null"]},
        "id":{"anyOf":[{"type":"integer"},{"type":"null"}]},"any":{}}}}}\
        """;
    private static final String CLOCK = "{\"type\":\"function\",\"function\":{\"name\":\"clock\"}}";
    private static final String STRICT = """
        {"type":"function","function":{"name":"book","strict":true,"parameters":{"type":"object","properties":{
        "n":{"type":"integer"}},"required":["n"],"additionalProperties":false}}}\
        """;

    private static final CompletionRequest HARMONY = offered(PromptFormat.HARMONY, "\"auto\"");
    private static final CompletionRequest QWEN = offered(PromptFormat.QWEN3_5, "\"auto\"");
    private static final CompletionRequest GEMMA = offered(PromptFormat.GEMMA4, "\"auto\"");

    @ParameterizedTest
    @MethodSource("calls")
    void rawTextIsReadAsCallsHoweverItIsCut(CompletionRequest request, String raw, String expected) {
        assertThat(read(decoder(request), List.of(raw))).as("whole").isEqualTo(expected);
        for (int cut = 1; cut < raw.length(); cut++) {
            assertThat(read(decoder(request), List.of(raw.substring(0, cut), raw.substring(cut))))
                    .as("cut at " + cut)
                    .isEqualTo(expected);
        }
        List<String> characters =
                raw.chars().mapToObj(c -> String.valueOf((char) c)).toList();
        assertThat(read(decoder(request), characters)).as("by characters").isEqualTo(expected);
    }

    static Stream<Arguments> calls() {
        return Stream.of(harmony(), qwen(), gemma(), faults()).flatMap(rows -> rows);
    }

    private static Stream<Arguments> harmony() {
        String head = "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant";
        String sunny = "get_weather({\"city\":\"Paris\"})";
        return Stream.of(
                argumentSet(
                        "harmony",
                        HARMONY,
                        head
                                + "<|channel|>commentary to=functions.get_weather"
                                + " <|constrain|>json<|message|>{\"city\":\"Paris\"}<|call|>",
                        "{Hm.}" + sunny),
                argumentSet(
                        "harmony, recipient in the role",
                        HARMONY,
                        head
                                + " to=functions.get_weather<|channel|>commentary"
                                + " <|constrain|>json<|message|>{\"city\":\"Paris\"}<|call|>",
                        "{Hm.}" + sunny),
                argumentSet(
                        "harmony, recipient at once",
                        HARMONY,
                        " to=functions.get_weather<|channel|>commentary json<|message|>{\"city\":\"Paris\"}<|call|>",
                        sunny),
                argumentSet(
                        "harmony, no blank before the type",
                        HARMONY,
                        "<|channel|>commentary"
                                + " to=functions.get_weather<|constrain|>json<|message|>{\"city\":\"Paris\"}<|call|>",
                        sunny),
                argumentSet(
                        "harmony, no type",
                        HARMONY,
                        "<|channel|>commentary to=functions.get_weather<|message|>{\"city\":\"Paris\"}<|call|>",
                        sunny),
                argumentSet(
                        "harmony, call's end missing",
                        HARMONY,
                        "<|channel|>commentary to=functions.get_weather json<|message|>{\"city\":\"Paris\"}",
                        sunny),
                argumentSet(
                        "harmony, on the analysis channel",
                        HARMONY,
                        "<|channel|>analysis to=functions.get_weather json<|message|>{\"city\":\"Paris\"}<|call|>",
                        sunny),
                argumentSet(
                        "harmony, no namespace",
                        HARMONY,
                        "<|channel|>commentary to=get_weather json<|message|>{\"city\":\"Paris\"}<|call|>",
                        sunny),
                argumentSet(
                        "harmony, role twice",
                        HARMONY,
                        "assistant<|channel|>commentary to=functions.get_weather"
                                + " json<|message|>{\"city\":\"Paris\"}<|call|>",
                        sunny),
                argumentSet(
                        "harmony, ended as a message",
                        HARMONY,
                        "<|channel|>commentary to=functions.get_weather json<|message|>{\"city\":\"Paris\"}<|end|>",
                        sunny),
                argumentSet(
                        "harmony, a preamble",
                        HARMONY,
                        "<|channel|>commentary<|message|>Let me look.<|end|><|start|>assistant<|channel|>commentary"
                                + " to=functions.clock <|constrain|>json<|message|>{}<|call|>",
                        "Let me look.clock({})"),
                argumentSet(
                        "harmony, no arguments",
                        HARMONY,
                        "<|channel|>commentary to=functions.clock<|message|><|call|>",
                        "clock({})"),
                argumentSet(
                        "harmony, blanks in the arguments",
                        HARMONY,
                        "<|channel|>commentary to=functions.get_weather json<|message|>{ \"city\" : \"Paris\" }\n"
                                + "<|call|>",
                        "get_weather({ \"city\" : \"Paris\" }\n)"),
                argumentSet(
                        "harmony, marks left out, no thought",
                        HARMONY,
                        "commentary to=functions.get_weather json{\"city\":\"Paris\"}",
                        sunny),
                argumentSet(
                        "harmony, marks left out, the role said again",
                        HARMONY,
                        "assistantcommentary to=functions.get_weather json{\"city\":\"Paris\"}",
                        sunny),
                argumentSet(
                        "harmony, marks left out, no blank before the type",
                        HARMONY,
                        "commentary to=functions.get_weatherjson{\"city\":\"Paris\"}",
                        sunny),
                argumentSet(
                        "harmony, marks left out, recipient in the role",
                        HARMONY,
                        " to=functions.get_weathercommentary json{\"city\":\"Paris\"}",
                        sunny),
                argumentSet(
                        "harmony, marks left out, a preamble",
                        HARMONY,
                        "commentaryI look.assistantcommentary to=functions.get_weather json{\"city\":\"Paris\"}",
                        "I look." + sunny),
                argumentSet(
                        "harmony, marks left out, a thought and a preamble",
                        HARMONY,
                        "analysisHm.assistantcommentaryI look.assistantcommentary to=functions.get_weather json{\"city\":\"Paris\"}",
                        "{Hm.}I look." + sunny),
                argumentSet(
                        "harmony, the first mark left out",
                        HARMONY,
                        "commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Paris\"}<|call|>",
                        sunny),
                argumentSet(
                        "harmony, marks left out",
                        HARMONY,
                        "analysisHm.assistantcommentary to=functions.get_weather json{\"city\":\"Paris\"}",
                        "{Hm.}" + sunny),
                argumentSet(
                        "harmony, broken tokens in the arguments",
                        HARMONY,
                        "<|channel|>commentary to=functions.get_weather"
                                + " json<|message|>{\"city\":\"<\u200B|end|>\"}<|call|>",
                        "get_weather({\"city\":\"<|end|>\"})"),
                argumentSet(
                        "harmony, required",
                        offered(PromptFormat.HARMONY, "\"required\""),
                        "get_weather <|constrain|>json<|message|>{\"city\":\"Paris\"}<|call|>",
                        sunny),
                argumentSet(
                        "harmony, named",
                        offered(PromptFormat.HARMONY, named("get_weather")),
                        "{\"city\":\"Paris\"}<|call|>",
                        sunny),
                argumentSet(
                        "harmony, cut in the arguments",
                        HARMONY,
                        "<|channel|>commentary to=functions.get_weather json<|message|>{\"city\":\"Pa",
                        "get_weather({\"city\":\"Pa~"));
    }

    private static Stream<Arguments> qwen() {
        String paris =
                "<tool_call>\n<function=get_weather>\n<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call>";
        String sunny = "get_weather({\"city\":\"Paris\"})";
        return Stream.of(
                argumentSet("qwen", QWEN, "Hm.\n</think>\n\n" + paris, "{Hm.}" + sunny),
                argumentSet(
                        "qwen, text before",
                        QWEN,
                        "Hm.\n</think>\n\nLet me look.\n\n" + paris,
                        "{Hm.}Let me look.\n\n" + sunny),
                argumentSet("qwen, closing tag forgotten", QWEN, "Hm.\n" + paris, "{Hm.}" + sunny),
                argumentSet(
                        "qwen, two calls",
                        QWEN,
                        "</think>\n\n" + paris + "\n" + paris.replace("Paris", "Rome"),
                        sunny + sunny.replace("Paris", "Rome")),
                argumentSet("qwen, two calls side by side", QWEN, "</think>\n\n" + paris + paris, sunny + sunny),
                argumentSet(
                        "qwen, one call wanted",
                        one(PromptFormat.QWEN3_5),
                        "</think>\n\n" + paris + "\n" + paris,
                        sunny),
                argumentSet(
                        "qwen, typed by the schema",
                        QWEN,
                        "</think>" + qwen("days", "2", "hot", "True", "zip", "12345", "nick", "null", "id", "None"),
                        "get_weather({\"days\":2,\"hot\":true,\"zip\":\"12345\",\"nick\":null,\"id\":null})"),
                argumentSet(
                        "qwen, objects and arrays",
                        QWEN,
                        "</think>" + qwen("where", "{\"lat\": 1.5}", "tags", "[\"a\", \"b\"]"),
                        "get_weather({\"where\":{\"lat\": 1.5},\"tags\":[\"a\", \"b\"]})"),
                argumentSet(
                        "qwen, types that do not fit stay texts",
                        QWEN,
                        "</think>" + qwen("days", "two", "hot", "maybe"),
                        "get_weather({\"days\":\"two\",\"hot\":\"maybe\"})"),
                argumentSet(
                        "qwen, any type",
                        QWEN,
                        "</think>" + qwen("any", "5", "city", "5"),
                        "get_weather({\"any\":5,\"city\":\"5\"})"),
                argumentSet(
                        "qwen, several lines and quotes",
                        QWEN,
                        "</think>" + qwen("city", "a\n\n \"b\"\\c\t"),
                        "get_weather({\"city\":\"a\\n\\n \\\"b\\\"\\\\c\\t\"})"),
                argumentSet(
                        "qwen, an empty value", QWEN, "</think>" + qwen("city", ""), "get_weather({\"city\":\"\"})"),
                argumentSet(
                        "qwen, a closing tag in the value",
                        QWEN,
                        "</think>" + qwen("city", "a </parameter> b\n</parameter>\nc", "days", "1"),
                        "get_weather({\"city\":\"a </parameter> b\\n</parameter>\\nc\",\"days\":1})"),
                argumentSet(
                        "qwen, tags in the value",
                        QWEN,
                        "</think>" + qwen("city", "<think>x</think> <tool_call> </function>"),
                        "get_weather({\"city\":\"<think>x</think> <tool_call> </function>\"})"),
                argumentSet(
                        "qwen, no arguments",
                        QWEN,
                        "</think><tool_call>\n<function=clock>\n</function>\n</tool_call>",
                        "clock({})"),
                argumentSet("qwen, call's end missing", QWEN, "</think>" + paris.replace("\n</tool_call>", ""), sunny),
                argumentSet(
                        "qwen, both ends missing",
                        QWEN,
                        "</think>" + paris.replace("\n</function>\n</tool_call>", "\n"),
                        sunny),
                argumentSet(
                        "qwen, an argument's end missing",
                        QWEN,
                        "</think>" + paris.replace("\n</parameter>", ""),
                        sunny),
                argumentSet(
                        "qwen, as one line",
                        QWEN,
                        "</think><tool_call><function=get_weather><parameter=city>Paris</parameter></function></tool_call>",
                        sunny),
                argumentSet(
                        "qwen, as JSON",
                        QWEN,
                        "</think><tool_call>\n"
                                + "{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}}\n"
                                + "</tool_call>",
                        sunny),
                argumentSet("qwen, an argument twice", QWEN, "</think>" + qwen("city", "Paris", "city", "Rome"), sunny),
                argumentSet(
                        "qwen, beyond the basic plane",
                        QWEN,
                        "</think>" + qwen("city", "🙂"),
                        "get_weather({\"city\":\"🙂\"})"),
                argumentSet(
                        "qwen, about calls", QWEN, "</think>Write `<tool_call>` first.", "Write `<tool_call>` first."),
                argumentSet(
                        "qwen, required",
                        offered(PromptFormat.QWEN3_5, "\"required\""),
                        "get_weather>\n<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call>",
                        sunny),
                argumentSet(
                        "qwen, named",
                        offered(PromptFormat.QWEN3_5, named("get_weather")),
                        "<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call>",
                        sunny),
                argumentSet(
                        "qwen, cut in a value",
                        QWEN,
                        "</think><tool_call>\n<function=get_weather>\n<parameter=city>\nPar",
                        "get_weather({\"city\":\"Par~"),
                argumentSet(
                        "qwen, past its call", QWEN, "</think>" + paris + "<|im_end|>\n<|im_start|>user\nx", sunny));
    }

    private static Stream<Arguments> gemma() {
        String paris = "<|tool_call>call:get_weather{city:<|\"|>Paris<|\"|>}<tool_call|>";
        String sunny = "get_weather({\"city\":\"Paris\"})";
        return Stream.of(
                argumentSet("gemma", GEMMA, paris, sunny),
                argumentSet(
                        "gemma, with thoughts and text",
                        GEMMA,
                        "<|channel>thought\nHm\n<channel|>Let me look." + paris,
                        "{Hm}Let me look." + sunny),
                argumentSet("gemma, the turn goes on with a result", GEMMA, paris + "<|tool_response>", sunny),
                argumentSet(
                        "gemma, a made-up result",
                        GEMMA,
                        paris + "<|tool_response>response:get_weather{value:1}<tool_response|>It is",
                        sunny),
                argumentSet(
                        "gemma, two calls",
                        GEMMA,
                        paris + paris.replace("Paris", "Rome"),
                        sunny + sunny.replace("Paris", "Rome")),
                argumentSet(
                        "gemma, all types",
                        GEMMA,
                        call(
                                "days:2,hot:true,id:null,tags:[<|\"|>a<|\"|>,<|\"|>b<|\"|>],where:{lat:1.5,name:<|\"|>x<|\"|>}"),
                        "get_weather({\"days\":2,\"hot\":true,\"id\":null,\"tags\":[\"a\",\"b\"],\"where\":{\"lat\":1.5,\"name\":\"x\"}})"),
                argumentSet(
                        "gemma, typed by the schema",
                        GEMMA,
                        call("zip:12345,days:<|\"|>2<|\"|>,city:Paris"),
                        "get_weather({\"zip\":\"12345\",\"days\":2,\"city\":\"Paris\"})"),
                argumentSet(
                        "gemma, no escaping",
                        GEMMA,
                        call("city:<|\"|>a \"b\" {c}, d: [e]\n\\<|\"|>"),
                        "get_weather({\"city\":\"a \\\"b\\\" {c}, d: [e]\\n\\\\\"})"),
                argumentSet(
                        "gemma, JSON's quotes",
                        GEMMA,
                        call("\"city\":\"Paris \\\"x\\\"\",\"days\":2"),
                        "get_weather({\"city\":\"Paris \\\"x\\\"\",\"days\":2})"),
                argumentSet("gemma, quoted keys", GEMMA, call("<|\"|>city<|\"|>:<|\"|>Paris<|\"|>"), sunny),
                argumentSet(
                        "gemma, blanks",
                        GEMMA,
                        call(" city : <|\"|>Paris<|\"|> , days : 2 "),
                        "get_weather({\"city\":\"Paris\",\"days\":2})"),
                argumentSet("gemma, a closer too many", GEMMA, paris.replace("}<tool", "}}<tool"), sunny),
                argumentSet("gemma, a closer too few", GEMMA, paris.replace("}<tool", "<tool"), sunny),
                argumentSet(
                        "gemma, closers of nested ones missing",
                        GEMMA,
                        call("where:{name:<|\"|>x<|\"|>").replace("}<tool", "<tool"),
                        "get_weather({\"where\":{\"name\":\"x\"}})"),
                argumentSet("gemma, the last quote missing", GEMMA, paris.replace("Paris<|\"|>}", "Paris"), sunny),
                argumentSet("gemma, call's end missing", GEMMA, paris.replace("<tool_call|>", ""), sunny),
                argumentSet("gemma, no arguments", GEMMA, "<|tool_call>call:clock{}<tool_call|>", "clock({})"),
                argumentSet("gemma, no braces", GEMMA, "<|tool_call>call:clock<tool_call|>", "clock({})"),
                argumentSet("gemma, an empty text", GEMMA, call("city:<|\"|><|\"|>"), "get_weather({\"city\":\"\"})"),
                argumentSet("gemma, an empty array", GEMMA, call("tags:[]"), "get_weather({\"tags\":[]})"),
                argumentSet("gemma, nested arrays", GEMMA, call("any:[[1,2],[]]"), "get_weather({\"any\":[[1,2],[]]})"),
                argumentSet(
                        "gemma, required",
                        offered(PromptFormat.GEMMA4, "\"required\""),
                        "get_weather{city:<|\"|>Paris<|\"|>}<tool_call|>",
                        sunny),
                argumentSet(
                        "gemma, named",
                        offered(PromptFormat.GEMMA4, named("get_weather")),
                        "city:<|\"|>Paris<|\"|>}<tool_call|>",
                        sunny),
                argumentSet(
                        "gemma, cut in a text",
                        GEMMA,
                        "<|tool_call>call:get_weather{city:<|\"|>Pa",
                        "get_weather({\"city\":\"Pa~"));
    }

    private static Stream<Arguments> faults() {
        return Stream.of(
                argumentSet(
                        "harmony, a function nobody offered",
                        HARMONY,
                        "<|channel|>commentary to=functions.rm json<|message|>{}<|call|>",
                        "!NOT_OFFERED"),
                argumentSet(
                        "harmony, a tool of OpenAI's own",
                        HARMONY,
                        "<|channel|>analysis to=python code<|message|>1+1<|call|>",
                        "!NOT_OFFERED"),
                argumentSet(
                        "harmony, behind reasoning",
                        HARMONY,
                        "<|channel|>analysis<|message|>Hm<|end|><|start|>assistant"
                                + " to=functions.rm<|channel|>commentary json<|message|>{}<|call|>",
                        "{Hm}!NOT_OFFERED"),
                argumentSet(
                        "harmony, no JSON",
                        HARMONY,
                        "<|channel|>commentary to=functions.clock json<|message|>{\"a\":<|call|>",
                        "clock({\"a\":!NO_JSON"),
                argumentSet(
                        "harmony, no object",
                        HARMONY,
                        "<|channel|>commentary to=functions.clock json<|message|>[1]<|call|>",
                        "clock([1]!NO_JSON"),
                argumentSet(
                        "harmony, strict and fitting",
                        HARMONY,
                        "<|channel|>commentary to=functions.book json<|message|>{\"n\":1}<|call|>",
                        "book({\"n\":1})"),
                argumentSet(
                        "harmony, strict and missing",
                        HARMONY,
                        "<|channel|>commentary to=functions.book json<|message|>{}<|call|>",
                        "!DOES_NOT_FIT"),
                argumentSet(
                        "harmony, strict and too much",
                        HARMONY,
                        "<|channel|>commentary to=functions.book json<|message|>{\"n\":1,\"m\":2}<|call|>",
                        "!DOES_NOT_FIT"),
                argumentSet(
                        "harmony, strict and no JSON",
                        HARMONY,
                        "<|channel|>commentary to=functions.book json<|message|>{\"n\"<|call|>",
                        "!NO_JSON"),
                argumentSet(
                        "harmony, nothing offered",
                        Requests.chat(PromptFormat.HARMONY, user("Hi")),
                        "<|channel|>commentary to=functions.clock json<|message|>{}<|call|>",
                        "!NOT_OFFERED"),
                argumentSet(
                        "qwen, a function nobody offered",
                        QWEN,
                        "</think><tool_call>\n<function=rm>\n</function>\n</tool_call>",
                        "!NOT_OFFERED"),
                argumentSet(
                        "qwen, nothing in the call", QWEN, "</think><tool_call>\nrm -rf\n</tool_call>", "!NOT_OFFERED"),
                argumentSet(
                        "qwen, strict and not fitting",
                        QWEN,
                        "</think><tool_call>\n"
                                + "<function=book>\n"
                                + "<parameter=n>\n"
                                + "x\n"
                                + "</parameter>\n"
                                + "</function>\n"
                                + "</tool_call>",
                        "!DOES_NOT_FIT"),
                argumentSet(
                        "qwen, nothing offered",
                        Requests.chat(PromptFormat.QWEN3_5, user("Hi")),
                        "</think>\n\n<tool_call>\n<function=x>\n</function>\n</tool_call>",
                        "!NOT_OFFERED"),
                argumentSet(
                        "qwen, broken JSON",
                        QWEN,
                        "</think><tool_call>\n{\"name\": \"clock\", \"arg\n</tool_call>",
                        "!NOT_OFFERED"),
                argumentSet(
                        "gemma, a function nobody offered", GEMMA, "<|tool_call>call:rm{}<tool_call|>", "!NOT_OFFERED"),
                argumentSet(
                        "gemma, strict and not fitting",
                        GEMMA,
                        "<|tool_call>call:book{n:<|\"|>x<|\"|>}<tool_call|>",
                        "!DOES_NOT_FIT"));
    }

    @Test
    void theNameComesFirstAndArgumentsWhileTheyAreWritten() {
        AnswerDecoder decoder = decoder(QWEN);
        decoder.feed("</think>\n\n<tool_call>\n<function=get_weather>\n<parameter=city>\nPar");

        List<CompletionEvent.Content> events = new ArrayList<>(decoder.feed("is, t"));
        assertThat(events).allSatisfy(event -> assertThat(event).isInstanceOf(CompletionEvent.ToolCallPiece.class));
        assertThat(events.stream().map(event -> ((CompletionEvent.ToolCallPiece) event).arguments()))
                .containsExactly("is, t");
    }

    @Test
    void everyCallHasAnIdOfItsOwnInItsFirstPieceOnly() {
        String call = "<|tool_call>call:clock{}<tool_call|>";
        AnswerDecoder decoder = Prompt.of(GEMMA, RawText.USUAL, LocalDate.EPOCH).decoder("call_x_");
        List<CompletionEvent.Content> events = new ArrayList<>(decoder.feed(call + call));
        events.addAll(decoder.finish());

        assertThat(events.stream()
                        .map(event -> (CompletionEvent.ToolCallPiece) event)
                        .filter(piece -> piece.name().isPresent())
                        .map(piece -> piece.index() + " " + piece.id().orElseThrow()))
                .containsExactly("0 call_x_0", "1 call_x_1");
        assertThat(events.stream()
                        .map(event -> (CompletionEvent.ToolCallPiece) event)
                        .filter(piece -> piece.name().isEmpty())
                        .allMatch(piece -> piece.id().isEmpty()))
                .isTrue();
    }

    private static String qwen(String... arguments) {
        StringBuilder call = new StringBuilder("<tool_call>\n<function=get_weather>\n");
        for (int i = 0; i < arguments.length; i += 2) {
            call.append("<parameter=")
                    .append(arguments[i])
                    .append(">\n")
                    .append(arguments[i + 1])
                    .append("\n</parameter>\n");
        }
        return call.append("</function>\n</tool_call>").toString();
    }

    private static String call(String arguments) {
        return "<|tool_call>call:get_weather{" + arguments + "}<tool_call|>";
    }

    private static String named(String function) {
        return "{\"type\":\"function\",\"function\":{\"name\":\"" + function + "\"}}";
    }

    private static CompletionRequest offered(PromptFormat format, String choice) {
        return offering(
                format,
                new Tools(
                        new JsonText("[" + WEATHER + "," + CLOCK + "," + STRICT + "]"),
                        Optional.of(new JsonText(choice)),
                        Tools.Calls.ANY_NUMBER,
                        (function, arguments) -> arguments.text().equals("{\"n\":1}")),
                user("Hi"));
    }

    private static CompletionRequest one(PromptFormat format) {
        return offering(
                format, new Tools(new JsonText("[" + WEATHER + "]"), Optional.empty(), Tools.Calls.ONE), user("Hi"));
    }

    private static AnswerDecoder decoder(CompletionRequest request) {
        return Prompt.of(request, new RawText(false, SpecialTokens.KEPT), LocalDate.EPOCH)
                .decoder("c");
    }

    /** Reasoning in braces; a call that was cut ends with a tilde, an invalid one with its fault. */
    private static String read(AnswerDecoder decoder, List<String> pieces) {
        List<CompletionEvent.Content> events = new ArrayList<>();
        pieces.forEach(piece -> events.addAll(decoder.feed(piece)));
        events.addAll(decoder.finish());
        StringBuilder said = new StringBuilder();
        boolean inCall = false;
        for (CompletionEvent.Content event : events) {
            switch (event) {
                case CompletionEvent.Text text -> said.append(inCall ? ")" : "").append(text.text());
                case CompletionEvent.Reasoning text ->
                    said.append('{').append(text.text()).append('}');
                case CompletionEvent.ToolCallPiece piece -> {
                    said.append(inCall && piece.name().isPresent() ? ")" : "");
                    said.append(piece.name().map(name -> name + "(").orElse("")).append(piece.arguments());
                }
            }
            inCall = event instanceof CompletionEvent.ToolCallPiece;
        }
        Optional<Fault> fault = decoder.invalidCall().map(invalid -> invalid.fault());
        String end = fault.map(found -> "!" + found).orElse(decoder.unfinished() ? "~" : inCall ? ")" : "");
        return said.append(end).toString().replace("}{", "");
    }
}
