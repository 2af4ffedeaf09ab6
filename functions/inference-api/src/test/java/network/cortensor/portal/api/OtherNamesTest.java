package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.telemetry.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model under another of its names: whoever sends it is answered under it, and everything else goes by the model's own. */
class OtherNamesTest {
    private final ApiRig rig = new ApiRig();

    private CustomerAnswer ask(String path, String model, boolean stream) {
        return rig.call(Call.post(
                path,
                "{\"model\":\"" + model + "\",\"max_tokens\":9,\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions, true", "/v1/chat/completions, false", "/v1/messages, true", "/v1/messages, false"
    })
    void theAnswerBearsTheNameThatWasSent(String path, boolean stream) {
        CustomerAnswer answer = ask(path, Fixtures.ALSO_PROMPT_ONLY, stream);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"model\":\"oss-20b\"").doesNotContain("gpt-oss-20b");
    }

    @Test
    void whatIsRoutedBookedAndLoggedIsTheModel() {
        ask("/v1/chat/completions", Fixtures.ALSO_PROMPT_ONLY, false);

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
        rig.aliases = rig.aliases.stream()
                .map(view -> view.alias().name().equals(Fixtures.WITH_TOOLS)
                        ? new AliasView(renamed(view.alias()), view.pools(), view.readAt())
                        : view)
                .toList();

        assertThat(narrow("/v1/models/gemma-5").status()).isEqualTo(200);
        assertThat(narrow("/v1/models").body()).contains("\"id\":\"gemma-5\"");
    }

    private static ModelAlias renamed(ModelAlias old) {
        return new ModelAlias(
                "gemma-5",
                old.description(),
                old.contextLength(),
                old.maxOutputTokens(),
                old.endpoints(),
                old.lifecycle(),
                old.state(),
                old.routes(),
                old.fallbackPools(),
                old.promptFormat(),
                List.of(old.name()));
    }

    private CustomerAnswer narrow(String path) {
        return rig.call(Call.get(path).with("Authorization", "Bearer " + TestKeys.NARROW));
    }
}
