package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.ErrorType;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageTokensCount;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.Gate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Anthropic's official SDK as customers use it, with its retries, through both fronts. */
@Timeout(120)
class AnthropicSdkTest {
    private static final String TEXT = "one two three four five six seven";

    /** Has a target of protocol {@code openai}. */
    private static final String WITH_TOOLS = "gpt-oss-120b";

    /** What the simulated models call, and with which arguments, is what the user says. */
    private static final String WISH = "call look_up {\"text\":\"the lighthouse\"}";

    private static SdkBench bench;

    private final RecordedSleep sleep = new RecordedSleep();

    @BeforeAll
    static void start() throws Exception {
        bench = new SdkBench();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    private static MessageCreateParams.Builder message(String model) {
        return MessageCreateParams.builder().model(model).maxTokens(100).addUserMessage(TEXT);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void modelsAreListedAndRetrieved(Front front) {
        assertThat(bench.anthropic(front, sleep).models().list().autoPager().stream()
                        .map(model -> model.id()))
                .contains("gemma-4-26b", "gpt-oss-120b", "gpt-oss-20b", "qwen-3.5-9b");
        assertThat(bench.anthropic(front, sleep)
                        .models()
                        .retrieve("gemma-4-26b")
                        .displayName())
                .isEqualTo("Gemma 4 26B");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aMessageIsAnsweredWholeWithUsage(Front front) {
        Message answer = bench.anthropic(front, sleep)
                .messages()
                .create(message("gemma-4-26b").system("Be brief.").build());

        assertThat(answer.isValid()).isTrue();
        assertThat(answer.content().getFirst().asText().text()).isEqualTo(TEXT);
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.usage().outputTokens()).isEqualTo(9);
        assertThat(answer.usage().inputTokens()).isGreaterThan(7);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aStreamedMessageAddsUpToAMessageWithUsage(Front front) {
        List<RawMessageStreamEvent> events = streamed(front, message("gpt-oss-20b"));
        Message answer = sum(events);

        assertThat(events).allMatch(RawMessageStreamEvent::isValid);
        assertThat(answer.content().getFirst().asText().text()).isEqualTo(TEXT);
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.usage().outputTokens()).isEqualTo(11);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void whoGoesAwayInTheMiddleLeavesNoSlotBehindAndIsBilled(Front front) throws InterruptedException {
        SdkBench.Model model = bench.model(FastPortal.PROMPT);
        Gate third = model.session().holdFrom(2);
        try (var stream = bench.anthropic(front, sleep)
                .messages()
                .createStreaming(message(model.alias()).build())) {
            assertThat(stream.stream().findFirst()).isPresent();
            third.awaitReached(Duration.ofSeconds(30));
        }
        third.open();

        // The session bears one request at a time, so this one is answered when the slot is free, and refused if it is
        // not.
        assertThat(sum(streamed(front, message(model.alias()))).content()).hasSize(1);
        assertThat(model.session().counts().maxInFlight()).isEqualTo(1);
        assertThat(bench.fast().usage(model.alias(), 2))
                .extracting(request -> request.get("completionTokens"))
                .containsExactly(BigDecimal.valueOf(10), BigDecimal.valueOf(10));
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anAnswerThatFailedIsAskedForAgainAfterTheTimeWeSay(Front front) {
        SdkBench.Model model =
                bench.model(FastPortal.PROMPT.withFault(Fault.ERROR_500).withFaultTimes(1));

        Message answer = sum(streamed(front, message(model.alias())));

        assertThat(answer.content().getFirst().asText().text()).isEqualTo(TEXT);
        assertThat(sleep.waits()).containsExactly(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aModelThatTakesNoRequestsIsOverloaded(Front front) {
        SdkBench.Model model = bench.model(FastPortal.PROMPT, "paused", Map.of());

        AnthropicServiceException error = catchThrowableOfType(
                AnthropicServiceException.class,
                () -> bench.anthropic(front, sleep)
                        .messages()
                        .create(message(model.alias()).build()));

        assertThat(error.statusCode()).isEqualTo(503);
        assertThat(error.type()).contains(ErrorType.OVERLOADED_ERROR);
        assertThat(sleep.waits()).extracting(Duration::toSeconds).containsExactly(30L, 30L);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anUnknownModelIsNotFoundAndNotAskedForAgain(Front front) {
        NotFoundException error = catchThrowableOfType(
                NotFoundException.class,
                () -> bench.anthropic(front, sleep)
                        .messages()
                        .create(message("claude-9").build()));

        assertThat(error.type()).contains(ErrorType.NOT_FOUND_ERROR);
        assertThat(error.requestId()).hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
        assertThat(sleep.waits()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void whatIsNoKeyIsUnauthorized(Front front) {
        assertThatThrownBy(() -> bench.anthropic(front)
                        .apiKey("x".repeat(300))
                        .sleeper(sleep)
                        .build()
                        .messages()
                        .create(message("gemma-4-26b").build()))
                .isInstanceOfSatisfying(
                        UnauthorizedException.class,
                        e -> assertThat(e.type()).contains(ErrorType.AUTHENTICATION_ERROR));
        assertThat(sleep.waits()).isEmpty();
    }

    static Stream<Arguments> whatIsNotServed() {
        Map<String, Object> search = Map.of("type", "web_search_20250305", "name", "web_search");
        return Stream.of(
                Arguments.of("previous_response_id", JsonValue.from("r"), "previous_response_id"),
                Arguments.of("tools", JsonValue.from(List.of(search)), "tools[0].type"),
                Arguments.of("mcp_servers", JsonValue.from(List.of(Map.of("type", "url"))), "mcp_servers"),
                Arguments.of("temperature", JsonValue.from(2), "temperature"),
                Arguments.of("stop_sequences", JsonValue.from("\n"), "stop_sequences"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("whatIsNotServed")
    void whatIsNotServedIsABadRequestThatNamesTheField(String field, JsonValue value, String named) {
        BadRequestException error = catchThrowableOfType(
                BadRequestException.class,
                () -> bench.anthropic(Front.API_GATEWAY, sleep)
                        .messages()
                        .create(message("gpt-oss-20b")
                                .putAdditionalBodyProperty(field, value)
                                .build()));

        assertThat(error.type()).contains(ErrorType.INVALID_REQUEST_ERROR);
        assertThat(error.apiMessage())
                .hasValueSatisfying(text -> assertThat(text).startsWith(named + ": "));
        assertThat(sleep.waits()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void tokensAreCountedWithoutAskingAModel(Front front) {
        MessageTokensCount counted = bench.anthropic(front, sleep)
                .messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model("gemma-4-26b")
                        .addUserMessage(TEXT)
                        .build());

        assertThat(counted.inputTokens()).isGreaterThanOrEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anEndpointThatIsNotServedIsNotFoundInItsOwnShape(Front front) {
        NotFoundException error = catchThrowableOfType(
                NotFoundException.class,
                () -> bench.anthropic(front, sleep).messages().batches().list());

        assertThat(error.type()).contains(ErrorType.NOT_FOUND_ERROR);
        assertThat(error.requestId()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aToolIsUsedAndItsResultAnswered(Front front) {
        MessageCreateParams.Builder asked = MessageCreateParams.builder()
                .model(WITH_TOOLS)
                .maxTokens(100)
                .addTool(Tool.builder()
                        .name("look_up")
                        .inputSchema(Tool.InputSchema.builder().build())
                        .build())
                .addUserMessage(WISH);
        Message called = sum(streamed(front, asked));

        assertThat(called.stopReason()).contains(StopReason.TOOL_USE);
        ToolUseBlock use = called.content().getFirst().asToolUse();
        assertThat(use.name()).isEqualTo("look_up");
        assertThat(use._input()).isEqualTo(JsonValue.from(Map.of("text", "the lighthouse")));

        Message answered = bench.anthropic(front, sleep)
                .messages()
                .create(asked.addMessage(called)
                        .addUserMessageOfContentBlockParams(List.of(
                                ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                        .toolUseId(use.id())
                                        .content("it stands")
                                        .build()),
                                ContentBlockParam.ofText("thank you")))
                        .build());
        assertThat(answered.content().getFirst().asText().text()).isEqualTo("thank you");
    }

    private List<RawMessageStreamEvent> streamed(Front front, MessageCreateParams.Builder asked) {
        try (var stream = bench.anthropic(front, sleep).messages().createStreaming(asked.build())) {
            return stream.stream().toList();
        }
    }

    private static Message sum(List<RawMessageStreamEvent> events) {
        MessageAccumulator sum = MessageAccumulator.create();
        events.forEach(sum::accumulate);
        return sum.message();
    }
}
