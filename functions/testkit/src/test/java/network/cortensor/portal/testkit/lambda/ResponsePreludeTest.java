package network.cortensor.portal.testkit.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import network.cortensor.portal.testkit.wire.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsePreludeTest {
    private static final String NULS = "\0".repeat(8);

    @Test
    void allFormsOfHeadersAreReadAndTheBodyIsLeft() throws IOException {
        InputStream response = stream("""
                {"statusCode":201,"headers":{"X-One":"a"},"multiValueHeaders":{"X-Two":["b","c"]},"cookies":["d=e"]}""" + NULS + "body");

        ResponsePrelude prelude = ResponsePrelude.read(ResponsePrelude.CONTENT_TYPE, response);

        assertThat(prelude.status()).isEqualTo(201);
        assertThat(prelude.headers().all())
                .containsExactly(
                        new Header("X-One", "a"),
                        new Header("X-Two", "b"),
                        new Header("X-Two", "c"),
                        new Header("Set-Cookie", "d=e"));
        assertThat(response.readAllBytes()).asString().isEqualTo("body");
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoPreludeIsMalformed(String response) {
        assertThatThrownBy(() -> ResponsePrelude.read(ResponsePrelude.CONTENT_TYPE, stream(response)))
                .isInstanceOf(ResponsePrelude.Malformed.class);
    }

    static Stream<Arguments> whatIsNoPreludeIsMalformed() {
        return Stream.of(
                argumentSet("empty", ""),
                argumentSet("no delimiter", "{\"statusCode\":200}"),
                argumentSet("seven NULs", "{\"statusCode\":200}" + "\0".repeat(7) + "x"),
                argumentSet("delimiter too late", "{\"statusCode\":200" + " ".repeat(16_384) + "}" + NULS),
                argumentSet("no JSON", "hello" + NULS),
                argumentSet("no object", "[]" + NULS),
                argumentSet("no status", "{}" + NULS),
                argumentSet("status is text", "{\"statusCode\":\"200\"}" + NULS),
                argumentSet("status out of range", "{\"statusCode\":99}" + NULS),
                argumentSet("header is a number", "{\"statusCode\":200,\"headers\":{\"a\":1}}" + NULS),
                argumentSet("two headers in one", "{\"statusCode\":200,\"headers\":{\"a\":\"b\\r\\nc: d\"}}" + NULS));
    }

    @Test
    void anotherContentTypeIsMalformed() {
        assertThatThrownBy(() -> ResponsePrelude.read("application/json", stream("{\"statusCode\":200}" + NULS)))
                .isInstanceOf(ResponsePrelude.Malformed.class);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
