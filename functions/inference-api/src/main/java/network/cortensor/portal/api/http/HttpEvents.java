package network.cortensor.portal.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the two events that carry customers' requests: API Gateway's REST proxy event, and the Function URL's with payload version 2.
 */
public final class HttpEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HttpEvents() {}

    /** @throws IllegalArgumentException if the event is neither; its message holds nothing of the event */
    public static HttpRequest read(byte[] event) {
        JsonNode json = parse(event);
        if (json.path("httpMethod").isTextual()) {
            return restProxy(json);
        }
        if (json.at("/requestContext/http/method").isTextual()) {
            return functionUrl(json);
        }
        throw new IllegalArgumentException(
                "event: no HTTP request (expected: a REST proxy event's httpMethod or a Function URL event's"
                        + " requestContext.http)");
    }

    private static JsonNode parse(byte[] event) {
        try {
            return JSON.readTree(event);
        } catch (IOException e) {
            throw new IllegalArgumentException("event: no JSON (expected: a REST proxy or a Function URL event)");
        }
    }

    private static HttpRequest restProxy(JsonNode event) {
        Map<String, List<String>> headers = singleHeaders(event);
        event.path("multiValueHeaders")
                .properties()
                .forEach(header -> headers.put(header.getKey(), texts(header.getValue())));
        return new HttpRequest(
                Front.REST_API,
                event.path("httpMethod").asText().toUpperCase(Locale.ROOT),
                restPath(event),
                ownPath(event),
                new RequestHeaders(headers),
                body(event),
                reached(event, new RequestHeaders(headers), "/requestContext/path"));
    }

    /** At the root resource all of a path is a custom domain's base path. */
    private static String restPath(JsonNode event) {
        return event.path("resource").asText().equals("/")
                ? "/"
                : event.path("path").asText();
    }

    /** What the proxy resource stands for. */
    private static String ownPath(JsonNode event) {
        JsonNode proxy = event.at("/pathParameters/proxy");
        return proxy.isTextual() ? "/" + proxy.textValue() : restPath(event);
    }

    private static HttpRequest functionUrl(JsonNode event) {
        return new HttpRequest(
                Front.FUNCTION_URL,
                event.at("/requestContext/http/method").asText().toUpperCase(Locale.ROOT),
                event.path("rawPath").asText(),
                event.path("rawPath").asText(),
                new RequestHeaders(singleHeaders(event)),
                body(event),
                reached(event, new RequestHeaders(singleHeaders(event)), "/rawPath"));
    }

    private static Reached reached(JsonNode event, RequestHeaders headers, String path) {
        return Reached.at(
                headers.first("x-forwarded-proto").orElse("https"),
                event.at("/requestContext/domainName").asText(),
                event.at(path).asText());
    }

    private static Map<String, List<String>> singleHeaders(JsonNode event) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        event.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asText())));
        return headers;
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private static Body body(JsonNode event) {
        JsonNode body = event.path("body");
        if (!body.isTextual()) {
            return Body.EMPTY;
        }
        if (event.path("isBase64Encoded").asBoolean()) {
            return new Body(Base64.getDecoder().decode(body.asText()));
        }
        return new Body(body.asText().getBytes(StandardCharsets.UTF_8));
    }
}
