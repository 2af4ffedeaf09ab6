package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.api.Description.Described;
import network.cortensor.portal.api.error.ErrorRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The described errors are the rows of the error table, each where it can happen. */
class DescribedErrorsTest {
    /** A bug can be anywhere, so it cannot be provoked everywhere; nor can the limit of a key that has none. */
    private static final Set<String> NOT_PROVOKED = Set.of("server_error", "rate_limit_exceeded");

    private final Description description = Description.served().closed();

    /** An error's example has the name of its row, and tells programs what the real one tells them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("network.cortensor.portal.api.AnsweredCall#all")
    void anErrorHasItsExample(AnsweredCall each) {
        CustomerAnswer answer = each.answer();
        if (answer.status() == 200 || !answer.contentType().equals("application/json")) {
            return;
        }
        JsonNode example = description
                .response(each.operation(description), answer.status())
                .at("/content/application~1json/examples")
                .path(each.name())
                .path("value");

        assertThat(example.at("/error/type")).isEqualTo(answer.json().at("/error/type"));
        assertThat(example.at("/error/code")).isEqualTo(answer.json().at("/error/code"));
    }

    @Test
    void everyDescribedErrorOfAnOperationIsSeenButBugsAndLimits() {
        Set<String> seen = AnsweredCall.all()
                .filter(each -> each.answer().status() != 200)
                .map(each -> each.operation(description) + " " + each.name())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = new TreeSet<>();
        for (Described each : description.operations()) {
            each.operation()
                    .path("responses")
                    .fieldNames()
                    .forEachRemaining(status -> description
                            .response(each, Integer.parseInt(status))
                            .at("/content/application~1json/examples")
                            .fieldNames()
                            .forEachRemaining(word -> described.add(each + " " + word)));
        }
        described.removeIf(each -> NOT_PROVOKED.stream().anyMatch(each::endsWith) && !seen.contains(each));

        assertThat(seen.stream().filter(each -> !each.startsWith("get / "))).containsExactlyElementsOf(described);
    }

    @Test
    void everyRowOfTheErrorTableHasItsExample() {
        Map<String, ErrorRow> rows = Stream.of(ErrorRow.values()).collect(Collectors.toMap(ErrorRow::word, row -> row));
        Set<String> exemplified = new TreeSet<>();
        for (JsonNode response : description.document().at("/components/responses")) {
            response.at("/content/application~1json/examples").properties().forEach(example -> {
                assertThat(rows).containsKey(example.getKey());
                exemplified.add(example.getKey());
                assertMatches(
                        ErrorRow.valueOf(example.getKey().toUpperCase(Locale.ROOT)),
                        example.getValue().path("value"));
            });
        }

        assertThat(exemplified).isEqualTo(new TreeSet<>(rows.keySet()));
        assertThat(words("/components/schemas/Error/properties/error/properties/code/enum"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(rows.values().stream().flatMap(row -> row.code().stream()), Stream.of("null"))
                                .toList());
        assertThat(words("/components/schemas/Error/properties/error/properties/type/enum"))
                .isEqualTo(rows.values().stream().map(ErrorRow::type).collect(Collectors.toSet()));
        assertThat(words("/components/schemas/MessageError/properties/error/properties/type/enum"))
                .isEqualTo(rows.values().stream().map(ErrorRow::anthropicType).collect(Collectors.toSet()));
    }

    private void assertMatches(ErrorRow row, JsonNode example) {
        boolean anthropic = example.path("type").asText().equals("error");
        assertThat(description.errors("/components/schemas/" + (anthropic ? "MessageError" : "Error"), example))
                .isEmpty();
        assertThat(example.at("/error/type").asText()).isEqualTo(anthropic ? row.anthropicType() : row.type());
        if (!anthropic) {
            assertThat(example.at("/error/code").asText()).isEqualTo(row.code().orElse("null"));
        }
    }

    private Set<String> words(String pointer) {
        return description
                .document()
                .at(pointer)
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pathsThatAreNotThere")
    void whatIsNotDescribedIsAnsweredAsDescribedForSuch(Call call, String component) {
        CustomerAnswer answer = new ApiRig().call(call);
        JsonNode response = description.document().at("/components/responses/" + component);

        assertThat(description.errors(
                        "/components/responses/" + component + "/content/application~1json/schema", answer.json()))
                .isEmpty();
        response.path("headers")
                .fieldNames()
                .forEachRemaining(name -> assertThat(answer.headers()).containsKey(name));
    }

    static Stream<Arguments> pathsThatAreNotThere() {
        return Stream.of(
                Arguments.of(Call.get("/nowhere"), "NothingHere"),
                Arguments.of(Call.get("/v1/completions"), "OtherMethod"),
                Arguments.of(Call.get("/v1/messages"), "MessageOtherMethod"));
    }
}
