package network.cortensor.portal.runtime;

import static network.cortensor.portal.runtime.Answers.OK;
import static network.cortensor.portal.runtime.Answers.bytes;
import static network.cortensor.portal.runtime.Answers.prelude;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import network.cortensor.portal.testkit.lambda.ApiGateway;
import network.cortensor.portal.testkit.lambda.CallLog;
import network.cortensor.portal.testkit.lambda.EmulatedFront;
import network.cortensor.portal.testkit.lambda.FrontEmulator;
import network.cortensor.portal.testkit.lambda.FunctionUrl;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;
import network.cortensor.portal.testkit.lambda.RuntimeCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a customer's HTTP client through either front, the real Runtime API protocol and the real loop, and back. */
@Timeout(60)
@ParameterizedClass
@MethodSource("fronts")
class RuntimeStreamingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CallLog calls = new CallLog();
    private final RuntimeApiEmulator lambda =
            RuntimeApiEmulator.start(InstantSource.system(), Duration.ofMinutes(5), calls);
    private final List<RunningLoop> loops = new ArrayList<>();
    private final FrontEmulator front;
    private final HttpClient customer = HttpClient.newHttpClient();

    RuntimeStreamingTest(EmulatedFront front) throws IOException {
        this.front = FrontEmulator.start(0, front, lambda, InstantSource.system());
    }

    static Stream<Arguments> fronts() {
        return Stream.of(
                argumentSet("API Gateway", ApiGateway.onCustomDomain("prod")),
                argumentSet("Function URL", new FunctionUrl()));
    }

    @AfterEach
    void close() throws IOException {
        customer.shutdownNow();
        front.close();
        loops.forEach(RunningLoop::close);
        lambda.close();
    }

    @Test
    void theCustomerHasTheFirstChunkBeforeTheHandlerWritesTheSecond() throws Exception {
        CountDownLatch firstIsThere = new CountDownLatch(1);
        serve((_, response) -> {
            OutputStream out = response.begin(prelude(200, "content-type", "text/event-stream"));
            out.write(bytes("data: 1\n\n"));
            firstIsThere.await();
            out.write(bytes("data: 2\n\n"));
        });

        HttpResponse<InputStream> answer = customer.send(get("/"), BodyHandlers.ofInputStream());

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.body().readNBytes(9)).asString().isEqualTo("data: 1\n\n");
        firstIsThere.countDown();
        assertThat(answer.body().readAllBytes()).asString().isEqualTo("data: 2\n\n");
    }

    @Test
    void theCustomerHasStatusAndHeadersBeforeTheHandlerWritesAnything() throws Exception {
        CountDownLatch headIsThere = new CountDownLatch(1);
        serve((_, response) -> {
            OutputStream out = response.begin(prelude(429, "Retry-After", "7"));
            headIsThere.await();
            out.write(bytes("slow down"));
        });

        HttpResponse<InputStream> answer = customer.send(get("/"), BodyHandlers.ofInputStream());

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("7");
        headIsThere.countDown();
        assertThat(answer.body().readAllBytes()).asString().isEqualTo("slow down");
    }

    @Test
    void theHandlerGetsTheRequestAsAnEvent() throws Exception {
        serve(Answers::echo);

        HttpRequest request = request("/v1/chat/completions?a=b")
                .header("Authorization", "Bearer x")
                .POST(BodyPublishers.ofString("{\"model\":\"ü\"}"))
                .header("Content-Type", "application/json")
                .build();
        JsonNode event = JSON.readTree(send(request).body());

        assertThat(event.path("path").asText() + event.path("rawPath").asText()).isEqualTo("/v1/chat/completions");
        assertThat(event.path("queryStringParameters").path("a").asText()).isEqualTo("b");
        assertThat(event.path("body").asText()).isEqualTo("{\"model\":\"ü\"}");
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
        assertThat(event.path("headers").toString()).contains("Bearer x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "DELETE"})
    void otherMethodsReachTheHandler(String method) throws Exception {
        serve((_, response) -> response.begin(prelude(204, "x-seen", "yes")));

        HttpResponse<String> answer =
                send(request("/").method(method, BodyPublishers.noBody()).build());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("x-seen")).contains("yes");
    }

    @Test
    void anErrorBeforeTheAnswerIsTheFrontsOwnAnswer() throws Exception {
        serve((_, _) -> {
            throw new IOException("secret");
        });

        HttpResponse<String> answer = send(get("/"));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).isIn("{\"message\": \"Internal server error\"}", "Internal Server Error");
    }

    @Test
    void anErrorInTheMiddleLeavesTheAnswerWithoutAnEnd() throws Exception {
        serve((_, response) -> {
            response.begin(OK).write(bytes("half"));
            throw new IOException("secret");
        });

        HttpResponse<InputStream> answer = customer.send(get("/"), BodyHandlers.ofInputStream());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().readNBytes(4)).asString().isEqualTo("half");
        assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void aCustomerWhoGoesAwayDoesNotStopTheHandler() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        serve((_, response) -> {
            OutputStream out = response.begin(OK);
            out.write(bytes("first"));
            gone.await();
            for (int i = 0; i < 64; i++) {
                out.write(new byte[64 * 1024]);
            }
            done.countDown();
        });

        try (Socket leaving = new Socket("localhost", front.url().getPort())) {
            leaving.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            String read = "";
            while (!read.contains("first")) {
                read += (char) leaving.getInputStream().read();
            }
        }
        gone.countDown();

        done.await();
        assertThat(calls.await(call -> call instanceof RuntimeCall.ResponseEnded, PATIENCE))
                .isPresent();
        serve((_, response) -> response.begin(OK));
        assertThat(send(get("/")).statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyOverTheFrontsLimitIsRefusedByTheFront() throws Exception {
        HttpRequest request = request("/")
                .POST(BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1]))
                .build();

        assertThat(send(request).statusCode()).isEqualTo(413);
        assertThat(calls.calls()).isEmpty();
    }

    @Test
    void aBodyThatMakesAnEventOverLambdasLimitIsRefusedByTheFront() throws Exception {
        HttpRequest request = request("/")
                .POST(BodyPublishers.ofByteArray("\"".repeat(4 * 1024 * 1024).getBytes(StandardCharsets.US_ASCII)))
                .header("Content-Type", "application/json")
                .build();

        assertThat(send(request).statusCode()).isEqualTo(413);
        assertThat(calls.calls()).isEmpty();
    }

    @Test
    void sixtyFourAnswersStreamAtTheSameTime() throws Exception {
        int streams = 64;
        CountDownLatch allHaveBegun = new CountDownLatch(streams);
        for (int i = 0; i < streams; i++) {
            serve((invocation, response) -> {
                OutputStream out = response.begin(OK);
                out.write(bytes("begun "));
                allHaveBegun.countDown();
                allHaveBegun.await();
                out.write(bytes(pathOf(invocation)));
            });
        }

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            answers.add(customer.sendAsync(get("/" + i), BodyHandlers.ofString()));
        }

        for (int i = 0; i < streams; i++) {
            assertThat(answers.get(i).join().body()).isEqualTo("begun /" + i);
        }
    }

    @Test
    void moreCustomersThanEnvironmentsAreServedInTurnAndNeverMixedUp() throws Exception {
        for (int i = 0; i < 4; i++) {
            serve((invocation, response) -> {
                response.begin(OK).write(bytes(pathOf(invocation)));
            });
        }

        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(customer.sendAsync(get("/" + i), BodyHandlers.ofString()));
        }

        for (int i = 0; i < 200; i++) {
            assertThat(answers.get(i).join().body()).isEqualTo("/" + i);
        }
    }

    private void serve(Handler handler) {
        loops.add(RunningLoop.direct(lambda.address(), handler));
    }

    private static String pathOf(Invocation invocation) throws IOException {
        JsonNode event = JSON.readTree(invocation.event().bytes());
        return event.path("path").asText() + event.path("rawPath").asText();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(front.url() + target)).timeout(PATIENCE);
    }

    private HttpRequest get(String target) {
        return request(target).build();
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return customer.send(request, BodyHandlers.ofString());
    }
}
