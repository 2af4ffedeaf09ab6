package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.testkit.router.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The official SDKs as customers use them, through both fronts. */
class SdkTest {
    private static final String TEXT = "one two three four five six seven";

    private static FastPortal fast;
    private static long nextSession = 50_000;

    enum Front {
        API_GATEWAY,
        FUNCTION_URL
    }

    @BeforeAll
    static void start() throws Exception {
        fast = new FastPortal(8);
    }

    @AfterAll
    static void stop() {
        fast.close();
    }

    private static URI base(Front front) {
        return front == Front.API_GATEWAY
                ? fast.portal().apiUrl().resolve("/")
                : fast.portal().streamingUrl().resolve("/");
    }

    private static OpenAIClient openAi(Front front) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(base(front).resolve("/v1").toString())
                .apiKey("ctk_local_test")
                .maxRetries(0)
                .build();
    }

    private static AnthropicClient anthropic(Front front) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(base(front).toString())
                .apiKey("ctk_local_test")
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(TEXT)
                .build();
    }

    private static MessageCreateParams message(String model) {
        return MessageCreateParams.builder()
                .model(model)
                .maxTokens(100)
                .addUserMessage(TEXT)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void openAiListsModels(Front front) {
        assertThat(openAi(front).models().list().autoPager().stream().map(Model::id))
                .contains("gemma-4-26b", "gpt-oss-120b", "gpt-oss-20b", "qwen-3.5-9b");
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void openAiChatsWholeWithUsage(Front front) {
        var completion = openAi(front).chat().completions().create(chat("gpt-oss-20b"));

        assertThat(completion.choices().getFirst().message().content()).contains(TEXT);
        assertThat(completion.usage().orElseThrow().completionTokens()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void openAiStreams(Front front) {
        try (var stream = openAi(front).chat().completions().createStreaming(chat("qwen-3.5-9b"))) {
            assertThat(stream.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .flatMap(choice -> choice.delta().content().stream())
                            .collect(Collectors.joining()))
                    .isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void openAiRaisesNotFoundForAnUnknownModel(Front front) {
        assertThatThrownBy(() -> openAi(front).chat().completions().create(chat("gpt-9")))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.code()).contains("model_not_found"));
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anthropicMessagesWhole(Front front) {
        var message = anthropic(front).messages().create(message("gemma-4-26b"));

        assertThat(message.content().getFirst().asText().text()).isEqualTo(TEXT);
        assertThat(message.usage().outputTokens()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anthropicStreamsMessages(Front front) {
        try (var stream = anthropic(front).messages().createStreaming(message("gpt-oss-20b"))) {
            assertThat(stream.stream()
                            .flatMap(event -> event.contentBlockDelta().stream())
                            .flatMap(delta -> delta.delta().text().stream())
                            .map(text -> text.text())
                            .collect(Collectors.joining()))
                    .isEqualTo(TEXT);
        }
    }

    static Stream<Arguments> brokenStreams() {
        return Stream.of(Front.values())
                .flatMap(front -> Stream.of(Fault.CUT, Fault.NO_END_MARKER).map(fault -> Arguments.of(front, fault)));
    }

    @ParameterizedTest
    @MethodSource("brokenStreams")
    void openAiRaisesOnABrokenStream(Front front, Fault fault) {
        try (var stream = openAi(front).chat().completions().createStreaming(chat(faulty(fault)))) {
            assertThatThrownBy(() -> stream.stream().toList()).isInstanceOf(RuntimeException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("brokenStreams")
    void anthropicRaisesOnABrokenStream(Front front, Fault fault) {
        try (var stream = anthropic(front).messages().createStreaming(message(faulty(fault)))) {
            assertThatThrownBy(() -> stream.stream().toList()).isInstanceOf(RuntimeException.class);
        }
    }

    private static synchronized String faulty(Fault fault) {
        long session = nextSession++;
        fast.portal().routers().router("router-a").session(session).set(FastPortal.PROMPT.withFault(fault));
        String alias = "sdk-" + session;
        fast.alias(alias, Map.of(), Map.of("a", fast.onRouterA(session, "live")));
        return alias;
    }
}
