package network.cortensor.portal.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEventsTest {
    private static HttpRequest read(String event) {
        return HttpEvents.read(event.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void headersAreFoundInAnyCaseAndWithAllTheirValues() {
        HttpRequest request = read("""
                {"httpMethod":"get","path":"/v1/models","headers":{"authorization":"Bearer b","X-One":"1"},\
                "multiValueHeaders":{"Authorization":["Bearer a","Bearer b"]}}""");

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.headers().all("AUTHORIZATION")).containsExactly("Bearer a", "Bearer b");
        assertThat(request.headers().first("x-one")).contains("1");
        assertThat(request.headers().first("x-two")).isEmpty();
    }

    @Test
    void nothingButMethodAndPathIsNeeded() {
        HttpRequest request = read(
                "{\"httpMethod\":\"GET\",\"path\":\"/\",\"headers\":null,\"multiValueHeaders\":null,\"body\":null}");

        assertThat(request.segments()).isEmpty();
        assertThat(request.body().size()).isZero();
    }

    @Test
    void textBodiesAreTakenAsUtf8() throws CharacterCodingException {
        assertThat(read("{\"httpMethod\":\"POST\",\"path\":\"/\",\"body\":\"Grüße 🐦\"}")
                        .body()
                        .utf8())
                .isEqualTo("Grüße 🐦");
    }

    @Test
    void base64BodiesAreDecoded() throws CharacterCodingException {
        HttpRequest request = read("""
                {"version":"2.0","rawPath":"/v1/models/","requestContext":{"http":{"method":"POST"}},"body":"R3LDvMOfZQ==","isBase64Encoded":true}""");

        assertThat(request.front()).isEqualTo(Front.FUNCTION_URL);
        assertThat(request.segments()).containsExactly("v1", "models");
        assertThat(request.body().utf8()).isEqualTo("Grüße");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"httpMethod\":5}",
                "{\"Records\":[]}",
                "{\"httpMethod\":\"POST\",\"body\":\"?\",\"isBase64Encoded\":true}"
            })
    void whatIsNoRequestIsRefused(String event) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(event));
    }

    @Test
    void aRequestDoesNotPrintKeysOrContent() {
        HttpRequest request = read(
                "{\"httpMethod\":\"POST\",\"path\":\"/\",\"headers\":{\"x-api-key\":\"canary\"},\"body\":\"canary\"}");

        assertThat(request.toString()).doesNotContain("canary");
    }
}
