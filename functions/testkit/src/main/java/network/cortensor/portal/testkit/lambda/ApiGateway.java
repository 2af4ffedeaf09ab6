package network.cortensor.portal.testkit.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import network.cortensor.portal.testkit.wire.Header;

/**
 * A REST API, regional, with one proxy route for everything and response streaming: REST proxy events (payload 1.0).
 *
 * <p>Where customers call the stage's own URL, its name is the first segment of their path, which the event's {@code path} leaves out
 * and its {@code requestContext.path} keeps. On a custom domain neither has it.
 *
 * <p>A body that is not valid UTF-8 travels as base64. The real one goes by the API's list of binary media types instead.
 */
public record ApiGateway(String stage, Address address) implements EmulatedFront {
    /** Which URL customers call. */
    public enum Address {
        STAGE_URL,
        CUSTOM_DOMAIN
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String JSON = "application/json";

    public static ApiGateway onStageUrl(String stage) {
        return new ApiGateway(stage, Address.STAGE_URL);
    }

    public static ApiGateway onCustomDomain(String stage) {
        return new ApiGateway(stage, Address.CUSTOM_DOMAIN);
    }

    /** 10 MB, as the service's quotas say. */
    @Override
    public int bodyLimit() {
        return 10 * 1024 * 1024;
    }

    @Override
    public Admission admit(Incoming request) {
        return pathWithoutStage(request.head().path())
                .<Admission>map(path -> new Admission.Event(event(request, path)))
                .orElseGet(() -> new Admission.Refused(new Refusal(403, JSON, "{\"message\":\"Forbidden\"}")));
    }

    @Override
    public Refusal tooLarge() {
        return new Refusal(413, JSON, "{\"message\":\"Request Too Long\"}");
    }

    @Override
    public Refusal functionFailed() {
        return new Refusal(502, JSON, "{\"message\": \"Internal server error\"}");
    }

    private Optional<String> pathWithoutStage(String path) {
        return switch (address) {
            case CUSTOM_DOMAIN -> Optional.of(path);
            case STAGE_URL -> {
                String prefix = "/" + stage;
                if (path.equals(prefix)) {
                    yield Optional.of("/");
                }
                yield path.startsWith(prefix + "/") ? Optional.of(path.substring(prefix.length())) : Optional.empty();
            }
        };
    }

    private ObjectNode event(Incoming request, String path) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("resource", resource(path));
        event.put("path", path);
        event.put("httpMethod", request.head().method());
        putHeaders(event, request);
        putQuery(event, request.query());
        putPathParameters(event, path);
        event.putNull("stageVariables");
        event.set("requestContext", context(request, resource(path)));
        putBody(event, request);
        return event;
    }

    /** The proxy route holds every path but the root. */
    private static String resource(String path) {
        return path.equals("/") ? "/" : "/{proxy+}";
    }

    private static void putPathParameters(ObjectNode event, String path) {
        if (path.equals("/")) {
            event.putNull("pathParameters");
        } else {
            event.putObject("pathParameters").put("proxy", path.substring(1));
        }
    }

    private static void putHeaders(ObjectNode event, Incoming request) {
        Map<String, List<String>> values = request.endToEndHeaders().stream()
                .filter(header -> !header.name().equalsIgnoreCase("content-length"))
                .collect(Collectors.groupingBy(
                        Header::name, LinkedHashMap::new, Collectors.mapping(Header::value, Collectors.toList())));
        values.put("X-Forwarded-For", List.of(request.arrival().sourceIp()));
        values.put(
                "X-Forwarded-Port", List.of(Integer.toString(request.arrival().port())));
        values.put("X-Forwarded-Proto", List.of("http"));
        putLastAndAll(event, "headers", "multiValueHeaders", values);
    }

    private static void putQuery(ObjectNode event, Map<String, List<String>> query) {
        if (query.isEmpty()) {
            event.putNull("queryStringParameters");
            event.putNull("multiValueQueryStringParameters");
            return;
        }
        putLastAndAll(event, "queryStringParameters", "multiValueQueryStringParameters", query);
    }

    private static void putLastAndAll(ObjectNode event, String last, String all, Map<String, List<String>> values) {
        ObjectNode lastValues = event.putObject(last);
        ObjectNode allValues = event.putObject(all);
        values.forEach((name, list) -> {
            lastValues.put(name, list.getLast());
            list.forEach(allValues.putArray(name)::add);
        });
    }

    private ObjectNode context(Incoming request, String resource) {
        Instant at = request.arrival().at();
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("resourceId", "emulated");
        context.put("resourcePath", resource);
        context.put("httpMethod", request.head().method());
        context.put("path", request.head().path());
        context.put("accountId", "123456789012");
        context.put("apiId", "emulated");
        context.put("stage", stage);
        context.put("protocol", "HTTP/1.1");
        context.put("domainName", request.head().headers().first("host").orElse("localhost"));
        context.put("requestId", request.arrival().requestId());
        context.put("extendedRequestId", request.arrival().requestId());
        context.put("requestTime", TIME.format(at));
        context.put("requestTimeEpoch", at.toEpochMilli());
        ObjectNode identity = context.putObject("identity");
        identity.put("sourceIp", request.arrival().sourceIp());
        identity.put("userAgent", request.head().headers().first("user-agent").orElse(null));
        return context;
    }

    private static void putBody(ObjectNode event, Incoming request) {
        if (request.bodyless()) {
            event.putNull("body");
            event.put("isBase64Encoded", false);
            return;
        }
        Optional<String> text = request.bodyAsText();
        event.put("body", text.orElseGet(request::bodyInBase64));
        event.put("isBase64Encoded", text.isEmpty());
    }
}
