package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.activity.ActivitySums;
import network.cortensor.portal.dispatch.Refusal;
import org.junit.jupiter.api.Test;

/** What customers see of how models have been served lately, and what counts. */
class ActivityTest {
    private final ApiRig rig = new ApiRig();

    private CustomerAnswer chat(String model) {
        return rig.call(Call.post(
                "/v1/chat/completions",
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
    }

    @Test
    void anAnswerCountsWithItsFirstToken() {
        chat(Fixtures.PROMPT_ONLY);

        assertThat(rig.sums.all(Fixtures.PROMPT_ONLY).requests()).isEqualTo(1);
        assertThat(rig.sums.all(Fixtures.PROMPT_ONLY).answered()).isEqualTo(1);
        assertThat(rig.sums.all(Fixtures.PROMPT_ONLY).medianFirstToken()).isPresent();
    }

    @Test
    void aBusyModelHasNotAnswered() {
        rig.dispatcher = ApiRig.refusing(new Refusal.AllBusy(Duration.ofSeconds(3)));

        chat(Fixtures.PROMPT_ONLY);

        assertThat(rig.sums.all(Fixtures.PROMPT_ONLY).requests()).isEqualTo(1);
        assertThat(rig.sums.all(Fixtures.PROMPT_ONLY).answered()).isZero();
    }

    @Test
    void aMistakeOfTheCustomersCountsForNobody() {
        chat("nowhere");
        rig.call(Call.post("/v1/chat/completions", "{\"model\":\"" + Fixtures.PROMPT_ONLY + "\"}"));

        assertThat(rig.sums.all(Fixtures.PROMPT_ONLY)).isEqualTo(ActivitySums.NONE);
    }

    @Test
    void whereThereIsNoDataThereAreNullsAndThePageSaysSo() {
        assertThat(rig.call(Call.get("/v1/models/" + Fixtures.PROMPT_ONLY))
                        .json()
                        .at("/activity/last_24_hours/answered")
                        .isNull())
                .isTrue();
        assertThat(rig.call(Call.get("/v1/models/" + Fixtures.PROMPT_ONLY))
                        .json()
                        .at("/activity/last_30_days/daily/answered"))
                .hasSize(30);
    }

    /** As customers saw it: a model that was renamed, and kept its old name, has not lost its past. */
    @Test
    void whatIsCountedUnderAModelsOtherNamesIsItsOwn() {
        rig.sums.add(Fixtures.PROMPT_ONLY, Fixtures.NOW, new ActivitySums(5, 5, Map.of()));
        rig.sums.add(Fixtures.ALSO_PROMPT_ONLY, Fixtures.NOW, new ActivitySums(15, 10, Map.of()));

        for (String name : List.of(Fixtures.PROMPT_ONLY, Fixtures.ALSO_PROMPT_ONLY)) {
            assertThat(rig.call(Call.get("/v1/models/" + name))
                            .json()
                            .at("/activity/last_24_hours/answered")
                            .asDouble())
                    .isEqualTo(0.75);
        }
        assertThat(rig.call(Call.get("/v1/models")).body()).contains("0.75");
    }

    @Test
    void whatIsCountedUnderATakenNameIsTheOthers() {
        rig.aliases = Fixtures.withAlso(Fixtures.WITH_TOOLS, Fixtures.PROMPT_ONLY);
        rig.sums.add(Fixtures.PROMPT_ONLY, Fixtures.NOW, new ActivitySums(15, 10, Map.of()));

        assertThat(rig.call(Call.get("/v1/models/" + Fixtures.WITH_TOOLS))
                        .json()
                        .at("/activity/last_24_hours/answered")
                        .isNull())
                .isTrue();
    }

    @Test
    void theSameFiguresStandInTheListAndOnThePage() {
        rig.sums.add(Fixtures.PROMPT_ONLY, Fixtures.NOW, new ActivitySums(1000, 999, Map.of(5, 999L)));
        rig.modelsAccess = ApiParts.ModelsAccess.ANYBODY;

        CustomerAnswer model = rig.call(Call.get("/v1/models/" + Fixtures.PROMPT_ONLY));
        assertThat(model.json().at("/activity/last_24_hours/answered").asDouble())
                .isEqualTo(0.999);
        assertThat(model.json()
                        .at("/activity/last_24_hours/first_token_seconds")
                        .asDouble())
                .isEqualTo(0.84);
        assertThat(model.json().at("/activity/last_24_hours/hourly/answered/23").asDouble())
                .isEqualTo(0.999);
        assertThat(model.json().at("/activity/last_24_hours/hourly/answered/22").isNull())
                .isTrue();

        String page = rig.call(Call.get("/")).body();
        assertThat(page)
                .contains("99.9 % answered, first token after 0.8 s", "<svg class=\"strip\"", "No data yet")
                .containsOnlyOnce("<rect class=\"good\" x=\"92\"");
    }
}
