package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model's own server says that was used is taken where it can be true, and nowhere else. */
class ReportedUsageTest {
    private static final String CHAT = """
        {"model":"gpt-oss-20b","max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}\
        """;

    private final ApiRig rig = new ApiRig();

    private CustomerAnswer answered(long prompt, long completion, String path) {
        rig.dispatcher = ApiRig.answering(
                new CompletionEvent.Text("one two three"),
                new CompletionEvent.End(FinishReason.STOP, Optional.of(new Usage(prompt, completion))));
        return rig.call(Call.post(path, CHAT));
    }

    private Tokens recorded() {
        return rig.usage.rows.events().iterator().next().tokens();
    }

    /** The prompt was counted with 9 tokens, and 50 were asked for. */
    @ParameterizedTest
    @CsvSource({
        "4294967295, 3",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -1",
        "1043, 3",
        "0, 3",
        "-1, 3",
        "17, 51",
        "17, 4294967295",
        "17, 0",
        "17, -3"
    })
    void whatCannotBeTrueIsCountedInstead(long prompt, long completion) {
        CustomerAnswer answer = answered(prompt, completion, "/v1/chat/completions");

        assertThat(recorded().prompt()).isEqualTo(9);
        assertThat(recorded().completion()).isEqualTo(3);
        assertThat(answer.json().at("/usage").toString())
                .isEqualTo("{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}");
        Line line = rig.lines.getLast();
        assertThat(line.keys()).containsEntry("usage", "doubted").containsEntry("prompt_tokens", 9L);
    }

    @ParameterizedTest
    @CsvSource({"17, 3", "1, 1", "1034, 50"})
    void whatCanBeTrueIsTaken(long prompt, long completion) {
        answered(prompt, completion, "/v1/chat/completions");

        assertThat(recorded().prompt()).isEqualTo(prompt);
        assertThat(recorded().completion()).isEqualTo(completion);
        assertThat(rig.lines.getLast().keys()).doesNotContainKey("usage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/chat/completions"})
    void noFormatShowsWhatCannotBeTrue(String path) {
        assertThat(answered(4_294_967_295L, 3, path).body()).doesNotContain("4294967295");
    }

    @Test
    void anAnswerThatSaysNothingMayCostNoToken() {
        rig.dispatcher = ApiRig.answering(new CompletionEvent.End(FinishReason.STOP, Optional.of(new Usage(17, 0))));
        rig.call(Call.post("/v1/chat/completions", CHAT));

        assertThat(recorded().prompt()).isEqualTo(17);
        assertThat(recorded().completion()).isZero();
    }
}
