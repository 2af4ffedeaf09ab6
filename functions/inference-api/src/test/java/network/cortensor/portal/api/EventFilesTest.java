package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import network.cortensor.portal.dispatch.Job.Origin;
import network.cortensor.portal.dispatch.Job.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The replayable events of the repository, as a deployment would get them. */
class EventFilesTest {
    private final ApiRig rig = new ApiRig();

    private static byte[] event(String name) throws IOException {
        Path root = Path.of(Objects.requireNonNull(System.getProperty("portal.root"), "portal.root"));
        return Files.readAllBytes(root.resolve("events").resolve(name + ".json"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "rest-chat, WHOLE, FIRST_TRY",
        "rest-chat-stream, STREAM, FIRST_TRY",
        "url-chat, STREAM, SDK_RETRY",
        "priming, STREAM, FIRST_TRY"
    })
    void aChatIsDispatched(String file, Wish wish, Origin origin) throws IOException {
        CustomerAnswer answer = rig.send(event(file));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("Hello");
        assertThat(rig.jobs).hasSize(1);
        assertThat(rig.jobs.getFirst().wish()).isEqualTo(wish);
        assertThat(rig.jobs.getFirst().origin()).isEqualTo(origin);
        assertThat(rig.jobs.getFirst().alias()).isEqualTo("gpt-oss-20b");
    }

    @Test
    void modelsAreListed() throws IOException {
        assertThat(rig.send(event("rest-models")).json().path("data")).hasSize(3);
    }

    @Test
    void bothFrontsAreTheSameToTheCustomer() throws IOException {
        ApiRig other = new ApiRig();

        assertThat(rig.send(event("url-chat")).body())
                .isEqualTo(other.send(event("rest-chat-stream")).body());
        assertThat(rig.lines.getFirst().keys()).containsEntry("front", "function_url");
        assertThat(other.lines.getFirst().keys()).containsEntry("front", "rest_api");
    }

    @Test
    void theDailyCallIsAnsweredWithoutAKey() throws IOException {
        CustomerAnswer answer = rig.send(event("daily-health"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("ok");
    }

    @Test
    void aTickIsNoRequest() throws IOException {
        byte[] tick = event("scheduled-tick");

        assertThatIllegalArgumentException().isThrownBy(() -> rig.send(tick));
    }
}
