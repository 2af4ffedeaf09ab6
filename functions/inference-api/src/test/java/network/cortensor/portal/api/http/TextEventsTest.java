package network.cortensor.portal.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEventsTest {
    private static final Function<String, String> EVENT = TextEventsTest::written;

    private final TextEvents events = new TextEvents();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "word",
                "\"quoted\" and \\ and /",
                "\b\f\n\r\t\u0000\u001f\u007f",
                "gr\u00fc\u00dfe, \u4f60\u597d, \ud83d\ude42",
                "half \ud83d and \ude42 of a pair",
                "\u2028\u2029\ufeff",
                "~text~",
                "<script>&amp;</script>"
            })
    void anEventIsWhatTheWholeTreeIsWrittenAs(String text) {
        events.event("kind", "subject", "another", EVENT);

        assertThat(bytes(events.event("kind", "subject", text, EVENT))).isEqualTo(bytes(written(text)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyTextIsWrittenAlike(long seed) {
        String text = new java.util.Random(seed)
                .ints(200, 0, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertThat(bytes(events.event("kind", seed, text, EVENT))).isEqualTo(bytes(written(text)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @Test
    void anotherKindOrSubjectIsWrittenAnew() {
        events.event("one", "x", "a", text -> "one x " + text);

        assertThat(events.event("two", "x", "a", text -> "two x " + text)).isEqualTo("two x a");
        assertThat(events.event("two", "y", "a", text -> "two y " + text)).isEqualTo("two y a");
    }

    private static String written(String text) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("model", "~text~");
        event.putObject("delta").put("content", text);
        return Sse.data(event.put("index", 0));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
