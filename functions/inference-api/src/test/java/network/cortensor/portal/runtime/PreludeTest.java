package network.cortensor.portal.runtime;

import static network.cortensor.portal.runtime.Answers.prelude;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreludeTest {
    @Test
    void itIsJsonAndEightNuls() {
        assertThat(new String(prelude(404, "A", "1", "b", "2").encoded(), StandardCharsets.US_ASCII))
                .isEqualTo("{\"statusCode\":404,\"headers\":{\"A\":\"1\",\"b\":\"2\"}}" + "\0".repeat(8));
    }

    @ParameterizedTest
    @MethodSource
    void aParserReadsTheVeryValue(String value) throws Exception {
        byte[] encoded = prelude(200, "x-value", value).encoded();

        JsonNode json = new ObjectMapper().readTree(encoded, 0, encoded.length - 8);

        assertThat(json.path("headers").path("x-value").textValue()).isEqualTo(value);
    }

    static Stream<Arguments> aParserReadsTheVeryValue() {
        return Stream.of(
                argumentSet("empty", ""),
                argumentSet("quotes and backslashes", "say \"\\u0041\" \\"),
                argumentSet("tab", "a\tb"),
                argumentSet("umlauts", "größer"),
                argumentSet("CJK", "漢字"),
                argumentSet("outside the basic plane", "🚀"),
                argumentSet("C1 control characters and line separators", "\u0085\u2028"),
                argumentSet("half a surrogate pair", "\ud83d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "a\0b", "a\u007fb"})
    void aValueCannotBecomeAnotherHeader(String value) {
        assertThatThrownBy(() -> prelude(200, "x-value", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x-value: a control character (expected: none)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "ä"})
    void aNameIsAToken(String name) {
        assertThatThrownBy(() -> prelude(200, name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 199, 600})
    void aStatusIsOneThatEndsAnExchange(int status) {
        assertThatThrownBy(() -> prelude(status)).hasMessage("status: " + status + " (expected: 200 to 599)");
    }

    @Test
    void itLeavesRoomForTheDelimiterWithinItsLimit() {
        int frame = prelude(200, "a", "").encoded().length;

        assertThat(prelude(200, "a", "x".repeat(Prelude.LIMIT - frame)).encoded())
                .hasSize(Prelude.LIMIT);
        assertThatThrownBy(() -> prelude(200, "a", "x".repeat(Prelude.LIMIT - frame + 1)))
                .hasMessage("prelude: 16385 bytes (expected: <= 16384)");
    }
}
