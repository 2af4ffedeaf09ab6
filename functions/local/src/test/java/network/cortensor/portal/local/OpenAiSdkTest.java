package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputText;
import com.openai.models.responses.ResponseStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

/** OpenAI's official SDK as customers use it, with its retries, through both fronts. */
@Timeout(120)
class OpenAiSdkTest {
    private static final String TEXT = "one two three four five six seven";
    private static final String PROMPT_ONLY = "gpt-oss-20b";

    /** Has a target of protocol {@code openai}. */
    private static final String WITH_TOOLS = "gpt-oss-120b";

    /** What the simulated models call, and with which arguments, is what the user says. */
    private static final String WISH = "call look_up {\"text\":\"the lighthouse\"}";

    private static final String ARGUMENTS = "{\"text\":\"the lighthouse\"}";

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

    private static ChatCompletionCreateParams.Builder chat(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(TEXT);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void modelsAreListed(Front front) {
        assertThat(bench.openAi(front, sleep).models().list().autoPager().stream()
                        .map(Model::id))
                .contains("gemma-4-26b", "gpt-oss-120b", "gpt-oss-20b", "qwen-3.5-9b");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aModelIsRetrieved(Front front) {
        Model model = bench.openAi(front, sleep).models().retrieve(PROMPT_ONLY);

        assertThat(model.isValid()).isTrue();
        assertThat(model.ownedBy()).isEqualTo("cortensor");
        assertThat(model.id()).isEqualTo(PROMPT_ONLY);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aChatIsAnsweredWholeWithUsage(Front front) {
        ChatCompletion completion = bench.openAi(front, sleep)
                .chat()
                .completions()
                .create(chat(PROMPT_ONLY).build());

        assertThat(completion.isValid()).isTrue();
        assertThat(completion.choices().getFirst().message().content()).contains(TEXT);
        assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(11);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aChatIsStreamedWithUsageInTheLastChunk(Front front) {
        List<ChatCompletionChunk> chunks = streamed(
                front,
                chat("qwen-3.5-9b")
                        .streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build()));

        assertThat(chunks).allMatch(ChatCompletionChunk::isValid);
        assertThat(text(chunks)).isEqualTo(TEXT);
        assertThat(chunks.getLast().choices()).isEmpty();
        assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isEqualTo(10);
        assertThat(chunks.subList(0, chunks.size() - 1))
                .allMatch(chunk -> chunk.usage().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aStreamedChatAddsUpToACompletion(Front front) {
        ChatCompletionAccumulator sum = ChatCompletionAccumulator.create();
        streamed(front, chat("gemma-4-26b")).forEach(sum::accumulate);

        assertThat(sum.chatCompletion().choices().getFirst().message().content())
                .contains(TEXT);
        assertThat(sum.chatCompletion().choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aBarePromptIsContinuedWholeAndStreamed(Front front) {
        CompletionCreateParams prompt =
                CompletionCreateParams.builder().model(PROMPT_ONLY).prompt(TEXT).build();

        assertThat(bench.openAi(front, sleep)
                        .completions()
                        .create(prompt)
                        .choices()
                        .getFirst()
                        .text()
                        .strip())
                .isEqualTo(TEXT);
        try (var stream = bench.openAi(front, sleep).completions().createStreaming(prompt)) {
            assertThat(stream.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .map(choice -> choice.text())
                            .collect(Collectors.joining())
                            .strip())
                    .isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void whoGoesAwayInTheMiddleLeavesNoSlotBehindAndIsBilled(Front front) throws InterruptedException {
        SdkBench.Model model = bench.model(FastPortal.PROMPT);
        Gate third = model.session().holdFrom(2);
        try (var stream = bench.openAi(front, sleep)
                .chat()
                .completions()
                .createStreaming(chat(model.alias()).build())) {
            assertThat(stream.stream().findFirst()).isPresent();
            third.awaitReached(Duration.ofSeconds(30));
        }
        third.open();

        // The session bears one request at a time, so this one is answered when the slot is free, and refused if it is
        // not.
        assertThat(text(streamed(front, chat(model.alias())))).isEqualTo(TEXT);
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

        var completion = bench.openAi(front, sleep)
                .chat()
                .completions()
                .create(chat(model.alias()).build());

        assertThat(completion.choices().getFirst().message().content()).contains(TEXT);
        assertThat(sleep.waits()).containsExactly(Duration.ofSeconds(5));
        assertThat(model.session().counts().served()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aBusyModelIsAskedAgainAfterTheTimeThatItsSlotsSay(Front front) throws InterruptedException {
        SdkBench.Model model = bench.model(FastPortal.PROMPT, "live", Map.of("queueSeconds", BigDecimal.ONE));
        Gate second = model.session().holdFrom(1);
        try (StreamResponse<ChatCompletionChunk> first = bench.openAi(front, sleep)
                .chat()
                .completions()
                .createStreaming(chat(model.alias()).build())) {
            Iterator<ChatCompletionChunk> chunks = first.stream().iterator();
            chunks.next();
            RecordedSleep patience = new RecordedSleep(() -> {
                second.open();
                chunks.forEachRemaining(chunk -> {});
            });

            List<ChatCompletionChunk> answer = new ArrayList<>();
            try (var stream = bench.openAi(front, patience)
                    .chat()
                    .completions()
                    .createStreaming(chat(model.alias()).build())) {
                stream.stream().forEach(answer::add);
            }

            assertThat(text(answer)).isEqualTo(TEXT);
            assertThat(patience.waits())
                    .isNotEmpty()
                    .allMatch(wait ->
                            wait.compareTo(Duration.ofSeconds(1)) >= 0 && wait.compareTo(Duration.ofSeconds(60)) <= 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aModelThatTakesNoRequestsIsAskedThreeTimes(Front front) {
        SdkBench.Model model = bench.model(FastPortal.PROMPT, "paused", Map.of());

        assertThatThrownBy(() -> bench.openAi(front, sleep)
                        .chat()
                        .completions()
                        .create(chat(model.alias()).build()))
                .isInstanceOfSatisfying(InternalServerException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(503);
                    assertThat(e.code()).contains("model_unavailable");
                });
        // We say 30 s; this SDK never waits longer than 8.
        assertThat(sleep.waits()).containsExactly(Duration.ofSeconds(8), Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anAnswerThatIsLateIsNotAskedForAgain(Front front) {
        SdkBench.Model model = bench.model(
                FastPortal.PROMPT.withFault(Fault.HANG), "live", Map.of("firstTokenSeconds", new BigDecimal("1.6")));

        assertThatThrownBy(() -> streamed(front, chat(model.alias())))
                .isInstanceOfSatisfying(
                        InternalServerException.class, e -> assertThat(e.code()).contains("upstream_timeout"));
        assertThat(sleep.waits()).isEmpty();
        assertThat(model.session().counts().served()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anUnknownModelIsNotFoundAndNotAskedForAgain(Front front) {
        NotFoundException error = catchThrowableOfType(
                NotFoundException.class,
                () -> bench.openAi(front, sleep)
                        .chat()
                        .completions()
                        .create(chat("gpt-9").build()));

        assertThat(error.code()).contains("model_not_found");
        assertThat(error.param()).contains("model");
        assertThat(error.headers().values("x-request-id")).singleElement().matches(id -> id.startsWith("req_"));
        assertThatThrownBy(() -> bench.openAi(front, sleep).models().retrieve("gpt-9"))
                .isInstanceOf(NotFoundException.class);
        assertThat(sleep.waits()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void whatIsNoKeyIsUnauthorized(Front front) {
        assertThatThrownBy(() -> bench.openAi(front)
                        .apiKey("x".repeat(300))
                        .sleeper(sleep)
                        .build()
                        .chat()
                        .completions()
                        .create(chat(PROMPT_ONLY).build()))
                .isInstanceOfSatisfying(
                        UnauthorizedException.class, e -> assertThat(e.code()).contains("invalid_api_key"));
        assertThat(sleep.waits()).isEmpty();
    }

    static Stream<Arguments> whatIsNotServed() {
        Map<String, Object> search = Map.of("type", "web_search");
        return Stream.of(
                Arguments.of("n", JsonValue.from(2), "n"),
                Arguments.of("logprobs", JsonValue.from(true), "logprobs"),
                Arguments.of("logit_bias", JsonValue.from(Map.of("50256", -100)), "logit_bias"),
                Arguments.of("tools", JsonValue.from(List.of(search)), "tools[0].type"),
                Arguments.of("previous_response_id", JsonValue.from("resp_1"), "previous_response_id"),
                Arguments.of("functions", JsonValue.from(List.of(Map.of("name", "f"))), "functions"),
                Arguments.of("response_format", JsonValue.from(Map.of("type", "grammar")), "response_format.type"),
                Arguments.of("modalities", JsonValue.from(List.of("text", "audio")), "modalities"),
                Arguments.of("temperature", JsonValue.from(3), "temperature"),
                Arguments.of("max_tokens", JsonValue.from("many"), "max_tokens"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatIsNotServed")
    void whatIsNotServedIsABadRequestThatNamesTheField(String field, JsonValue value, String param) {
        BadRequestException error = catchThrowableOfType(
                BadRequestException.class,
                () -> bench.openAi(Front.API_GATEWAY, sleep)
                        .chat()
                        .completions()
                        .create(chat(PROMPT_ONLY)
                                .putAdditionalBodyProperty(field, value)
                                .build()));

        assertThat(error.param()).contains(param);
        assertThat(error.type()).contains("invalid_request_error");
        assertThat(sleep.waits()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anEndpointThatIsNotServedIsNotFound(Front front) {
        assertThatThrownBy(() -> bench.openAi(front, sleep)
                        .embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model(PROMPT_ONLY)
                                .input(TEXT)
                                .build()))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.code()).contains("not_found"));
    }

    static Stream<Arguments> modelsWithTools() {
        return Arrays.stream(Front.values())
                .flatMap(front ->
                        Stream.of(PROMPT_ONLY, "qwen-3.5-9b", WITH_TOOLS).map(model -> Arguments.of(front, model)));
    }

    @ParameterizedTest
    @MethodSource("modelsWithTools")
    void aToolIsCalledAndItsResultAnswered(Front front, String model) {
        ChatCompletionCreateParams.Builder asked = ChatCompletionCreateParams.builder()
                .model(model)
                .addFunctionTool(FunctionDefinition.builder().name("look_up").build())
                .addUserMessage(WISH);
        ChatCompletion called = bench.openAi(front, sleep).chat().completions().create(asked.build());

        assertThat(called.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessageFunctionToolCall call = called.choices()
                .getFirst()
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction();
        assertThat(call.function().name()).isEqualTo("look_up");
        assertThat(call.function().arguments()).isEqualToIgnoringWhitespace(ARGUMENTS);

        ChatCompletion answered = bench.openAi(front, sleep)
                .chat()
                .completions()
                .create(asked.addMessage(called.choices().getFirst().message())
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId(call.id())
                                .content("it stands")
                                .build())
                        .addUserMessage("thank you")
                        .build());
        assertThat(answered.choices().getFirst().message().content()).contains("thank you");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aToolsCallIsStreamedInPieces(Front front) {
        ChatCompletionAccumulator sum = ChatCompletionAccumulator.create();
        List<ChatCompletionChunk> chunks = streamed(
                front,
                ChatCompletionCreateParams.builder()
                        .model(WITH_TOOLS)
                        .addFunctionTool(
                                FunctionDefinition.builder().name("look_up").build())
                        .addUserMessage(WISH));
        chunks.forEach(sum::accumulate);

        var choice = sum.chatCompletion().choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(choice.message()
                        .toolCalls()
                        .orElseThrow()
                        .getFirst()
                        .asFunction()
                        .function()
                        .arguments())
                .isEqualToIgnoringWhitespace(ARGUMENTS);
        assertThat(chunks).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aResponseIsAnsweredWholeAndStreamed(Front front) {
        ResponseCreateParams asked = ResponseCreateParams.builder()
                .model(PROMPT_ONLY)
                .instructions("Be brief.")
                .input(TEXT)
                .build();

        Response whole = bench.openAi(front, sleep).responses().create(asked);
        ResponseAccumulator sum = ResponseAccumulator.create();
        try (var stream = bench.openAi(front, sleep).responses().createStreaming(asked)) {
            stream.stream().forEach(event -> sum.accumulate(event.validate()));
        }

        assertThat(whole.validate().status()).contains(ResponseStatus.COMPLETED);
        assertThat(said(whole)).isEqualTo(TEXT);
        assertThat(said(sum.response())).isEqualTo(TEXT);
        assertThat(whole.usage().orElseThrow().outputTokens()).isEqualTo(11);
    }

    @ParameterizedTest
    @MethodSource("modelsWithTools")
    void aToolIsCalledInAResponseAndItsResultAnswered(Front front, String model) {
        ResponseCreateParams.Builder asked = ResponseCreateParams.builder()
                .model(model)
                .store(false)
                .addTool(FunctionTool.builder()
                        .name("look_up")
                        .parameters(FunctionTool.Parameters.builder().build())
                        .strict(false)
                        .build());
        Response called =
                bench.openAi(front, sleep).responses().create(asked.input(WISH).build());
        ResponseFunctionToolCall call = called.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .findFirst()
                .orElseThrow();

        Response answered = bench.openAi(front, sleep)
                .responses()
                .create(asked.inputOfResponse(List.of(
                                ResponseInputItem.ofFunctionCall(call),
                                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                        .callId(call.callId())
                                        .output("it stands")
                                        .build()),
                                ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                                        .role(EasyInputMessage.Role.USER)
                                        .content("thank you")
                                        .build())))
                        .build());

        assertThat(call.arguments()).isEqualToIgnoringWhitespace(ARGUMENTS);
        assertThat(said(answered)).contains("thank you");
    }

    private static String said(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(part -> part.outputText().stream())
                .map(ResponseOutputText::text)
                .collect(Collectors.joining());
    }

    private List<ChatCompletionChunk> streamed(Front front, ChatCompletionCreateParams.Builder asked) {
        try (var stream = bench.openAi(front, sleep).chat().completions().createStreaming(asked.build())) {
            return stream.stream().toList();
        }
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
    }
}
