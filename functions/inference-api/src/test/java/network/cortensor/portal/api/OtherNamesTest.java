package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import network.cortensor.portal.telemetry.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model under another of its names: whoever sends it is answered under it, and everything else goes by the model's own. */
class OtherNamesTest {
    private final ApiRig rig = new ApiRig();

    private static Call ask(String path, String model) {
        return ask(path, model, false);
    }

    private static Call ask(String path, String model, boolean stream) {
        String said = switch (path) {
            case "/v1/responses" -> "\"input\":\"Hi\"";
            case "/v1/completions" -> "\"prompt\":\"Hi\",\"max_tokens\":9";
            default -> "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":9";
        };
        return Call.post(path, "{\"model\":\"" + model + "\",\"stream\":" + stream + "," + said + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, true",
        "/v1/chat/completions, false",
        "/v1/completions, true",
        "/v1/completions, false",
        "/v1/messages, true",
        "/v1/messages, false",
        "/v1/responses, true",
        "/v1/responses, false"
    })
    void theAnswerBearsTheNameThatWasSent(String path, boolean stream) {
        CustomerAnswer answer = rig.call(ask(path, Fixtures.ALSO_PROMPT_ONLY, stream));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"model\":\"oss-20b\"").doesNotContain("gpt-oss-20b");
    }

    @Test
    void whatIsRoutedBookedAndLoggedIsTheModel() {
        rig.call(ask("/v1/chat/completions", Fixtures.ALSO_PROMPT_ONLY));

        assertThat(rig.jobs)
                .singleElement()
                .satisfies(job -> assertThat(job.alias()).isEqualTo(Fixtures.PROMPT_ONLY));
        assertThat(rig.usage.rows.events())
                .singleElement()
                .satisfies(event -> assertThat(event.account().alias()).isEqualTo(Fixtures.PROMPT_ONLY));
        assertThat(rig.lines.stream().map(Line::dimensions))
                .anySatisfy(dimensions -> assertThat(dimensions).containsEntry("alias", Fixtures.PROMPT_ONLY));
    }

    @Test
    void theListHasItOnceAndItIsDescribedUnderEitherName() {
        assertThat(rig.call(Call.get("/v1/models")).body()).doesNotContain("\"oss-20b\"");

        CustomerAnswer own = rig.call(Call.get("/v1/models/gpt-oss-20b"));
        CustomerAnswer other = rig.call(Call.get("/v1/models/oss-20b"));
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(own.body().replaceFirst("\"gpt-oss-20b\"", "\"oss-20b\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {Fixtures.WITH_TOOLS, Fixtures.ALSO_WITH_TOOLS})
    void aKeyForTheModelOpensItUnderEveryName(String name) {
        assertThat(narrow("/v1/models/" + name).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {Fixtures.PROMPT_ONLY, Fixtures.ALSO_PROMPT_ONLY})
    void aKeyForAnotherModelOpensItUnderNone(String name) {
        assertThat(narrow("/v1/models/" + name).status()).isEqualTo(404);
    }

    /** A renamed model kept the name that the key was given. */
    @Test
    void aKeyForANameThatTheModelOnceHadOpensIt() {
        rig.aliases = Fixtures.renamed(Fixtures.WITH_TOOLS, "gemma-5");

        assertThat(narrow("/v1/models/gemma-5").status()).isEqualTo(200);
        assertThat(narrow("/v1/models").body()).contains("\"id\":\"gemma-5\"");
    }

    /** A key's model is what is called so: that an edit by hand calls another one so, too, opens that to nobody. */
    @Test
    void aNameThatIsTakenOpensNoOtherModel() {
        rig.aliases = Fixtures.withAlso(Fixtures.PROMPT_ONLY, Fixtures.WITH_TOOLS);

        assertThat(narrow("/v1/models/" + Fixtures.PROMPT_ONLY).status()).isEqualTo(404);
        assertThat(narrow("/v1/models").json().path("data").findValuesAsText("id"))
                .containsExactly(Fixtures.WITH_TOOLS);
        assertThat(narrow("/v1/models/" + Fixtures.WITH_TOOLS).json().path("id").asText())
                .isEqualTo(Fixtures.WITH_TOOLS);
        assertThat(rig.call(ask("/v1/chat/completions", Fixtures.PROMPT_ONLY)
                                .with("Authorization", "Bearer " + TestKeys.NARROW))
                        .status())
                .isEqualTo(404);
        assertThat(rig.jobs).isEmpty();
    }

    private CustomerAnswer narrow(String path) {
        return rig.call(Call.get(path).with("Authorization", "Bearer " + TestKeys.NARROW));
    }
}
