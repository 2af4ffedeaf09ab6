package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.model.Endpoint;
import org.junit.jupiter.api.Test;

/** {@code /openapi.json} as a document: well-formed, whole, and with the paths that there are. */
class DescriptionTest {
    private final Description description = Description.served();

    @Test
    void isServedToAnybodyWithTheServerThatWasAsked() {
        ApiRig rig = new ApiRig();

        CustomerAnswer answer = rig.call(Call.get("/openapi.json").withoutKey());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json().at("/servers/0/url").asText()).isEqualTo("https://localhost");
        assertThat(rig.keyLookups).hasValue(0);
        assertThat(rig.catalogReads).hasValue(0);
    }

    @Test
    void isOpenApiThatOtherToolsRead() {
        SwaggerParseResult result =
                new OpenAPIV3Parser().readContents(description.document().toString());

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getOpenapi()).startsWith("3.1.");
        assertThat(result.getOpenAPI().getPaths())
                .hasSize(description.document().path("paths").size());
    }

    @Test
    void everySchemaIsOne() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var meta = registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        description
                .document()
                .at("/components/schemas")
                .properties()
                .forEach(schema -> assertThat(meta.validate(schema.getValue()))
                        .as(schema.getKey())
                        .isEmpty());
    }

    @Test
    void everyReferenceLeadsSomewhereAndNothingIsLeftOver() {
        Set<String> references = description.all("$ref").map(JsonNode::asText).collect(Collectors.toSet());
        Set<String> components = new TreeSet<>();
        for (String kind : List.of("schemas", "responses", "headers", "parameters")) {
            description
                    .document()
                    .at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> components.add("#/components/" + kind + "/" + name));
        }
        // For whatever is not described there is no operation to stand in.
        components.removeAll(Set.of(
                "#/components/responses/NothingHere",
                "#/components/responses/OtherMethod",
                "#/components/responses/MessageOtherMethod"));
        references.remove("#/components/headers/Allow");
        components.remove("#/components/headers/Allow");

        assertThat(references).isEqualTo(components);
    }

    @Test
    void theRoutesAreDescribedAndWhatIsDescribedIsRouted() {
        Set<String> routed = RouteTable.of(new ApiRig().parts()).routes().stream()
                .map(route -> route.method().name().toLowerCase(Locale.ROOT) + " " + route.pattern())
                .collect(Collectors.toSet());
        Set<String> described = description.operations().stream()
                .map(Description.Described::toString)
                .collect(Collectors.toSet());

        assertThat(described).isEqualTo(routed);
    }

    @Test
    void modelsNameTheirEndpointsAsTheyAreRouted() {
        Set<String> endpoints = description
                .document()
                .at("/components/schemas/Model/properties/endpoints/items/enum")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());

        assertThat(endpoints)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Endpoint.values()).map(Endpoint::path).toList());
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        assertThat(description.all("operationId").map(JsonNode::asText))
                .hasSize(description.operations().size())
                .doesNotHaveDuplicates();
    }

    @Test
    void nothingInternalIsInIt() {
        assertThat(description.document().toString().toLowerCase(Locale.ROOT))
                .doesNotContain("pool", "router", "session", "dynamo", "lambda", "slot");
    }
}
