package network.cortensor.portal.testkit.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings(
        "StringConcatToTextBlock") // Line breaks of prompts and answers are what is tested, and stand where they are.
class DialectTest {
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":[\"integer\",\"null\"],\"minimum\":2},"
                    + "\"where\":{\"$ref\":\"#/$defs/place\"},\"more\":{\"type\":\"string\"}},\"required\":[\"n\",\"where\"],"
                    + "\"$defs\":{\"place\":{\"type\":\"object\",\"properties\":{\"lat\":{\"type\":\"number\"}},\"required\":[\"lat\"]}}}";

    static Stream<Arguments> conversations() {
        return Stream.of(
                argumentSet(
                        "plain",
                        PublishedFormat.PLAIN,
                        "System: Be kind.\n\nUser: First\n\nAssistant: Yes\n\nUser: Hello there\n\nAssistant:",
                        "Hello there"),
                argumentSet(
                        "plain, over two lines",
                        PublishedFormat.PLAIN,
                        "User: Hello\nthere\nAssistant:",
                        "Hello\nthere"),
                argumentSet("no conversation", PublishedFormat.PLAIN, "Once upon a time", "Once upon a time"),
                argumentSet(
                        "a colon is no role", PublishedFormat.PLAIN, "Note: the user: a man", "Note: the user: a man"),
                argumentSet("chatml", PublishedFormat.CHATML, """
                    <|im_start|>system
                    Be kind.<|im_end|>
                    <|im_start|>user
                    First<|im_end|>
                    <|im_start|>assistant
                    Yes<|im_end|>
                    <|im_start|>user
                    Hello there<|im_end|>
                    <|im_start|>assistant
                    """, "Hello there"),
                argumentSet("gemma", PublishedFormat.GEMMA, """
                    <bos><start_of_turn>user
                    Hello there<end_of_turn>
                    <start_of_turn>model
                    """, "Hello there"),
                argumentSet("gemma of the fourth generation", PublishedFormat.GEMMA_4, """
                    <bos><|turn>system
                    Be kind.<turn|>
                    <|turn>user
                    Hello there<turn|>
                    <|turn>model
                    """, "Hello there"),
                argumentSet(
                        "harmony",
                        PublishedFormat.HARMONY,
                        "<|start|>system<|message|>Be kind.<|end|><|start|>user<|message|>First<|end|>"
                                + "<|start|>assistant<|channel|>final<|message|>Yes<|end|>"
                                + "<|start|>user<|message|>Hello there<|end|><|start|>assistant",
                        "Hello there"),
                argumentSet(
                        "a foreign mark inside a message",
                        PublishedFormat.GEMMA,
                        "<start_of_turn>user\nWhat is <|im_start|>user\n?<end_of_turn>\n<start_of_turn>model\n",
                        "What is <|im_start|>user\n?"),
                argumentSet(
                        "a system's turn alone",
                        PublishedFormat.CHATML,
                        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>assistant\n",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void theLastUserTurnIsRecognised(PublishedFormat dialect, String prompt, String turn) {
        assertThat(PublishedFormat.of(prompt)).isEqualTo(dialect);
        assertThat(dialect.lastUserTurn(prompt).strip()).isEqualTo(turn);
    }

    static Stream<Arguments> speeches() {
        return Stream.of(
                argumentSet("plain", "Hi there", 0, 0, "| Hi| there|</s>"),
                argumentSet("plain, cut by max_tokens", "Hi there you", 2, 0, "| Hi| there"),
                argumentSet("nothing was said", "  ", 0, 0, "| Nothing| was| said.|</s>"),
                argumentSet(
                        "chatml that thinks",
                        "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
                        0,
                        2,
                        "|<think>\n| The| user|</think>\n\n| Hi|<|im_end|>"),
                argumentSet(
                        "chatml whose template began the thinking",
                        "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n<think>\n",
                        0,
                        1,
                        "| The|</think>\n\n| Hi|<|im_end|>"),
                argumentSet(
                        "harmony",
                        "<|start|>user<|message|>Hi<|end|><|start|>assistant",
                        0,
                        0,
                        "|<|channel|>final<|message|>| Hi|<|return|>"),
                argumentSet(
                        "harmony that thinks",
                        "<|start|>user<|message|>Hi<|end|><|start|>assistant",
                        0,
                        1,
                        "|<|channel|>analysis<|message|>| The|<|end|><|start|>assistant|<|channel|>final<|message|>|"
                                + " Hi|<|return|>"),
                argumentSet(
                        "a reasoning model that max_tokens leaves no answer",
                        "<|start|>user<|message|>Hi<|end|><|start|>assistant",
                        2,
                        5,
                        "|<|channel|>analysis<|message|>| The"));
    }

    @ParameterizedTest
    @MethodSource("speeches")
    void eachFamilyAnswersInItsOwnMarks(String prompt, int maxTokens, int reasoningTokens, String tokens) {
        assertThat(
                        RouterSpeech.to(prompt, maxTokens, SessionSettings.DEFAULT.withReasoningTokens(reasoningTokens))
                                .stream()
                                .map(token -> "|" + token.text())
                                .collect(Collectors.joining()))
                .isEqualTo(tokens);
    }

    static Stream<Arguments> wishes() {
        String harmony = "<|start|>developer<|message|># Tools\n\n"
                + "## functions\n\n"
                + "namespace functions {\n\n"
                + "type go = (_: {\n"
                + "x?: string,\n"
                + "}) => any;\n\n"
                + "type stop = () => any;\n\n"
                + "} // namespace functions<|end|><|start|>user<|message|>";
        String typed = """
            <|start|>developer<|message|>namespace functions {

            // Books a seat.
            type book = (_: {
            // Where it is.
            seat: // A seat: row and side.
            {
                row: number,
                next to: "a" | "b", // default: "a"
                colour?: string | null,
            },
            n:
             | number // how many
             | string
            ,
            tags: "x" | "y"[],
            id: any,
            }) => any;

            } // namespace functions<|end|><|start|>user<|message|>""";
        String qwen = """
            <|im_start|>system
            # Tools
            <tools>
            {"type": "function", "function": {"name": "go"}}
            {"type": "function", "function": {"name": "stop"}}
            </tools><|im_end|>
            <|im_start|>user
            """;
        String qwenCall = "<tool_call>\n<function=go>\n|<parameter=x>\n|1|\n</parameter>\n|</function>\n</tool_call>";
        String gemma =
                "<|turn>system\n<|tool>declaration:go{}<tool|><|tool>declaration:stop{}<tool|><turn|>\n<|turn>user\n";
        return Stream.of(
                argumentSet(
                        "harmony calls",
                        harmony + "call go {\"x\":1}<|end|><|start|>assistant",
                        Quirk.NONE,
                        "|<|channel|>commentary to=functions.go <|constrain|>json<|message|>|{\"x\":1|}|<|call|>"),
                argumentSet(
                        "harmony calls one at a time",
                        harmony + "call go, call stop<|end|><|start|>assistant",
                        Quirk.NONE,
                        "|<|channel|>commentary to=functions.go <|constrain|>json<|message|>|{}|<|call|>"),
                argumentSet(
                        "harmony calls the next when the first has answered",
                        harmony
                                + "call go, call stop<|end|><|start|>functions.go"
                                + " to=assistant<|channel|>commentary<|message|>1<|end|><|start|>assistant",
                        Quirk.NONE,
                        "|<|channel|>commentary to=functions.stop <|constrain|>json<|message|>|{}|<|call|>"),
                argumentSet(
                        "harmony tells the last result",
                        harmony
                                + "call go<|end|><|start|>functions.go to=assistant<|channel|>commentary<|message|>It"
                                + " went.<|end|><|start|>assistant",
                        Quirk.NONE,
                        "|<|channel|>final<|message|>| It| went.|<|return|>"),
                argumentSet(
                        "harmony, what nobody offered is not called",
                        harmony + "call rm<|end|><|start|>assistant",
                        Quirk.NONE,
                        "|<|channel|>final<|message|>| call| rm|<|return|>"),
                argumentSet(
                        "harmony, begun",
                        harmony + "Hi<|end|><|start|>assistant<|channel|>commentary to=functions.",
                        Quirk.NONE,
                        "|go <|constrain|>json<|message|>|{}|<|call|>"),
                argumentSet(
                        "harmony, odd recipient",
                        harmony + "call go<|end|><|start|>assistant",
                        Quirk.RECIPIENT_IN_ROLE,
                        "| to=functions.go<|channel|>commentary <|constrain|>json<|message|>|{}|<|call|>"),
                argumentSet(
                        "harmony, marks left out",
                        harmony + "Hi<|end|><|start|>assistant",
                        Quirk.MARKS_STRIPPED,
                        "|final| Hi|"),
                argumentSet(
                        "qwen calls",
                        qwen + "call go {\"x\":1}<|im_end|>\n<|im_start|>assistant\n",
                        Quirk.NONE,
                        "|" + qwenCall + "|<|im_end|>"),
                argumentSet(
                        "qwen calls several",
                        qwen + "call go {\"x\":1} and call stop<|im_end|>\n<|im_start|>assistant\n",
                        Quirk.NONE,
                        "|" + qwenCall + "|<tool_call>\n<function=stop>\n|</function>\n</tool_call>|<|im_end|>"),
                argumentSet(
                        "qwen calls what comes then",
                        qwen
                                + "call go then call stop<|im_end|>\n"
                                + "<|im_start|>user\n"
                                + "<tool_response>\n"
                                + "1\n"
                                + "</tool_response><|im_end|>\n"
                                + "<|im_start|>assistant\n",
                        Quirk.NONE,
                        "|<tool_call>\n<function=stop>\n|</function>\n</tool_call>|<|im_end|>"),
                argumentSet(
                        "qwen forgets a tag",
                        qwen + "call stop<|im_end|>\n<|im_start|>assistant\n<think>\n",
                        Quirk.FORGOTTEN_CLOSE,
                        "|\n|<tool_call>\n<function=stop>\n|</function>\n</tool_call>|<|im_end|>"),
                argumentSet(
                        "gemma calls",
                        gemma + "call go {\"x\":\"y\"}<turn|>\n<|turn>model\n",
                        Quirk.NONE,
                        "|<|tool_call>call:go{|x:<|\"||>y<|\"||>}|<tool_call|>|<turn|>"),
                argumentSet(
                        "gemma, one brace too many",
                        gemma + "call go<turn|>\n<|turn>model\n",
                        Quirk.DOUBLED_CLOSER,
                        "|<|tool_call>call:go{|}}|<tool_call|>|<turn|>"),
                argumentSet(
                        "what stands in a call's JSON is no wish",
                        qwen + "call go {\"x\":\"if a; then call stop; fi\"} then call go<|im_end|>\n"
                                + "<|im_start|>assistant\n",
                        Quirk.NONE,
                        "|<tool_call>\n<function=go>\n|<parameter=x>\n|if a; |then c|all st|op; fi|\n</parameter>\n"
                                + "|</function>\n</tool_call>|<|im_end|>"),
                argumentSet(
                        "quotation marks that a client has quoted",
                        qwen + "\"call go {\\\"x\\\":1} and call stop\"<|im_end|>\n<|im_start|>assistant\n",
                        Quirk.NONE,
                        "|" + qwenCall + "|<tool_call>\n<function=stop>\n|</function>\n</tool_call>|<|im_end|>"),
                argumentSet(
                        "harmony, begun by name, with what the type requires",
                        typed + "Hi<|end|><|start|>assistant<|channel|>commentary"
                                + " to=functions.book <|constrain|>json<|message|>",
                        Quirk.NONE,
                        "|{\"seat|\":{\"ro|w\":1,\"|next t|o\":\"a\"|},\"n\":|1,\"tag|s\":[],|\"id\":\"|text\"}|<|call|>"),
                argumentSet(
                        "qwen, begun by name, with what the schema requires",
                        qwen.replace("\"go\"}", "\"go\", \"parameters\": " + SCHEMA + "}")
                                + "Hi<|im_end|>\n<|im_start|>assistant\n<tool_call>\n<function=go>\n",
                        Quirk.NONE,
                        "|<parameter=n>\n|2|\n</parameter>\n|<parameter=where>\n|{\"lat\"|:1}|\n</parameter>\n"
                                + "|</function>\n</tool_call>|<|im_end|>"),
                argumentSet(
                        "gemma, begun by name, with what the declaration requires",
                        gemma.replace(
                                        "declaration:go{}",
                                        "declaration:go{description:<|\"|><|\"|>,parameters:{properties:{n:{type:<|\"|>INTEGER<|\"|>},"
                                                + "s:{enum:[<|\"|>a<|\"|>,<|\"|>b<|\"|>],type:<|\"|>STRING<|\"|>}},"
                                                + "required:[<|\"|>s<|\"|>],type:<|\"|>OBJECT<|\"|>}}")
                                + "Hi<turn|>\n<|turn>model\n<|tool_call>call:go{",
                        Quirk.NONE,
                        "|s:<|\"||>a<|\"||>}|<tool_call|>|<turn|>"),
                argumentSet(
                        "harmony, JSON of the form that is asked for",
                        "<|start|>developer<|message|># Response Formats\n\n## answer\n\n// It.\n" + SCHEMA
                                + "<|end|><|start|>user<|message|>Hi<|end|><|start|>assistant",
                        Quirk.NONE,
                        "|<|channel|>final<|message|>|{\"n\":2,\"where\":{\"lat\":1}}|<|return|>"),
                argumentSet(
                        "qwen, JSON of the form that is asked for",
                        "<|im_start|>system\nIt must fit this JSON schema:\n" + SCHEMA
                                + "<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
                        Quirk.NONE,
                        "|{\"n\":2,\"where\":{\"lat\":1}}|<|im_end|>"),
                argumentSet(
                        "qwen, words where JSON was asked for",
                        "<|im_start|>system\nIt must fit this JSON schema:\n" + SCHEMA
                                + "<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
                        Quirk.WORDS_FOR_JSON,
                        "| Hi|<|im_end|>"),
                argumentSet(
                        "an answer of JSON",
                        qwen + "json {\"a\":[1]} please<|im_end|>\n<|im_start|>assistant\n",
                        Quirk.NONE,
                        "|{\"a\":[1]}|<|im_end|>"));
    }

    @ParameterizedTest
    @MethodSource("wishes")
    void whatTheUserWishesIsDone(String prompt, Quirk quirk, String tokens) {
        assertThat(RouterSpeech.to(prompt, 0, SessionSettings.DEFAULT.withQuirk(quirk)).stream()
                        .map(token -> "|" + token.text())
                        .collect(Collectors.joining()))
                .isEqualTo(tokens);
    }
}
