package network.cortensor.portal.api;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.ErrorShape;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.api.http.Cors;
import network.cortensor.portal.api.http.HttpRequest;
import network.cortensor.portal.api.http.ResponseStarter;
import network.cortensor.portal.api.limits.Books;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.usage.RequestId;

/**
 * Answers customers' requests, whatever front they come through. Every request gets exactly one answer and one log line; what it asks
 * for is the business of its route's operation, and what goes wrong there is worded here. Safe for use by many threads.
 */
public final class ApiHandler {
    /** What REST APIs let through at most is 10,240 bytes of a customer's headers; the Function URL would take more. */
    private static final int LARGEST_HEADERS = 16 * 1024;

    private final ApiParts parts;
    private final RouteTable routes;
    private final LargeEvents events = new LargeEvents();

    public ApiHandler(ApiParts parts) {
        this.parts = parts;
        this.routes = RouteTable.of(parts);
    }

    /**
     * Answers one request. When it returns or throws, nothing works on the request any more.
     *
     * @param event as the platform sent it
     * @param receivedAt when the request arrived; all its deadlines count from here
     * @param killedAt when the platform ends this worker
     * @throws IllegalArgumentException if the event is no HTTP request
     * @throws IOException if the worker's own connection is gone
     */
    public void handle(byte[] event, Instant receivedAt, Instant killedAt, ResponseStarter out)
            throws IOException, InterruptedException {
        HttpRequest request = events.read(event);
        ApiRoute route = routes.find(request);
        RequestId id = RequestId.draw(receivedAt, parts.random());
        ApiReply reply = new ApiReply(starter(request, out), standingHeaders(route.errors(), id.text()));
        ApiExchange exchange = new ApiExchange(
                request, id, receivedAt, killedAt, reply, new RequestLog(), new Books(), new Afterwards());
        try {
            perform(route, exchange);
            out.end();
        } finally {
            conclude(exchange, route);
        }
    }

    /**
     * What is done when the customer has the answer, before this worker may be frozen: the record is settled and the request leaves its customer's counters, beside
     * the delete of its slot, which is on its way already.
     */
    private void conclude(ApiExchange exchange, ApiRoute route) {
        try {
            Instant end = parts.clock().instant();
            parts.journal().write(exchange.log().line(exchange, route, end));
            settle(exchange, end);
        } finally {
            exchange.afterwards().finish();
        }
        exchange.log().activity(parts.activity());
    }

    /** The customer has the answer by now, or never will. */
    private void settle(ApiExchange exchange, Instant end) {
        if (exchange.books()
                        .settle(
                                exchange.log().ending(exchange, end),
                                exchange.log().used())
                == Books.End.LEFT_OPEN) {
            parts.journal()
                    .write(Line.of("unsettled")
                            .with("request_id", exchange.requestId())
                            .metric(Metric.UNSETTLED, 1));
        }
    }

    private static void perform(ApiRoute route, ApiExchange exchange) throws IOException, InterruptedException {
        try {
            requireSmallHeaders(exchange.request());
            route.operation().perform(exchange);
            exchange.log().answered();
        } catch (Rejection rejection) {
            refuse(exchange, route.errors(), rejection.error());
        } catch (WorkerEnd.Begun end) {
            refuse(exchange, route.errors(), ApiError.serviceUnavailable());
        } catch (RuntimeException bug) {
            exchange.log().broke(bug);
            refuse(exchange, route.errors(), ApiError.serverError());
        }
    }

    private static void requireSmallHeaders(HttpRequest request) throws Rejection {
        if (request.headers().size() > LARGEST_HEADERS) {
            throw new Rejection(ApiError.invalid(
                    "headers", "must not be larger than " + LARGEST_HEADERS + " characters together."));
        }
    }

    /** As an answer while that is possible, then as the one event that ends a stream; a whole answer stays as it was sent. */
    private static void refuse(ApiExchange exchange, ErrorShape shape, ApiError error) throws IOException {
        exchange.log().refused(error.row());
        switch (exchange.reply().progress()) {
            case NOTHING_SENT -> exchange.reply().json(error.row().status(), error.headers(), shape.body(error));
            case STREAMING ->
                exchange.reply().lastEvent(shape.event(error, exchange.reply().events()));
            case ENDED -> {}
        }
    }

    private static Map<String, String> standingHeaders(ErrorShape shape, String requestId) {
        Map<String, String> headers = new HashMap<>(Cors.ANSWER);
        headers.putAll(shape.identity(requestId));
        return headers;
    }

    /** {@code HEAD} is {@code GET} without the body. */
    private static ResponseStarter starter(HttpRequest request, ResponseStarter out) {
        if (!request.method().equals("HEAD")) {
            return out;
        }
        return (status, headers) -> {
            out.begin(status, headers).flush();
            return OutputStream.nullOutputStream();
        };
    }
}
