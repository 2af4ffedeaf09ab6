package network.cortensor.portal.testkit.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import network.cortensor.portal.testkit.wire.Headers;
import network.cortensor.portal.testkit.wire.RequestHead;
import org.junit.jupiter.api.Test;

class FrontEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Incoming.Arrival ARRIVAL =
            new Incoming.Arrival("request-1", Instant.parse("2026-11-23T10:00:00Z"), "203.0.113.7", 8080);
    private static final Headers HEADERS = Headers.of(
            "Host", "api.example",
            "User-Agent", "test/1",
            "Content-Type", "application/json; charset=utf-8",
            "X-Two", "a",
            "X-Two", "b",
            "Cookie", "c=1; d=2",
            "Content-Length", "8",
            "Connection", "keep-alive");
    private static final String TARGET = "/prod/v1/models?b=x%20y&b=z&empty";

    @Test
    void apiGatewayMakesAProxyEvent() throws IOException {
        JsonNode event = event(ApiGateway.onStageUrl("prod"), request(TARGET, "{\"ü\":1}"));

        assertThat(event).isEqualTo(JSON.readTree("""
                {
                  "resource": "/{proxy+}",
                  "path": "/v1/models",
                  "httpMethod": "POST",
                  "headers": {
                    "Host": "api.example", "User-Agent": "test/1", "Content-Type": "application/json; charset=utf-8",
                    "X-Two": "b", "Cookie": "c=1; d=2",
                    "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Port": "8080", "X-Forwarded-Proto": "http"
                  },
                  "multiValueHeaders": {
                    "Host": ["api.example"], "User-Agent": ["test/1"],
                    "Content-Type": ["application/json; charset=utf-8"],
                    "X-Two": ["a", "b"], "Cookie": ["c=1; d=2"],
                    "X-Forwarded-For": ["203.0.113.7"], "X-Forwarded-Port": ["8080"], "X-Forwarded-Proto": ["http"]
                  },
                  "queryStringParameters": {"b": "z", "empty": ""},
                  "multiValueQueryStringParameters": {"b": ["x y", "z"], "empty": [""]},
                  "pathParameters": {"proxy": "v1/models"},
                  "stageVariables": null,
                  "requestContext": {
                    "resourceId": "emulated", "resourcePath": "/{proxy+}", "httpMethod": "POST",
                    "path": "/prod/v1/models", "accountId": "123456789012", "apiId": "emulated", "stage": "prod",
                    "protocol": "HTTP/1.1", "domainName": "api.example",
                    "requestId": "request-1", "extendedRequestId": "request-1",
                    "requestTime": "23/Nov/2026:10:00:00 +0000", "requestTimeEpoch": 1795428000000,
                    "identity": {"sourceIp": "203.0.113.7", "userAgent": "test/1"}
                  },
                  "body": "{\\"ü\\":1}",
                  "isBase64Encoded": false
                }
                """));
    }

    @Test
    void aFunctionUrlMakesAnEventOfFormatTwo() throws IOException {
        JsonNode event = event(new FunctionUrl(), request(TARGET, "{\"ü\":1}"));

        assertThat(event).isEqualTo(JSON.readTree("""
                {
                  "version": "2.0",
                  "routeKey": "$default",
                  "rawPath": "/prod/v1/models",
                  "rawQueryString": "b=x%20y&b=z&empty",
                  "cookies": ["c=1", "d=2"],
                  "headers": {
                    "host": "api.example", "user-agent": "test/1", "content-type": "application/json; charset=utf-8",
                    "x-two": "a,b", "content-length": "8",
                    "x-forwarded-for": "203.0.113.7", "x-forwarded-port": "8080", "x-forwarded-proto": "http"
                  },
                  "queryStringParameters": {"b": "x y,z", "empty": ""},
                  "requestContext": {
                    "accountId": "anonymous", "apiId": "emulated", "domainName": "api.example",
                    "domainPrefix": "emulated",
                    "http": {
                      "method": "POST", "path": "/prod/v1/models", "protocol": "HTTP/1.1",
                      "sourceIp": "203.0.113.7", "userAgent": "test/1"
                    },
                    "requestId": "request-1", "routeKey": "$default", "stage": "$default",
                    "time": "23/Nov/2026:10:00:00 +0000", "timeEpoch": 1795428000000
                  },
                  "body": "{\\"ü\\":1}",
                  "isBase64Encoded": false
                }
                """));
    }

    @Test
    void onACustomDomainNoPathHasTheStage() {
        JsonNode event = event(ApiGateway.onCustomDomain("prod"), request("/v1/models", "{}"));

        assertThat(event.path("path").asText()).isEqualTo("/v1/models");
        assertThat(event.path("requestContext").path("path").asText()).isEqualTo("/v1/models");
        assertThat(event.path("requestContext").path("stage").asText()).isEqualTo("prod");
    }

    @Test
    void theStageAloneIsTheRoot() {
        assertThat(event(ApiGateway.onStageUrl("prod"), request("/prod", ""))
                        .path("path")
                        .asText())
                .isEqualTo("/");
    }

    @Test
    void theRootIsAResourceOfItsOwn() {
        JsonNode event = event(ApiGateway.onStageUrl("prod"), request("/prod/", ""));

        assertThat(event.path("resource").asText()).isEqualTo("/");
        assertThat(event.path("pathParameters").isNull()).isTrue();
        assertThat(event.path("requestContext").path("path").asText()).isEqualTo("/prod/");
    }

    @Test
    void anotherStageIsForbidden() {
        assertThat(ApiGateway.onStageUrl("prod").admit(request("/production/v1/models", "")))
                .isInstanceOfSatisfying(
                        EmulatedFront.Admission.Refused.class,
                        refused -> assertThat(refused.refusal().status()).isEqualTo(403));
    }

    @Test
    void noBodyIsNullBehindApiGatewayAndAbsentBehindAFunctionUrl() {
        assertThat(event(ApiGateway.onCustomDomain("prod"), request("/", ""))
                        .get("body")
                        .isNull())
                .isTrue();
        assertThat(event(new FunctionUrl(), request("/", "")).has("body")).isFalse();
    }

    @Test
    void noQueryIsNullBehindApiGatewayAndAbsentBehindAFunctionUrl() {
        JsonNode proxied = event(ApiGateway.onCustomDomain("prod"), request("/", ""));

        assertThat(proxied.get("queryStringParameters").isNull()).isTrue();
        assertThat(proxied.get("multiValueQueryStringParameters").isNull()).isTrue();
        assertThat(event(new FunctionUrl(), request("/", "")).has("queryStringParameters"))
                .isFalse();
    }

    @Test
    void bytesThatAreNoTextTravelAsBase64() {
        Incoming request = new Incoming(new RequestHead("POST", "/", HEADERS), new byte[] {(byte) 0xff, 0}, ARRIVAL);

        for (EmulatedFront front : new EmulatedFront[] {ApiGateway.onCustomDomain("prod"), new FunctionUrl()}) {
            assertThat(event(front, request).path("body").asText()).isEqualTo("/wA=");
            assertThat(event(front, request).path("isBase64Encoded").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void aFunctionUrlTakesTextOfAnUnknownTypeForBytes() {
        Headers octets = Headers.of("Content-Type", "application/x-ndjson");
        Incoming request =
                new Incoming(new RequestHead("POST", "/", octets), "hi".getBytes(StandardCharsets.UTF_8), ARRIVAL);

        assertThat(event(new FunctionUrl(), request).path("body").asText()).isEqualTo("aGk=");
    }

    @Test
    void aQueryThatCannotBeDecodedStaysAsItIs() {
        assertThat(event(new FunctionUrl(), request("/?a=%zz&&=", "")).path("queryStringParameters"))
                .hasToString("{\"a\":\"%zz\",\"\":\",\"}");
    }

    private static Incoming request(String target, String body) {
        return new Incoming(new RequestHead("POST", target, HEADERS), body.getBytes(StandardCharsets.UTF_8), ARRIVAL);
    }

    private static JsonNode event(EmulatedFront front, Incoming request) {
        return switch (front.admit(request)) {
            case EmulatedFront.Admission.Event(var json) -> json;
            case EmulatedFront.Admission.Refused refused -> throw new AssertionError(refused);
        };
    }
}
