package network.cortensor.portal.testkit.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import network.cortensor.portal.testkit.http.RawCall;
import network.cortensor.portal.testkit.http.RawCall.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bytes of recorded traffic. */
class RouterBytesTest {
    private final RouterSimulator router = RouterSimulator.start(RouterConfig.DEFAULT.withSurroundings(
            SimulatorSurroundings.INSTANT.withClock(InstantSource.fixed(Instant.ofEpochSecond(1766903691)))));

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aWholeAnswerIsAsRecorded() throws Exception {
        Heard heard = RawCall.send(router.url(), CompletionBytes.whole(168, "Hello"));

        assertThat(heard.head())
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
                .contains("Content-Length: " + heard.rawBody().length() + "\r\n");
        assertThat(heard.rawBody())
                .isEqualTo("{\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"logprobs\":null,"
                        + "\"text\":\"\\n\\nHello</s>\"}],\"created\":1766903691,\"id\":\"cmpl-1766903691\","
                        + "\"model\":\"default\",\"object\":\"text_completion\",\"session_id\":168,\"task_id\":0,"
                        + "\"usage\":{\"completion_tokens\":1,\"prompt_tokens\":1,\"total_tokens\":2}}");
    }

    @Test
    void aStreamIsAsRecorded() throws Exception {
        Heard heard = RawCall.send(router.url(), CompletionBytes.streamed(168, "What \"is\""));

        assertThat(heard.head()).isEqualToNormalizingNewlines("""
                        HTTP/1.1 200 OK
                        Content-Type: text/event-stream; charset=utf-8
                        Transfer-Encoding: chunked

                        """);
        assertThat(heard.rawBody()).endsWith("\r\n0\r\n\r\n");
        assertThat(heard.body())
                .isEqualTo(event("\" What\"", "null") + event("\" \\\"is\\\"\"", "null") + event("\"</s>\"", "null")
                        + event("\"\"", "\"stop\"") + "data: [DONE]\n\n");
    }

    @Test
    void nothingButAsciiIsWritten() throws Exception {
        Heard heard = RawCall.send(router.url(), CompletionBytes.whole(168, "Grüße 🙂\u007f"));

        assertThat(heard.rawBody()).contains("\"text\":\"\\n\\nGr\\u00fc\\u00dfe \\ud83d\\ude42\\u007f</s>\"");
    }

    @Test
    void theModelIsAnEchoWithoutEffect() throws Exception {
        String body = "{\"session_id\":1,\"prompt\":\"Hi\",\"model\":\"no such model\"}";

        assertThat(RawCall.send(router.url(), RawCall.post("/api/v1/completions", body))
                        .rawBody())
                .contains("\"model\":\"no such model\"");
    }

    @Test
    void tasksCountFromZeroInEachSession() throws Exception {
        RawCall.send(router.url(), CompletionBytes.whole(168, "Hi"));

        assertThat(RawCall.send(router.url(), CompletionBytes.whole(168, "Hi")).rawBody())
                .contains("\"session_id\":168,\"task_id\":1,");
        assertThat(RawCall.send(router.url(), CompletionBytes.whole(169, "Hi")).rawBody())
                .contains("\"session_id\":169,\"task_id\":0,");
    }

    private static String event(String text, String finishReason) {
        return "data: {\"id\": \"cmpl-1766903691\", \"task_id\": 0, \"object\": \"text_completion\", "
                + "\"created\": 1766903691, \"choices\": [{\"text\": " + text
                + ", \"index\": 0, \"logprobs\": null, \"finish_reason\": " + finishReason
                + "}], \"model\": \"default\"}\n\n";
    }
}
