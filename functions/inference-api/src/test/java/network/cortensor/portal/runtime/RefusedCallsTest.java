package network.cortensor.portal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import network.cortensor.portal.runtime.Incident.Step;
import network.cortensor.portal.runtime.RuntimeLoop.End;
import network.cortensor.portal.testkit.wire.Exchange;
import network.cortensor.portal.testkit.wire.ExchangeHandler;
import network.cortensor.portal.testkit.wire.Headers;
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
        ExchangeHandler api = exchange -> {
            if (!path(exchange).endsWith("/next")) {
                refuse(exchange, 413);
            } else if (asked.incrementAndGet() <= 2) {
                exchange.answer(200, INVOCATION, new byte[0]);
            } else {
                refuse(exchange, 500);
            }
        };
        try (WireServer server = WireServer.start(0, api);
                var loop = RunningLoop.direct(server.address(), (Handler) Answers::echo)) {
            assertThat(loop.end()).isEqualTo(End.API_GONE);

            assertThat(paths).containsExactly("/next", "/response", "/next", "/response", "/next");
            assertThat(loop.incident().step()).isEqualTo(Step.RESPOND);
            assertThat(loop.incident().step()).isEqualTo(Step.RESPOND);
            assertThat(loop.incident().cause()).hasMessage("the Runtime API answered 500");
        }
    }

    @Test
    void anInvocationWithoutItsHeadersEndsTheLoop() throws Exception {
        try (WireServer server = WireServer.start(0, exchange -> exchange.answer(200, Headers.NONE, new byte[0]));
                var loop = RunningLoop.direct(server.address(), (Handler) Answers::echo)) {
            assertThat(loop.end()).isEqualTo(End.API_GONE);
            assertThat(loop.incident().cause()).hasMessage("the Runtime API sent no Lambda-Runtime-Aws-Request-Id");
        }
    }

    @Test
    void aRuntimeApiThatIsNotThereEndsTheLoop() throws Exception {
        WireServer server = WireServer.start(0, _ -> {});
        server.close();
        try (var loop = RunningLoop.direct(server.address(), (Handler) Answers::echo)) {
            assertThat(loop.end()).isEqualTo(End.API_GONE);
        }
    }

    private String path(Exchange exchange) {
        String path = exchange.head().path();
        paths.add(path.substring(path.lastIndexOf('/')));
        return path;
    }

    private static void refuse(Exchange exchange, int status) throws IOException {
        exchange.answer(status, Headers.NONE, new byte[0]);
    }
}
