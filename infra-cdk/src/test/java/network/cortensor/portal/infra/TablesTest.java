package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.environment.Environments;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final String TABLE = "AWS::DynamoDB::GlobalTable";

    /** Keys, then what DynamoDB does with the items. Written out here once more: who changes a key loses the table. */
    private static final Map<String, String> EXPECTED = new TreeMap<>(Map.of(
            "Models", "alias | stream NEW_AND_OLD_IMAGES",
            "Pools", "pool | stream NEW_AND_OLD_IMAGES",
            "Targets", "pool, target | stream NEW_AND_OLD_IMAGES",
            "TargetHealth", "pool, target | expires by expiresAt",
            "SessionSlots", "router, slot | expires by expiresAt",
            "CatalogHistory", "item, sequence |",
            "ApiKeys", "keyHash |",
            "Usage", "keyId, entry | expires by expiresAt"));

    @Test
    void everyTableHasItsKeysItsStreamAndItsExpiry() {
        for (Synthesized made : Synthesized.all()) {
            Map<String, String> found = new TreeMap<>();
            made.data().resources(TABLE).forEach((id, table) -> found.put(name(id), shape(table)));

            assertThat(found).isEqualTo(EXPECTED);
        }
    }

    @Test
    void everyTableIsOnDemandRecoverableAndEncrypted() {
        for (Synthesized made : Synthesized.all()) {
            for (JsonNode table : made.data().properties(TABLE)) {
                assertThat(table.path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST");
                assertThat(table.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
                assertThat(table.at("/Replicas/0/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                                .asBoolean())
                        .isTrue();
            }
        }
    }

    @Test
    void outsideDevNoTableIsDeletedWithItsStackNorByHand() {
        for (Environment environment : Environments.all()) {
            boolean dev = environment.equals(Environments.dev());
            for (JsonNode table :
                    Synthesized.of(environment).data().resources(TABLE).values()) {
                assertThat(table.path("DeletionPolicy").asText()).isEqualTo(dev ? "Delete" : "Retain");
                assertThat(table.path("UpdateReplacePolicy").asText()).isEqualTo(dev ? "Delete" : "Retain");
                assertThat(table.at("/Properties/Replicas/0/DeletionProtectionEnabled")
                                .asBoolean())
                        .isEqualTo(!dev);
            }
        }
    }

    /** A failed first deployment leaves nothing but tables: what else is kept is kept once it has come to be. */
    @Test
    void whatIsKeptIsKeptOnceItHasComeToBe() {
        List<Synthesized> every = Stream.concat(
                        Synthesized.all().stream(),
                        Stream.of(Synthesized.managed(), Synthesized.everything())
                                .map(Synthesized::of))
                .toList();
        for (Synthesized made : every) {
            assertThat(made.portal().resources())
                    .allSatisfy((id, resource) -> assertThat(
                                    resource.path("DeletionPolicy").asText("Delete"))
                            .isIn("Delete", "RetainExceptOnCreate"));
            assertThat(made.data().resources())
                    .allSatisfy((id, resource) -> assertThat(
                                    resource.path("DeletionPolicy").asText("Delete"))
                            .isIn("Delete", resource.path("Type").asText().equals(TABLE) ? "Retain" : "Delete"));
        }
    }

    @Test
    void theStackThatRunsHoldsNoTable() {
        for (Synthesized made : Synthesized.all()) {
            assertThat(made.portal().resources().values())
                    .noneMatch(resource -> resource.path("Type").asText().startsWith("AWS::DynamoDB"));
        }
    }

    /** {@code TablesModelsD8B8EE26} is the table Models. */
    private static String name(String logicalId) {
        return logicalId.replaceFirst("^Tables", "").replaceFirst("[0-9A-F]{8}$", "");
    }

    private static String shape(JsonNode table) {
        JsonNode properties = table.path("Properties");
        String keys = StreamSupport.stream(properties.path("KeySchema").spliterator(), false)
                .map(key -> key.path("AttributeName").asText())
                .collect(Collectors.joining(", "));
        JsonNode stream = properties.at("/StreamSpecification/StreamViewType");
        JsonNode expiry = properties.at("/TimeToLiveSpecification/AttributeName");
        return keys + " |"
                + (stream.isMissingNode() ? "" : " stream " + stream.asText())
                + (expiry.isMissingNode() ? "" : " expires by " + expiry.asText());
    }
}
