package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import network.cortensor.portal.dispatch.Job;
import network.cortensor.portal.dispatch.Job.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer may ask for a stream that is made from a whole answer. */
class BufferedStreamTest {
    private final ApiRig rig = new ApiRig();

    private CustomerAnswer ask(String path, boolean stream, String streaming) {
        String prompt = switch (path) {
            case "/v1/completions" -> "\"prompt\":\"Hi\"";
            case "/v1/responses" -> "\"input\":\"Hi\"";
            default -> "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
        };
        String body = "{\"model\":\"" + Fixtures.PROMPT_ONLY + "\",\"stream\":" + stream + "," + prompt + "}";
        return rig.call(Call.post(path, body).with("X-Portal-Streaming", streaming));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/completions", "/v1/messages", "/v1/responses"})
    void itsStreamIsMadeFromAWholeAnswer(String path) {
        CustomerAnswer answer = ask(path, true, "buffered");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("text/event-stream");
        assertThat(rig.jobs).extracting(Job::wish).containsExactly(Wish.BUFFERED_STREAM);
    }

    @ParameterizedTest
    @CsvSource({
        "true, native, STREAM",
        "true, Buffered, BUFFERED_STREAM",
        "false, buffered, WHOLE",
        "false, native, WHOLE"
    })
    void theHeaderSaysHowAStreamIsMadeAndNothingElse(boolean stream, String streaming, Wish wish) {
        ask("/v1/chat/completions", stream, streaming);

        assertThat(rig.jobs).extracting(Job::wish).containsExactly(wish);
    }

    @Test
    void anotherWordIsRefusedBeforeAnythingIsAsked() {
        CustomerAnswer answer = ask("/v1/chat/completions", true, "slow");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("x-portal-streaming: must be buffered or native.");
        assertThat(rig.jobs).isEmpty();
    }
}
