package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedMessagesTest {
    private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private final ApiRig rig = new ApiRig();

    private CustomerAnswer count(String fields) {
        return rig.call(Call.post("/v1/messages/count_tokens", "{\"model\":\"gpt-oss-20b\"," + fields + "}"));
    }

    @Test
    void theNumberIsWhatAMessageOfTheSameRequestBeginsWith() {
        String request = "\"system\":\"be brief\",\"tools\":[],\"thinking\":{\"type\":\"disabled\"}," + USER;

        CustomerAnswer counted = count(request);
        CustomerAnswer asked =
                rig.call(Call.post("/v1/messages", "{\"model\":\"gpt-oss-20b\",\"max_tokens\":9," + request + "}"));

        assertThat(counted.json().path("input_tokens").asLong())
                .isPositive()
                .isEqualTo(asked.json().at("/usage/input_tokens").asLong());
    }

    @Test
    void toolsCountAlsoWhereAModelTakesNone() {
        long bare = count(USER).json().path("input_tokens").asLong();
        long tools = count(
                        "\"tools\":[{\"name\":\"look\",\"description\":\"Looks around.\",\"input_schema\":{}}]," + USER)
                .json()
                .path("input_tokens")
                .asLong();

        assertThat(tools).isGreaterThan(bare + 5);
    }

    @Test
    void whatIsTooLongForTheModelIsCountedToTheEnd() {
        String words = "word ".repeat(2 * Fixtures.CONTEXT);

        assertThat(count("\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]")
                        .json()
                        .path("input_tokens")
                        .asInt())
                .isBetween(2 * Fixtures.CONTEXT, 2 * Fixtures.CONTEXT + 10);
    }

    /** The models of the rig are of another family than gpt-oss, whatever they are called. */
    @Test
    void aHeaderSaysHowExactItIs() {
        assertThat(count(USER).header("x-token-count")).isEqualTo("estimated");
    }

    @Test
    void nothingIsAskedAndNothingCounts() {
        count(USER);

        assertThat(rig.jobs).isEmpty();
        assertThat(rig.usage.rows.events()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"messages\":[] | 400 | messages",
                "\"max_tokens\":0,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}] | 400 | max_tokens"
            })
    void whatAMessageMustNotHaveIsRefused(String fields, int status, String field) {
        CustomerAnswer answer = count(fields);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().at("/error/message").asText()).startsWith(field + ": ");
    }
}
