package network.cortensor.portal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.SessionForm;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The edges of what values may be. */
class ValuesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<Arguments> nonsense() {
        return Stream.of(
                bad("firstToken: PT0S", () -> new PoolTimes(Duration.ZERO, SECOND, SECOND, SECOND, SECOND)),
                bad("idle: PT0S", () -> new PoolTimes(SECOND, Duration.ZERO, SECOND, SECOND, SECOND)),
                bad("attempt: PT-1S", () -> new PoolTimes(SECOND, SECOND, SECOND.negated(), SECOND, SECOND)),
                bad("total: PT0S", () -> new PoolTimes(SECOND, SECOND, SECOND, Duration.ZERO, SECOND)),
                bad(
                        "total: PT4M45.001S",
                        () -> new PoolTimes(SECOND, SECOND, SECOND, Duration.ofMillis(285_001), SECOND)),
                bad("queue: PT-1S", () -> new PoolTimes(SECOND, SECOND, SECOND, SECOND, SECOND.negated())),
                bad("version: 0", () -> new Cortensor(0, SessionForm.BODY, 1)),
                bad("version: 4", () -> new Cortensor(4, SessionForm.BODY, 1)),
                bad("sessionId: -1", () -> new Cortensor(1, SessionForm.BODY, -1)),
                bad("capacity: 0", () -> new Capacity.Slots(0)),
                bad("maxAttempts: 0", () -> pool("oss", 0)),
                bad("pool: not a name", () -> pool("Oss", 1)),
                bad("target: not a name", () -> new TargetId("oss", "-a")));
    }

    static Stream<Arguments> edges() {
        return Stream.of(
                good("no queue", () -> new PoolTimes(SECOND, SECOND, SECOND, PoolTimes.LONGEST_TOTAL, Duration.ZERO)),
                good("session 0", () -> new Cortensor(1, SessionForm.BODY, 0)),
                good("version 3", () -> new Cortensor(3, SessionForm.PATH, 1)),
                good("one slot", () -> new Capacity.Slots(1)),
                good("one attempt", () -> pool("oss", 1)),
                good("64 letters", () -> new TargetId("a".repeat(64), "0.-")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void nonsenseIsNamed(String complaint, ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(complaint)
                .hasMessageContaining("(expected: ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edges")
    void theLastGoodValueIsGood(String ignored, ThrowingCallable making) {
        assertThatCode(making).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(State.class)
    void theWorstOfTwoStatesIsTheLaterOne(State state) {
        assertThat(state.worst(State.LIVE)).isEqualTo(state);
        assertThat(State.PAUSED.worst(state)).isEqualTo(State.PAUSED);
    }

    @Test
    void aNameIsGivenBack() {
        assertThat(Names.require("pool", "oss-20b")).isEqualTo("oss-20b");
    }

    @Test
    void wordsAreTheNamesInLowerCase() {
        assertThat(Stream.of(
                                words(Streaming.values(), Streaming::word),
                                words(Stage.values(), Stage::word),
                                words(Endpoint.values(), Endpoint::word),
                                words(PromptFormat.values(), PromptFormat::word),
                                words(SessionForm.values(), SessionForm::word),
                                words(State.values(), State::word))
                        .flatMap(word -> word))
                .allMatch(word -> word.equals(word.toLowerCase(Locale.ROOT)))
                .contains("native", "deprecated", "messages", "qwen3.5", "path", "draining");
        assertThat(new Cortensor(1, SessionForm.BODY, 1).word()).isEqualTo("cortensor");
        assertThat(new Protocol.OpenAi("some-model").word()).isEqualTo("openai");
    }

    @Test
    void formerWordsOfFormatsAreUnderstood() {
        assertThat(PromptFormat.of("chatml")).contains(PromptFormat.QWEN3);
        assertThat(PromptFormat.of("gemma")).contains(PromptFormat.GEMMA3);
        assertThat(PromptFormat.of("gemma4")).contains(PromptFormat.GEMMA4);
        assertThat(PromptFormat.of("qwen9")).isEmpty();
        assertThat(PromptFormat.values())
                .allMatch(format -> PromptFormat.of(format.word()).equals(Optional.of(format)));
    }

    private static <T> Stream<String> words(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word);
    }

    private static Pool pool(String name, int attempts) {
        return new Pool(name, State.LIVE, PoolTimes.DEFAULTS, attempts, Streaming.NATIVE);
    }

    private static Arguments bad(String complaint, ThrowingCallable making) {
        return Arguments.of(complaint, making);
    }

    private static Arguments good(String name, ThrowingCallable making) {
        return Arguments.of(name, making);
    }
}
