package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class ModelsTest {
    /** Where nobody was served lately. */
    private static final String NO_DATA =
            "{\"last_24_hours\":{\"answered\":null,\"first_token_seconds\":null,\"hourly\":" + nulls(24)
                    + "},\"last_30_days\":{\"answered\":null,\"first_token_seconds\":null,\"daily\":" + nulls(30)
                    + "}}";

    private static String nulls(int count) {
        String list = "[" + String.join(",", Collections.nCopies(count, "null")) + "]";
        return "{\"answered\":" + list + ",\"first_token_seconds\":" + list + "}";
    }

    private static final String GEMMA = """
        {"id":"gemma-4-26b","object":"model","type":"model","created":1772323200,"created_at":"2026-03-01T00:00:00Z","owned_by":"cortensor","display_name":"Shown as gemma-4-26b",\
        "family":"family-of-it","description":"A model.","context_length":4000,"max_output_tokens":1000,"status":"available",\
        "stage":"deprecated","endpoints":["/v1/chat/completions","/v1/completions","/v1/messages","/v1/responses"],\
        "capabilities":{"tools":true,"parallel_tool_calls":true,"json":true,"images":true,"reasoning":true},\
        "activity":NO_DATA,"shutdown_date":"2027-01-31",\
        "successor":"gpt-oss-20b"}\
        """.replace("NO_DATA", NO_DATA);

    private static final String GPT = """
        {"id":"gpt-oss-20b","object":"model","type":"model","created":1772323200,"created_at":"2026-03-01T00:00:00Z","owned_by":"cortensor","display_name":"Shown as gpt-oss-20b",\
        "family":"family-of-it","description":"A model.","context_length":4000,"max_output_tokens":1000,"status":"available",\
        "stage":"available","endpoints":["/v1/chat/completions","/v1/completions","/v1/messages","/v1/responses"],\
        "capabilities":{"tools":false,"parallel_tool_calls":false,"json":true,"images":false,"reasoning":true},"activity":NO_DATA}\
        """.replace("NO_DATA", NO_DATA);

    private final ApiRig rig = new ApiRig();

    @Test
    void theListHoldsWhatCanBeCalledAndNothingOfWhatIsBehind() {
        CustomerAnswer answer = rig.call(Call.get("/v1/models"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body())
                .startsWith("{\"object\":\"list\",\"data\":[" + GEMMA + "," + GPT + ",")
                .endsWith("],\"has_more\":false,\"first_id\":\"gemma-4-26b\",\"last_id\":\"messages-only\"}")
                .doesNotContain("old-model", "secret");
    }

    @Test
    void oneModelIsDescribedAsInTheList() {
        assertThat(rig.call(Call.get("/v1/models/gemma-4-26b")).body()).isEqualTo(GEMMA);
    }

    @Test
    void aRetiredModelIsGone() {
        CustomerAnswer answer = rig.call(Call.get("/v1/models/old-model"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("model_retired");
    }

    @Test
    void anUnknownModelIsNotFound() {
        CustomerAnswer answer = rig.call(Call.get("/v1/models/%F0%9F"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("model_not_found");
    }
}
