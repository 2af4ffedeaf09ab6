package network.cortensor.portal.testkit.lambda;

import static network.cortensor.portal.testkit.lambda.ScriptedEnvironment.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import network.cortensor.portal.testkit.wire.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a front does with functions that no handler of ours would be. */
@Timeout(60)
class FrontEmulatorTest {
    private static final String GET = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String PRELUDE = "{\"statusCode\":200}" + "\0".repeat(8);

    private final RuntimeApiEmulator function =
            RuntimeApiEmulator.start(InstantSource.system(), Duration.ofMinutes(5), _ -> {});
    private final ScriptedEnvironment environment = new ScriptedEnvironment(function);

    FrontEmulatorTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        function.close();
    }

    static Stream<Arguments> fronts() {
        return Stream.of(
                argumentSet(
                        "API Gateway", ApiGateway.onCustomDomain("prod"), "{\"message\": \"Internal server error\"}"),
                argumentSet("Function URL", new FunctionUrl(), "Internal Server Error"));
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void aResponseWithoutAPreludeIsTheFrontsOwnError(EmulatedFront front, String error) throws Exception {
        try (FrontEmulator emulator = FrontEmulator.start(0, front, function, InstantSource.system());
                RawClient customer = new RawClient(emulator.url().getPort())) {
            customer.send(GET);
            try (RawClient response = environment.respond(environment.next(), ResponsePrelude.CONTENT_TYPE)) {
                response.send(chunk("hello") + "0\r\n\r\n");
                assertThat(customer.readToEnd()).startsWith("HTTP/1.1 502").endsWith("\r\n\r\n" + error);
                assertThat(response.readToEnd()).startsWith("HTTP/1.1 202");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void aPreludeMaySpreadOverChunks(EmulatedFront front, String error) throws Exception {
        try (FrontEmulator emulator = FrontEmulator.start(0, front, function, InstantSource.system());
                RawClient customer = new RawClient(emulator.url().getPort())) {
            customer.send(GET);
            try (RawClient response = environment.respond(environment.next(), ResponsePrelude.CONTENT_TYPE)) {
                for (String part : (PRELUDE + "hi").split("", -1)) {
                    response.send(part.isEmpty() ? "" : chunk(part));
                }
                response.send("0\r\n\r\n");
                assertThat(customer.readToEnd()).startsWith("HTTP/1.1 200").endsWith("1\r\nh\r\n1\r\ni\r\n0\r\n\r\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void framingHeadersOfTheFunctionAreDropped(EmulatedFront front, String error) throws Exception {
        try (FrontEmulator emulator = FrontEmulator.start(0, front, function, InstantSource.system());
                RawClient customer = new RawClient(emulator.url().getPort())) {
            customer.send(GET);
            String prelude = "{\"statusCode\":200,\"headers\":{\"Content-Length\":\"99\",\"X-Own\":\"a\"}}";
            try (RawClient response = environment.respond(environment.next(), ResponsePrelude.CONTENT_TYPE)) {
                response.send(chunk(prelude + "\0".repeat(8)) + "0\r\n\r\n");
                assertThat(customer.readToEnd()).contains("X-Own: a\r\n").doesNotContain("Content-Length");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void anEnvironmentThatDiesCutsTheAnswer(EmulatedFront front, String error) throws Exception {
        try (FrontEmulator emulator = FrontEmulator.start(0, front, function, InstantSource.system());
                RawClient customer = new RawClient(emulator.url().getPort())) {
            customer.send(GET);
            try (RawClient response = environment.respond(environment.next(), ResponsePrelude.CONTENT_TYPE)) {
                response.send(chunk(PRELUDE + "hi"));
                customer.readThrough("hi\r\n");
            }
            assertThat(customer.readToEnd()).isEmpty();
        }
    }
}
