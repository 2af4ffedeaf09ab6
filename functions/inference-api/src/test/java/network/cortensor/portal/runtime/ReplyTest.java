package network.cortensor.portal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyTest {
    @ParameterizedTest
    @MethodSource
    void anyFramingOfABodyIsRead(String wire) throws IOException {
        RuntimeApiReply reply = read(wire);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).asString().isEqualTo("hello");
    }

    static Stream<Arguments> anyFramingOfABodyIsRead() {
        return Stream.of(
                argumentSet("length", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello more"),
                argumentSet("no length", "HTTP/1.1 200 OK\r\n\r\nhello"),
                argumentSet("no reason", "HTTP/1.1 200\r\n\r\nhello"),
                argumentSet(
                        "chunks",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n"));
    }

    @Test
    void fieldsAreFoundInAnyCase() throws IOException {
        RuntimeApiReply reply = read("HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id:  a:b \r\n\r\n");

        assertThat(reply.field("Lambda-Runtime-Aws-Request-Id")).contains("a:b");
        assertThat(reply.field("other")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoReplyIsAnIOException(String wire) {
        assertThatThrownBy(() -> read(wire)).isInstanceOf(IOException.class);
    }

    static Stream<Arguments> whatIsNoReplyIsAnIOException() {
        return Stream.of(
                argumentSet("nothing", ""),
                argumentSet("no status", "HTTP/1.1 OK\r\n\r\n"),
                argumentSet("another protocol", "SSH-2.0\r\n\r\n"),
                argumentSet("ends within the head", "HTTP/1.1 200 OK\r\nA: b\r\n"),
                argumentSet("header without a name", "HTTP/1.1 200 OK\r\n: b\r\n\r\n"),
                argumentSet("length no number", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"),
                argumentSet("length beyond an int", "HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n"),
                argumentSet("body too short", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"),
                argumentSet("chunk too short", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhell"));
    }

    private static RuntimeApiReply read(String wire) throws IOException {
        return RuntimeApiReply.read(new ByteArrayInputStream(wire.getBytes(StandardCharsets.UTF_8)));
    }
}
