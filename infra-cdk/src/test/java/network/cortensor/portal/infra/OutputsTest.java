package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import network.cortensor.portal.infra.data.PortalTable;
import network.cortensor.portal.infra.environment.Environments;
import org.junit.jupiter.api.Test;

class OutputsTest {
    private static final String[] ENDPOINTS = {
        "ApiUrl",
        "StreamingUrl",
        "DashboardUrl",
        "InferenceFunction",
        "HistoryFunction",
        "ProberFunction",
        "InferenceLog",
        "ProberLog",
        "HistoryLog",
        "AlarmTopicArn"
    };

    private final Synthesized prod = Synthesized.of(Environments.prod());

    @Test
    void peopleAreToldWhereEverythingIs() {
        assertThat(keys(prod.portal().json().path("Outputs"))).containsExactlyInAnyOrder(ENDPOINTS);
        assertThat(keys(prod.data().json().path("Outputs")))
                .contains("ModelsTable", "PoolsTable", "TargetsTable", "ApiKeysTable", "UsageTable");
    }

    @Test
    void toolsReadTheTablesByTheNamesThatFunctionsReadThemBy() {
        JsonNode parameter =
                prod.data().one("AWS::SSM::Parameter", "TableNames").path("Properties");

        assertThat(parameter.path("Name").asText()).isEqualTo("/portal/prod/tables");
        assertThat(jsonKeys(parameter.path("Value")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(PortalTable.values())
                        .map(table -> table.variable().key())
                        .toList());
    }

    @Test
    void toolsReadTheEndpointsOfTheEnvironmentTheyAreTold() {
        JsonNode parameter =
                prod.portal().one("AWS::SSM::Parameter", "Endpoints").path("Properties");

        assertThat(parameter.path("Name").asText()).isEqualTo("/portal/prod/endpoints");
        assertThat(jsonKeys(parameter.path("Value"))).containsExactlyInAnyOrder(ENDPOINTS);
    }

    @Test
    void aBaseUrlCanBeGivenToAClientAsItIs() {
        JsonNode api = prod.portal().json().at("/Outputs/ApiUrl/Value/Fn::Join/1");

        assertThat(api.path(api.size() - 1).asText()).endsWith("/v1");
    }

    @Test
    void theStackOfTheTablesCannotBeDeletedByMistakeOutsideDev() {
        assertThat(Synthesized.of(Environments.dev()).guarded()).isFalse();
        assertThat(Synthesized.of(Environments.staging()).guarded()).isTrue();
        assertThat(prod.guarded()).isTrue();
    }

    private static Stream<String> keys(JsonNode outputs) {
        return outputs.properties().stream().map(Map.Entry::getKey).filter(key -> !key.startsWith("Exports"));
    }

    private static Stream<String> jsonKeys(JsonNode joined) {
        StringBuilder text = new StringBuilder();
        joined.path("Fn::Join").path(1).forEach(part -> text.append(part.isTextual() ? part.asText() : "x"));
        return Pattern.compile("\"(\\w+)\":\"").matcher(text).results().map(OutputsTest::name);
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }
}
