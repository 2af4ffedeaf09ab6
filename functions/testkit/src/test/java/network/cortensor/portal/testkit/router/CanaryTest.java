package network.cortensor.portal.testkit.router;

import static org.assertj.core.api.Assertions.assertThat;

import network.cortensor.portal.testkit.http.RawCall;
import network.cortensor.portal.testkit.http.RawCall.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a canary is planted, and where not. */
class CanaryTest {
    private static final String CANARY = "tweet-7";

    private final RouterSimulator router =
            RouterSimulator.start(RouterConfig.DEFAULT.withSurroundings(SimulatorSurroundings.INSTANT));

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aWholeAnswerBearsItEverywhereButInTheTextAndWhatClientsMustUnderstand() throws Exception {
        Heard heard = ask(Fault.NONE, Shape.WHOLE);

        assertThat(heard.statusLine()).isEqualTo("HTTP/1.1 200 OK " + CANARY);
        assertThat(heard.head())
                .contains("X-Request-Id: " + CANARY)
                .contains("X-Router-Node: " + CANARY)
                .contains("Content-Length: " + heard.rawBody().length() + "\r\n");
        assertThat(heard.body())
                .contains("\"text\":\"\\n\\nHello</s>\"", "\"finish_reason\":\"stop\"")
                .contains("\"model\":\"default " + CANARY + "\"", "\"canary\":\"" + CANARY + "\"")
                .containsPattern("\"id\":\"cmpl-\\d+ " + CANARY + "\"");
    }

    @Test
    void aStreamBearsItInCommentsFieldsAndTrailer() throws Exception {
        Heard heard = ask(Fault.NONE, Shape.STREAMED);

        assertThat(heard.statusLine()).endsWith(CANARY);
        assertThat(heard.rawBody()).endsWith("0\r\nX-Trailer: " + CANARY + "\r\n\r\n");
        assertThat(heard.rawBody())
                .contains("\n: " + CANARY + "\ndata: {")
                .contains("\"text\":\" Hello\"", "\"model\":\"default " + CANARY + "\"");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "UNAUTHORIZED",
                "BAD_REQUEST",
                "NOT_FOUND",
                "ERROR_500",
                "HTML_502",
                "IN_BAND_ERROR",
                "PENDING",
                "EMPTY",
                "INTERLEAVE"
            })
    void theBodyOfEveryErrorBearsIt(Fault fault) throws Exception {
        assertThat(ask(fault, Shape.WHOLE).rawBody()).contains(CANARY);
        assertThat(ask(fault, Shape.STREAMED).rawBody()).contains(CANARY);
    }

    private Heard ask(Fault fault, Shape shape) throws Exception {
        router.session(168).set(SessionSettings.DEFAULT.withFault(fault).withCanary(CANARY));
        return RawCall.send(router.url(), CompletionBytes.of(shape, 168, "Hello"));
    }
}
