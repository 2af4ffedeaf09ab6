package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.api.CustomerReading.Read;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.dispatch.Delivery;
import network.cortensor.portal.dispatch.Job;
import network.cortensor.portal.dispatch.Outcome;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;
import network.cortensor.portal.router.RouterKeys;
import network.cortensor.portal.router.Routers;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.WireSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What routers were seen to give, through real connections, real readers and real formats: wherever the text is cut into events and the
 * events into chunks, asked for as a stream or whole, read in any API, it is the same answer, the same thoughts and the same calls.
 */
class SaidOverTheWireTest {
    private static final String FUNCTION = "get_weather";
    private static final List<CustomerReading> READINGS = List.of(CustomerReading.values());
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private static final CallTimes STREAMED =
            new CallTimes(new CallTimes.Shape.Streamed(LONG, LONG, LONG), CONNECT, LONG);
    private static final CallTimes WHOLE = new CallTimes(new CallTimes.Shape.Whole(LONG), CONNECT, LONG);

    private final Routers routers =
            new Routers(WireSettings.within(Boundary.LOCAL), RouterKeys.NONE, new SecureRandom());
    private final ApiRig rig = new ApiRig();
    private final ApiHandler handler = rig.handler();
    private PieceServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new PieceServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("given")
    void allCustomersReadTheSame(PromptFormat format, String raw, Read expected) {
        for (CustomerReading reading : READINGS) {
            assertThat(read(format, List.of(raw), WHOLE, reading))
                    .as("whole, %s", reading)
                    .isEqualTo(expected);
            assertThat(read(format, characters(raw), STREAMED, reading))
                    .as("character by character, %s", reading)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("given")
    void everyCutReadsTheSame(PromptFormat format, String raw, Read expected) {
        for (int cut = 1; cut < raw.length(); cut++) {
            List<String> pieces = List.of(raw.substring(0, cut), raw.substring(cut));
            CustomerReading reading = READINGS.get(cut % READINGS.size());

            assertThat(read(format, pieces, STREAMED, reading))
                    .as("%s, %s", pieces, reading)
                    .isEqualTo(expected);
        }
    }

    static Stream<Arguments> given() {
        return Stream.of(
                argumentSet(
                        "D2 marks stripped",
                        PromptFormat.HARMONY,
                        "analysisThe user greets.assistantfinalHello!",
                        new Read("Hello!", "The user greets.", "")),
                argumentSet(
                        "D2 an analysis that is the answer",
                        PromptFormat.HARMONY,
                        "Analysis of the poem: it rhymes.",
                        new Read("Analysis of the poem: it rhymes.", "", "")),
                argumentSet(
                        "D2 a preamble, marks stripped",
                        PromptFormat.HARMONY,
                        "analysisHm.assistantcommentaryI look.assistantfinalYes",
                        new Read("I look.\n\nYes", "Hm.", "")),
                argumentSet(
                        "D2 a call, marks stripped",
                        PromptFormat.HARMONY,
                        "commentary to=functions.get_weather json{\"city\":\"Paris\"}",
                        new Read("", "", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "D2 a thought and a call, marks stripped",
                        PromptFormat.HARMONY,
                        "analysisHm.assistantcommentary to=functions.get_weather json{\"city\":\"Paris\"}",
                        new Read("", "Hm.", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "D3 closing tag only",
                        PromptFormat.QWEN3,
                        "Hm, greet.\n</think>\n\nHello!<|im_end|>",
                        new Read("Hello!", "Hm, greet.", "")),
                argumentSet(
                        "D3 closing tag only, same line",
                        PromptFormat.QWEN3,
                        "greet.</think>Hello!",
                        new Read("Hello!", "greet.", "")),
                argumentSet(
                        "D3 qwen 3.5",
                        PromptFormat.QWEN3_5,
                        "Hm, greet.\n</think>\n\nHello!<|im_end|>",
                        new Read("Hello!", "Hm, greet.", "")),
                argumentSet(
                        "D3 qwen 3.5, same line",
                        PromptFormat.QWEN3_5,
                        "greet.</think>Hello!",
                        new Read("Hello!", "greet.", "")),
                argumentSet(
                        "D3 closed twice",
                        PromptFormat.QWEN3_5,
                        "a\n</think>\n\n</think>\n\nHello!",
                        new Read("Hello!", "a", "")),
                argumentSet(
                        "D5 a preamble",
                        PromptFormat.HARMONY,
                        "<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>commentary<|message|>I look it up.<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Paris\"}<|call|>",
                        new Read("I look it up.", "Hm", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "D7 text before the channel",
                        PromptFormat.GEMMA4,
                        "Sure. <|channel>thought\nHm<channel|>Hello!<turn|>",
                        new Read("Sure. \n\nHello!", "Hm", "")),
                argumentSet(
                        "D7 no label",
                        PromptFormat.GEMMA4,
                        "<|channel>Hm, greet.<channel|>Hello!<turn|>",
                        new Read("Hello!", "Hm, greet.", "")),
                argumentSet(
                        "D7 a final channel",
                        PromptFormat.GEMMA4,
                        "<|channel>thought\nHm<channel|><|channel>final\nHello!<channel|>",
                        new Read("Hello!", "Hm", "")),
                argumentSet(
                        "D8 an indent, harmony",
                        PromptFormat.HARMONY,
                        "<|channel|>final<|message|>    indented\n    too<|return|>",
                        new Read("    indented\n    too", "", "")),
                argumentSet(
                        "D8 an indent, qwen",
                        PromptFormat.QWEN3_5,
                        "Hm\n</think>\n\n    indented<|im_end|>",
                        new Read("    indented", "Hm", "")),
                argumentSet(
                        "D8 an indent, gemma",
                        PromptFormat.GEMMA4,
                        "    indented<turn|>",
                        new Read("    indented", "", "")),
                argumentSet(
                        "D8 an indent, plain",
                        PromptFormat.PLAIN,
                        "\n\n    indented</s>",
                        new Read("    indented", "", "")),
                argumentSet(
                        "D9 the role said again",
                        PromptFormat.HARMONY,
                        "assistant<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>final<|message|>Hello!<|return|>",
                        new Read("Hello!", "Hm", "")),
                argumentSet(
                        "D9 the role twice",
                        PromptFormat.HARMONY,
                        "assistant<|channel|>final<|message|>Hello!<|end|>",
                        new Read("Hello!", "", "")),
                argumentSet(
                        "E a return and text behind it",
                        PromptFormat.HARMONY,
                        "<|channel|>final<|message|>Hello!<|return|>More",
                        new Read("Hello!", "", "")),
                argumentSet(
                        "E no opener",
                        PromptFormat.HARMONY,
                        "<|channel|>analysis<|message|>Hm<|end|><|channel|>final<|message|>Hello!",
                        new Read("Hello!", "Hm", "")),
                argumentSet(
                        "E a type in final",
                        PromptFormat.HARMONY,
                        "<|channel|>final <|constrain|>json<|message|>[1]<|return|>",
                        new Read("[1]", "", "")),
                argumentSet(
                        "E two think blocks",
                        PromptFormat.QWEN3,
                        "<think>a</think>\n\n<think>b</think>\n\nHello!<|im_end|>",
                        new Read("Hello!", "a\n\nb", "")),
                argumentSet(
                        "E an empty think block",
                        PromptFormat.QWEN3,
                        "<think>\n\n</think>\n\nHello!<|im_end|>",
                        new Read("Hello!", "", "")),
                argumentSet(
                        "E tags that are spoken about",
                        PromptFormat.QWEN3,
                        "Use `<think>` and `</think>`.<|im_end|>",
                        new Read("Use `<think>` and `</think>`.", "", "")),
                argumentSet(
                        "E beyond the basic plane",
                        PromptFormat.QWEN3_5,
                        "🙂 naïve\n</think>\n\n🙃 Größe 鳥!<|im_end|>",
                        new Read("🙃 Größe 鳥!", "🙂 naïve", "")),
                argumentSet(
                        "a call, harmony",
                        PromptFormat.HARMONY,
                        "<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Paris\"}<|call|>",
                        new Read("", "Hm", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "a call, recipient in the role",
                        PromptFormat.HARMONY,
                        " to=functions.get_weather<|channel|>commentary json<|message|>{\"city\":\"Paris\"}<|call|>",
                        new Read("", "", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "a call, unclosed",
                        PromptFormat.HARMONY,
                        "<|channel|>commentary to=functions.get_weather<|constrain|>json<|message|>{\"city\":\"Paris\"}",
                        new Read("", "", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "a call, qwen",
                        PromptFormat.QWEN3_5,
                        "Hm\n</think>\n\nI look.\n\n<tool_call>\n<function=get_weather>\n<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call><|im_end|>",
                        new Read("I look.\n\n", "Hm", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "a call, thought not closed",
                        PromptFormat.QWEN3_5,
                        "Hm\n<tool_call>\n<function=get_weather>\n<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call><|im_end|>",
                        new Read("", "Hm", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "two calls, qwen",
                        PromptFormat.QWEN3_5,
                        "Hm\n</think>\n\n<tool_call>\n<function=get_weather>\n<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call>\n<tool_call>\n<function=get_weather>\n<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call><|im_end|>",
                        new Read("", "Hm", "get_weather{\"city\":\"Paris\"}get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "a value with a closing tag",
                        PromptFormat.QWEN3_5,
                        "a</think><tool_call>\n<function=get_weather>\n<parameter=city>\nx</parameter>y\n</parameter>\n</function>\n</tool_call>",
                        new Read("", "a", "get_weather{\"city\":\"x</parameter>y\"}")),
                argumentSet(
                        "a call, gemma",
                        PromptFormat.GEMMA4,
                        "<|channel>thought\nHm<channel|><|tool_call>call:get_weather{city:<|\"|>Paris<|\"|>}<tool_call|><turn|>",
                        new Read("", "Hm", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "a call, gemma, doubled closer",
                        PromptFormat.GEMMA4,
                        "<|tool_call>call:get_weather{city:<|\"|>Paris<|\"|>}}<tool_call|><turn|>",
                        new Read("", "", "get_weather{\"city\":\"Paris\"}")),
                argumentSet(
                        "a call, gemma, JSON's quotes",
                        PromptFormat.GEMMA4,
                        "<|tool_call>call:get_weather{\"city\":\"Paris\"}<tool_call|><turn|>",
                        new Read("", "", "get_weather{\"city\":\"Paris\"}")));
    }

    private static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    private Read read(PromptFormat format, List<String> pieces, CallTimes times, CustomerReading reading) {
        server.say(pieces);
        rig.aliases = Fixtures.catalog(format);
        rig.dispatcher = (job, delivery) -> relayed(job, times, delivery);
        rig.now = rig.now.plusSeconds(1);
        CustomerAnswer answer = rig.send(
                handler,
                reading.call(format == PromptFormat.PLAIN || format == PromptFormat.QWEN3 ? "" : FUNCTION)
                        .event());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return reading.read(answer);
    }

    private Outcome relayed(Job job, CallTimes times, Delivery delivery) throws IOException, InterruptedException {
        try (RouterCall call = routers.open(target(), ApiRig.asked(job), times)) {
            while (true) {
                Optional<RouterEvent> next = call.next(LONG);
                switch (next.orElseThrow()) {
                    case RouterEvent.Said said -> {
                        delivery.deliver(said.event());
                        if (said.event() instanceof CompletionEvent.End) {
                            return new Outcome.Answered(ApiRig.EFFORT);
                        }
                    }
                    case RouterEvent.Failed failed ->
                        throw new AssertionError(failed.failure().kind());
                }
            }
        }
    }

    private Target target() {
        return new Target(
                new TargetId("pool", "target"),
                server.url(),
                new Protocol.Cortensor(2, Protocol.SessionForm.BODY, 168, new RawText(false, SpecialTokens.KEPT)),
                Capacity.ONE,
                1,
                State.LIVE,
                Optional.empty());
    }
}
