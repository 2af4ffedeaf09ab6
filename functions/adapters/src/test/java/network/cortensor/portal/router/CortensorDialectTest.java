package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.prompt.Prompt;
import network.cortensor.portal.wire.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CortensorDialectTest {
    private static final URI ROUTER = URI.create("https://router.example:5010");

    @Test
    void theRequestHasEveryFieldThatRoutersRead() throws Exception {
        Request request =
                dialect(Asks.cortensor(ROUTER), Asks.hello(), Asks.STREAMED).request();

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.url()).isEqualTo(URI.create("https://router.example:5010/api/v2/completions"));
        assertThat(request.headers()).containsEntry("Content-Type", "application/json");
        assertThat(json(request)).isEqualTo(new ObjectMapper().readTree("""
            {"session_id": 168, "model": "oss-20b", "prompt": "User: Hello\\n\\nAssistant:", "prompt_type": 1,
             "prompt_template": "", "stream": true, "timeout": 150, "precommit_timeout": 90,
             "client_reference": "portal-1", "max_tokens": 100, "node_type": 0}\
            """));
    }

    @Test
    void samplingIsSentWhereTheCustomerAskedForIt() throws Exception {
        Sampling sampling = new Sampling(
                Optional.of(0.5),
                Optional.of(0.9),
                Optional.of(40),
                Optional.of(1.0),
                Optional.of(-1.0),
                Optional.of(7L),
                Optional.empty());
        CompletionRequest asked = new CompletionRequest(
                Asks.hello().input(), PromptFormat.PLAIN, 5, sampling, List.of(), Optional.empty(), Optional.empty());

        JsonNode json = json(dialect(Asks.cortensor(ROUTER), asked, Asks.WHOLE).request());

        assertThat(json.path("temperature").doubleValue()).isEqualTo(0.5);
        assertThat(json.path("top_p").doubleValue()).isEqualTo(0.9);
        assertThat(json.path("top_k").intValue()).isEqualTo(40);
        assertThat(json.path("presence_penalty").doubleValue()).isEqualTo(1.0);
        assertThat(json.path("frequency_penalty").doubleValue()).isEqualTo(-1.0);
        assertThat(json.path("stream").booleanValue()).isFalse();
        assertThat(json.has("seed")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1, BODY, https://router.example:5010, https://router.example:5010/api/v1/completions",
        "3, BODY, https://router.example:5010/, https://router.example:5010/api/v3/completions",
        "2, PATH, https://router.example:5010, https://router.example:5010/api/v2/completions/168",
        "2, BODY, https://router.example/base/, https://router.example/base/api/v2/completions"
    })
    void versionAndFormAreTheTargets(int version, Protocol.SessionForm form, URI router, URI expected)
            throws Exception {
        Request request = dialect(Asks.cortensor(router, version, form), Asks.hello(), Asks.WHOLE)
                .request();

        assertThat(request.url()).isEqualTo(expected);
        assertThat(json(request).has("session_id")).isEqualTo(form == Protocol.SessionForm.BODY);
    }

    @ParameterizedTest
    @CsvSource({"150, 150, 90", "100, 100, 40", "0.5, 1, 1", "60, 60, 1", "61, 61, 1", "62.5, 62, 2", "280, 280, 220"})
    void timeOutsAreWholeSecondsAMinuteApartWherePossible(double timeout, int sentTimeout, int sentPrecommit)
            throws Exception {
        CallTimes times =
                new CallTimes(Asks.WHOLE.shape(), Duration.ofSeconds(5), Duration.ofMillis((long) (timeout * 1000)));

        JsonNode json =
                json(dialect(Asks.cortensor(ROUTER), Asks.hello(), times).request());

        assertThat(json.path("timeout").intValue()).isEqualTo(sentTimeout);
        assertThat(json.path("precommit_timeout").intValue()).isEqualTo(sentPrecommit);
    }

    @ParameterizedTest
    @CsvSource({
        "400, refused_400", "401, refused_401", "403, refused_403", "404, refused_404", "405, refused_405",
        "413, refused_413", "422, refused_422", "429, limited", "500, router_error", "502, gateway_502",
        "503, gateway_503", "504, gateway_504", "201, unintelligible", "204, unintelligible", "301, unintelligible",
        "307, unintelligible", "501, unintelligible", "520, unintelligible"
    })
    void aStatusIsAFailureOfItsKind(int status, String kind) {
        assertThat(dialect(Asks.cortensor(ROUTER), Asks.hello(), Asks.WHOLE)
                        .refusal(new Rebuff(status, Optional.empty(), Optional.of("<html>")))
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "500, router_error",
        "502, router_v4_correlation_mismatch",
        "502, router_error",
        "520, correlation_mismatch"
    })
    void theRoutersWordOfAMixUpCountsMoreThanItsStatus(int status, String word) {
        Dialect dialect = dialect(Asks.cortensor(ROUTER), Asks.hello(), Asks.WHOLE);

        assertThat(dialect.refusal(
                        new Rebuff(status, Optional.empty(), Optional.of("{\"error\":{\"code\":\"" + word + "\"}}"))))
                .isEqualTo(new Failure.Mismatch());
    }

    private static Dialect dialect(Target target, CompletionRequest request, CallTimes times) {
        return new CortensorDialect(
                (Protocol.Cortensor) target.protocol(),
                new AttemptRequest(target, request, times),
                Prompt.of(request, RawText.USUAL, LocalDate.EPOCH),
                "portal-1");
    }

    private static JsonNode json(Request request) throws Exception {
        return new ObjectMapper().readTree(request.body());
    }
}
