package network.cortensor.portal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import network.cortensor.portal.runtime.Incident.Step;
import network.cortensor.portal.runtime.RuntimeLoop.End;
import network.cortensor.portal.testkit.wire.ExchangeHandler;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.ServerExchange;
import network.cortensor.portal.testkit.wire.WireServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Runtime API that says no. */
@Timeout(60)
class RefusedCallsTest {
    private static final Headers INVOCATION = Headers.of(
            "Lambda-Runtime-Aws-Request-Id", "7f",
            "Lambda-Runtime-Deadline-Ms", "1795428000000",
            "Lambda-Runtime-Invoked-Function-Arn", "arn");

    private final List<String> paths = new CopyOnWriteArrayList<>();

    @Test
    void aResponseThatIsRefusedCostsOneInvocationOnly() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(1);
        ExchangeHandler api = exchange -> {
            if (!path(exchange).endsWith("/next")) {
                refuse(exchange, 413);
            } else if (asked.incrementAndGet() <= 2) {
                exchange.answer(200, INVOCATION, new byte[0]);
            } else {
                third.countDown();
                new CountDownLatch(1).await();
            }
        };
        try (WireServer server = WireServer.start(0, api);
                var loop = RunningLoop.direct(server.address(), (Handler) Answers::echo)) {
            assertThat(third.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(paths).containsExactly("/next", "/response", "/next", "/response", "/next");
            assertThat(loop.incident().step()).isEqualTo(Step.RESPOND);
            assertThat(loop.incident().step()).isEqualTo(Step.RESPOND);
        }
    }

    @Test
    void anInvocationThatIsRefusedIsAskedForAgainAfterGrowingWaits() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch answered = new CountDownLatch(1);
        ExchangeHandler api = exchange -> {
            if (!path(exchange).endsWith("/next")) {
                exchange.answer(202, Headers.NONE, new byte[0]);
                answered.countDown();
            } else if (asked.incrementAndGet() <= 20) {
                refuse(exchange, asked.get() % 2 == 0 ? 500 : 403);
            } else {
                exchange.answer(200, INVOCATION, new byte[0]);
            }
        };
        try (WireServer server = WireServer.start(0, api);
                var loop = RunningLoop.direct(server.address(), (Handler) Answers::echo)) {
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(loop.pauses())
                    .startsWith(
                            Duration.ofMillis(100),
                            Duration.ofMillis(200),
                            Duration.ofMillis(400),
                            Duration.ofMillis(800),
                            Duration.ofMillis(1_600),
                            Duration.ofMillis(3_200),
                            Duration.ofSeconds(5))
                    .contains(Duration.ofSeconds(5))
                    .hasSizeGreaterThanOrEqualTo(20);
            // One report for twenty refusals.
            assertThat(loop.incident().cause()).hasMessage("the Runtime API answered 403");
        }
    }

    @Test
    void anInvocationThatIsGoneCostsNothingElse() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ExchangeHandler api = exchange -> {
            String path = path(exchange);
            if (path.endsWith("/next")) {
                asked.incrementAndGet();
                exchange.answer(200, INVOCATION, new byte[0]);
            } else {
                refuse(exchange, asked.get() == 1 ? 410 : 202);
            }
        };
        try (WireServer server = WireServer.start(0, api);
                var loop = RunningLoop.direct(server.address(), (Handler) (_, _) -> {
                    throw new IOException("nothing to say");
                })) {
            assertThat(loop.incident().step()).isEqualTo(Step.HANDLE);
            Incident gone = loop.incident();
            assertThat(gone.step()).isEqualTo(Step.RESPOND);
            assertThat(gone.cause()).isInstanceOf(InvocationOver.class);
            assertThat(loop.incident().step()).isEqualTo(Step.HANDLE);
        }
    }

    @Test
    void anInvocationWithoutItsHeadersIsNone() throws Exception {
        try (WireServer server = WireServer.start(0, exchange -> exchange.answer(200, Headers.NONE, new byte[0]));
                var loop = RunningLoop.direct(server.address(), (Handler) Answers::echo)) {
            assertThat(loop.end()).isEqualTo(End.API_GONE);
            assertThat(loop.incident().cause()).hasMessage("the Runtime API sent no Lambda-Runtime-Aws-Request-Id");
        }
    }

    @Test
    void aRuntimeApiThatIsNotThereEndsTheLoopAfterSomeTries() throws Exception {
        WireServer server = WireServer.start(0, _ -> {});
        server.close();
        try (var loop = RunningLoop.direct(server.address(), (Handler) Answers::echo)) {
            assertThat(loop.end()).isEqualTo(End.API_GONE);
            assertThat(loop.pauses()).hasSize(Backoff.PRODUCTION.tries() - 1);
        }
    }

    private String path(ServerExchange exchange) {
        String path = exchange.head().path();
        paths.add(path.substring(path.lastIndexOf('/')));
        return path;
    }

    private static void refuse(ServerExchange exchange, int status) throws IOException {
        exchange.answer(status, Headers.NONE, new byte[0]);
    }
}
