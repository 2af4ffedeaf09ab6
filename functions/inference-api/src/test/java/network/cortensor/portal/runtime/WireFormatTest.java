package network.cortensor.portal.runtime;

import static network.cortensor.portal.runtime.Answers.bytes;
import static network.cortensor.portal.runtime.Answers.prelude;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The very bytes that go to the Runtime API. */
@Timeout(60)
class WireFormatTest {
    private static final String INVOCATION = crlf("""
        HTTP/1.1 200 OK
        Lambda-Runtime-Aws-Request-Id: 7f
        Lambda-Runtime-Invocation-Id: 7f-2
        Lambda-Runtime-Deadline-Ms: 1795428000000
        Lambda-Runtime-Invoked-Function-Arn: arn
        Content-Length: 2

        {}\
        """);
    private static final String ERROR = """
        {"errorMessage":"The function failed. Its own log says why.","errorType":"Function.IOException","stackTrace":[]}\
        """;
    private static final String ACCEPTED = crlf("""
        HTTP/1.1 202 Accepted
        Content-Length: 0

        """);

    private final ServerSocket api = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String address = "127.0.0.1:" + api.getLocalPort();

    WireFormatTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        api.close();
    }

    @Test
    void aWholeAnswer() throws Exception {
        try (var _ = RunningLoop.direct(address, (Handler) (_, response) -> {
            OutputStream out = response.begin(prelude(200, "a", "b"));
            out.write(bytes("größer"));
            out.write(new byte[20]);
        })) {
            assertThat(exchange("\r\n\r\n", INVOCATION)).isEqualTo(crlf("""
                GET /2018-06-01/runtime/invocation/next HTTP/1.1
                Host: %s
                Connection: close

                """).formatted(address));
            assertThat(exchange("\r\n0\r\n\r\n", ACCEPTED)).isEqualTo(responseHead() + crlf("""
                2e
                {"statusCode":200,"headers":{"a":"b"}}\0\0\0\0\0\0\0\0
                8
                größer
                14
                \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0
                0

                """));
        }
    }

    @Test
    void anAnswerThatBreaksOff() throws Exception {
        try (var _ = RunningLoop.direct(address, (Handler) (_, response) -> {
            response.begin(prelude(200)).write('x');
            throw new IOException("secret");
        })) {
            exchange("\r\n\r\n", INVOCATION);
            assertThat(exchange("fQ==\r\n\r\n", ACCEPTED))
                    .isEqualTo(responseHead()
                            + crlf("""
                                27
                                {"statusCode":200,"headers":{}}\0\0\0\0\0\0\0\0
                                1
                                x
                                0
                                Lambda-Runtime-Function-Error-Type: Function.IOException
                                Lambda-Runtime-Function-Error-Body: %s

                                """).formatted(Base64.getEncoder().encodeToString(bytes(ERROR))));
        }
    }

    @Test
    void anErrorInsteadOfAnAnswer() throws Exception {
        try (var _ = RunningLoop.direct(address, (Handler) (_, _) -> {
            throw new IOException("secret");
        })) {
            exchange("\r\n\r\n", INVOCATION);
            assertThat(exchange("]}", ACCEPTED)).isEqualTo(crlf("""
                POST /2018-06-01/runtime/invocation/7f/error HTTP/1.1
                Host: %s
                Connection: close
                Lambda-Runtime-Function-Error-Type: Function.IOException
                Lambda-Runtime-Invocation-Id: 7f-2
                Content-Type: application/json
                Content-Length: 112

                %s\
                """).formatted(address, ERROR));
        }
    }

    private String responseHead() {
        return crlf("""
            POST /2018-06-01/runtime/invocation/7f/response HTTP/1.1
            Host: %s
            Lambda-Runtime-Invocation-Id: 7f-2
            Content-Type: application/vnd.awslambda.http-integration-response
            Lambda-Runtime-Function-Response-Mode: streaming
            Transfer-Encoding: chunked
            Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body

            """).formatted(address);
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    /** Takes one connection, reads through {@code end}, replies, and gives back what it read. */
    private String exchange(String end, String reply) throws IOException {
        try (Socket connection = api.accept()) {
            InputStream in = connection.getInputStream();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            while (!read.toString(StandardCharsets.UTF_8).endsWith(end)) {
                read.write(in.read());
            }
            connection.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
            return read.toString(StandardCharsets.UTF_8);
        }
    }
}
