package network.cortensor.portal.testkit.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
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

/** A function URL without authorisation that streams responses: events of payload format 2.0. */
public record FunctionUrl() implements EmulatedFront {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** 6 MiB: Lambda's limit on what a caller sends. */
    @Override
    public int bodyLimit() {
        return 6 * 1024 * 1024;
    }

    @Override
    public Admission admit(Incoming request) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "2.0");
        event.put("routeKey", "$default");
        event.put("rawPath", request.head().path());
        event.put("rawQueryString", request.head().query());
        putCookies(event, request);
        putJoined(event.putObject("headers"), headers(request));
        if (!request.query().isEmpty()) {
            putJoined(event.putObject("queryStringParameters"), request.query());
        }
        event.set("requestContext", context(request));
        putBody(event, request);
        return new Admission.Event(event);
    }

    @Override
    public Refusal tooLarge() {
        return new Refusal(413, "application/json", "{\"Message\":\"Request must be smaller than 6291456 bytes\"}");
    }

    @Override
    public Refusal functionFailed() {
        return new Refusal(502, "application/json", "Internal Server Error");
    }

    private static void putCookies(ObjectNode event, Incoming request) {
        List<String> lines = request.head().headers().values("cookie");
        if (lines.isEmpty()) {
            return;
        }
        ArrayNode cookies = event.putArray("cookies");
        lines.forEach(line -> {
            for (String cookie : line.split(";", -1)) {
                cookies.add(cookie.strip());
            }
        });
    }

    private static Map<String, List<String>> headers(Incoming request) {
        Map<String, List<String>> values = request.endToEndHeaders().stream()
                .filter(header -> !header.name().equalsIgnoreCase("cookie"))
                .collect(Collectors.groupingBy(
                        header -> header.name().toLowerCase(Locale.ROOT),
                        LinkedHashMap::new,
                        Collectors.mapping(Header::value, Collectors.toList())));
        values.put("x-forwarded-for", List.of(request.arrival().sourceIp()));
        values.put(
                "x-forwarded-port", List.of(Integer.toString(request.arrival().port())));
        values.put("x-forwarded-proto", List.of("http"));
        return values;
    }

    private static void putJoined(ObjectNode object, Map<String, List<String>> values) {
        values.forEach((name, list) -> object.put(name, String.join(",", list)));
    }

    private static ObjectNode context(Incoming request) {
        Instant at = request.arrival().at();
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("accountId", "anonymous");
        context.put("apiId", "emulated");
        context.put("domainName", request.head().headers().first("host").orElse("localhost"));
        context.put("domainPrefix", "emulated");
        ObjectNode http = context.putObject("http");
        http.put("method", request.head().method());
        http.put("path", request.head().path());
        http.put("protocol", "HTTP/1.1");
        http.put("sourceIp", request.arrival().sourceIp());
        http.put("userAgent", request.head().headers().first("user-agent").orElse(null));
        context.put("requestId", request.arrival().requestId());
        context.put("routeKey", "$default");
        context.put("stage", "$default");
        context.put("time", TIME.format(at));
        context.put("timeEpoch", at.toEpochMilli());
        return context;
    }

    private static void putBody(ObjectNode event, Incoming request) {
        if (!request.bodyless()) {
            Optional<String> text = isText(request) ? request.bodyAsText() : Optional.empty();
            event.put("body", text.orElseGet(request::bodyInBase64));
            event.put("isBase64Encoded", text.isEmpty());
            return;
        }
        event.put("isBase64Encoded", false);
    }

    /** Which content types the service takes for text. */
    private static boolean isText(Incoming request) {
        String type = request.head()
                .headers()
                .first("content-type")
                .orElse("application/octet-stream")
                .toLowerCase(Locale.ROOT)
                .split(";", 2)[0]
                .strip();
        return type.startsWith("text/")
                || List.of("application/json", "application/javascript", "application/xml")
                        .contains(type);
    }
}
