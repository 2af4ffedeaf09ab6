package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody may ask for, as often as they like, costs us little. */
class OpenPathsTest {
    private final ApiRig rig = new ApiRig();
    private final ApiHandler handler = rig.handler();

    private record Sent(int status, Map<String, String> headers, ByteArrayOutputStream bytes) {
        byte[] body() {
            return bytes.toByteArray();
        }

        String header(String name) {
            return headers.getOrDefault(name, "absent");
        }

        String text() throws IOException {
            return headers.containsKey("content-encoding")
                    ? new String(
                            new GZIPInputStream(new ByteArrayInputStream(body())).readAllBytes(),
                            StandardCharsets.UTF_8)
                    : new String(body(), StandardCharsets.UTF_8);
        }
    }

    private Sent sent(byte[] event) {
        return sent(handler, event);
    }

    private static Sent sent(ApiHandler handler, byte[] event) {
        AtomicInteger status = new AtomicInteger();
        Map<String, String> headers = new HashMap<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            handler.handle(event, Fixtures.NOW, Fixtures.NOW.plusSeconds(300), (code, all) -> {
                status.set(code);
                headers.putAll(all);
                return body;
            });
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return new Sent(status.get(), headers, body);
    }

    private static Call open(String path) {
        return Call.get(path).withoutKey();
    }

    private static byte[] atFunctionUrl(String method, String path, String headers) {
        return """
            {"version":"2.0","rawPath":"%s","headers":{%s},
             "requestContext":{"domainName":"x.lambda-url.eu-central-1.on.aws","http":{"method":"%s"}}}\
            """.formatted(path, headers, method).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/openapi.json | gzip",
                "/openapi.json | gzip, deflate, br, zstd",
                "/openapi.json | br;q=1.0, GZIP;q=0.5",
                "/openapi.json | *",
                "/openapi.json | identity;q=0, gzip;q=0.001",
                "/ | gzip, deflate"
            })
    void whoeverAsksForItGetsADocumentCompressed(String path, String accepted) throws IOException {
        Sent plain = sent(open(path).event());
        Sent compressed = sent(open(path).with("Accept-Encoding", accepted).event());

        assertThat(plain.headers()).doesNotContainKey("content-encoding").containsEntry("vary", "accept-encoding");
        assertThat(compressed.headers())
                .containsEntry("content-encoding", "gzip")
                .containsEntry("vary", "accept-encoding")
                .containsEntry("etag", plain.header("etag"));
        assertThat(compressed.text()).isEqualTo(plain.text());
        assertThat(compressed.body().length).isLessThan(plain.body().length / 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "gzip;q=0",
                "gzip ; Q = 0.000",
                "deflate, br",
                "*;q=0",
                "gzip;q=0, *",
                ";",
                ",,;q=1"
            })
    void whoeverDoesNotAskForItGetsItPlain(String accepted) throws IOException {
        Sent sent = sent(open("/openapi.json").with("accept-encoding", accepted).event());

        assertThat(sent.headers()).doesNotContainKey("content-encoding");
        assertThat(Description.json(sent.text()).at("/openapi").asText()).startsWith("3.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/"})
    void whoeverHasItAlreadyIsNotSentItAgain(String path) {
        Sent first = sent(open(path).event());
        String tag = first.header("etag");

        for (String known : new String[] {tag, "\"other\", " + tag, tag.substring(2), "*"}) {
            Sent again = sent(open(path).with("If-None-Match", known).event());
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers())
                    .containsEntry("etag", tag)
                    .containsEntry("cache-control", first.header("cache-control"))
                    .containsKey("x-request-id")
                    .doesNotContainKeys("content-type", "content-encoding");
        }
        assertThat(sent(open(path).with("if-none-match", "\"other\"").event()).status())
                .isEqualTo(200);
    }

    @Test
    void everyWorkerNamesADocumentAlike() {
        byte[] event = open("/").event();

        assertThat(sent(rig.handler(), event).header("etag"))
                .isEqualTo(sent(event).header("etag"));
    }

    @Test
    void aPageIsMadeOnceInAWhileHoweverOftenItIsAskedFor() {
        rig.modelsAccess = ModelsAccess.ANYBODY;
        ApiHandler open = rig.handler();
        sent(open, open("/").event());
        int once = rig.catalogReads.get();
        for (int call = 0; call < 100; call++) {
            assertThat(sent(open, open("/").event()).status()).isEqualTo(200);
        }

        assertThat(once).isPositive();
        assertThat(rig.catalogReads).hasValue(once);
    }

    @Test
    void aPageThatCannotBeMadeIsKeptByNobody() {
        rig.modelsAccess = ModelsAccess.ANYBODY;
        rig.catalogDown = true;
        Sent down = sent(rig.handler(), open("/").event());

        assertThat(down.status()).isEqualTo(503);
        assertThat(down.headers()).containsEntry("cache-control", "no-store").doesNotContainKey("etag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi.json"})
    void theFunctionUrlServesNothingThatIsOpen(String path) throws IOException {
        for (String method : new String[] {"GET", "HEAD"}) {
            Sent sent = sent(atFunctionUrl(method, path, "\"accept-encoding\":\"gzip\""));
            assertThat(sent.status()).isEqualTo(404);
            assertThat(sent.body().length).isLessThan(300);
        }
        assertThat(Description.json(sent(atFunctionUrl("GET", path, "")).text())
                        .at("/error/message")
                        .asText())
                .contains("the API's main address");
    }

    @Test
    void theFunctionUrlListsModelsForKeyHoldersOnly() {
        rig.modelsAccess = ModelsAccess.ANYBODY;
        ApiHandler open = rig.handler();

        assertThat(sent(open, open("/v1/models").event()).status()).isEqualTo(200);
        assertThat(sent(open, atFunctionUrl("GET", "/v1/models", "")).status()).isEqualTo(401);
        assertThat(sent(open, atFunctionUrl("GET", "/v1/models/gpt-oss-20b", ""))
                        .status())
                .isEqualTo(401);
        assertThat(sent(open, atFunctionUrl("GET", "/v1/models", "\"authorization\":\"Bearer " + TestKeys.GOOD + "\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theFunctionUrlStillSaysThatItIsThere() {
        assertThat(sent(atFunctionUrl("GET", "/health", "")).status()).isEqualTo(200);
        assertThat(sent(atFunctionUrl("OPTIONS", "/v1/chat/completions", "")).status())
                .isEqualTo(204);
    }
}
