package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.models.messages.MessageCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.local.WallCase.Front;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What users of the official SDKs see of their keys, through the real loop and both fronts. */
@Timeout(120)
class SdkKeysTest {
    private static final RandomGenerator RANDOM =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20);

    private static SdkBench bench;

    private final RecordedSleep sleep = new RecordedSleep();

    /** Why a key does not work. */
    enum Fate {
        NOBODYS,
        REVOKED,
        EXPIRED,
        MISTYPED,
        OF_ANOTHER_ENVIRONMENT
    }

    @BeforeAll
    static void start() throws Exception {
        bench = new SdkBench();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    static Stream<Arguments> fates() {
        return Stream.of(Fate.values())
                .flatMap(fate -> Stream.of(Front.values()).map(front -> Arguments.of(fate, front)));
    }

    private static String key(Fate fate) {
        String key = KeyText.make(fate == Fate.OF_ANOTHER_ENVIRONMENT ? "prod" : "local", RANDOM)
                .reveal();
        switch (fate) {
            case NOBODYS -> {}
            case REVOKED -> bench.fast().key(key, Map.of("status", "revoked"));
            case EXPIRED ->
                bench.fast()
                        .key(key, Map.of("expiry", Instant.now().minusSeconds(1).toString()));
            case OF_ANOTHER_ENVIRONMENT -> bench.fast().key(key, Map.of());
            case MISTYPED -> {
                bench.fast().key(key, Map.of());
                return key.substring(0, 20) + (key.charAt(20) == 'x' ? 'y' : 'x') + key.substring(21);
            }
        }
        return key;
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("one two three")
                .build();
    }

    private static MessageCreateParams message(String model) {
        return MessageCreateParams.builder()
                .model(model)
                .maxTokens(50)
                .addUserMessage("one two three")
                .build();
    }

    @ParameterizedTest
    @MethodSource("fates")
    void openAisUsersAreUnauthorizedAndNotAskedForAgain(Fate fate, Front front) {
        var client = bench.openAi(front).apiKey(key(fate)).sleeper(sleep).build();

        var error = catchThrowableOfType(
                com.openai.errors.UnauthorizedException.class,
                () -> client.chat().completions().create(chat("gpt-oss-20b")));
        var whole = catchThrowableOfType(
                com.openai.errors.UnauthorizedException.class,
                () -> client.models().list());

        assertThat(error.code()).contains("invalid_api_key");
        assertThat(error.headers().values("x-should-retry")).containsExactly("false");
        assertThat(error.headers().values("x-request-id")).singleElement().matches(id -> id.startsWith("req_"));
        assertThat(whole.code()).contains("invalid_api_key");
        assertThat(sleep.waits()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fates")
    void anthropicsUsersAreUnauthorizedAndNotAskedForAgain(Fate fate, Front front) {
        var client = bench.anthropic(front).apiKey(key(fate)).sleeper(sleep).build();

        var error = catchThrowableOfType(
                com.anthropic.errors.UnauthorizedException.class,
                () -> client.messages().create(message("gpt-oss-20b")));

        assertThat(error.body().toString()).contains("authentication_error");
        assertThat(sleep.waits()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aKeyForOneModelSeesNoOther(Front front) {
        String key = KeyText.make("local", RANDOM).reveal();
        bench.fast().key(key, Map.of("allowedModels", List.of("qwen-3.5-9b")));
        var client = bench.openAi(front).apiKey(key).sleeper(sleep).build();

        var error = catchThrowableOfType(
                com.openai.errors.NotFoundException.class,
                () -> client.chat().completions().create(chat("gpt-oss-20b")));

        assertThat(error.code()).contains("model_not_found");
        assertThat(client.models().list().autoPager().stream().map(Model::id)).containsExactly("qwen-3.5-9b");
        assertThat(client.chat()
                        .completions()
                        .create(chat("qwen-3.5-9b"))
                        .choices()
                        .getFirst()
                        .message()
                        .content())
                .contains("one two three");
        assertThat(sleep.waits()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void aKeyWhosePlanIsGoneIsOursToMendAndAskedForAgain(Front front) {
        String key = KeyText.make("local", RANDOM).reveal();
        bench.fast().key(key, Map.of("plan", "gone"));
        var client = bench.openAi(front).apiKey(key).sleeper(sleep).build();

        var error = catchThrowableOfType(
                com.openai.errors.InternalServerException.class,
                () -> client.chat().completions().create(chat("gpt-oss-20b")));

        assertThat(error.statusCode()).isEqualTo(503);
        assertThat(error.code()).contains("service_unavailable");
        assertThat(sleep.waits()).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    /** The key that the local product announces, made by the operators' own code. */
    @ParameterizedTest
    @EnumSource(Front.class)
    void theAnnouncedKeyWorks(Front front) {
        String key = bench.fast().portal().firstKey().reveal();

        assertThat(bench.anthropic(front)
                        .apiKey(key)
                        .build()
                        .messages()
                        .create(message("gpt-oss-20b"))
                        .content()
                        .getLast()
                        .text()
                        .map(text -> text.text()))
                .isEqualTo(Optional.of("one two three"));
    }
}
