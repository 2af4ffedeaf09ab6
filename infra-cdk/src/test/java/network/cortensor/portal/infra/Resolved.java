package network.cortensor.portal.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What CloudFormation makes of a value of a template, if every resource is called, and numbered, by its logical id. */
final class Resolved {
    private Resolved() {}

    static String text(JsonNode value) {
        if (value.isTextual()) {
            return value.asText();
        }
        if (value.has("Ref")) {
            return value.path("Ref").asText();
        }
        if (value.has("Fn::GetAtt")) {
            return value.at("/Fn::GetAtt/0").asText();
        }
        if (value.has("Fn::ImportValue")) {
            return text(value.path("Fn::ImportValue"));
        }
        JsonNode join = value.path("Fn::Join");
        if (join.size() != 2) {
            throw new IllegalArgumentException(
                    value + " (expected: a text, Ref, Fn::GetAtt, Fn::ImportValue or Fn::Join)");
        }
        return StreamSupport.stream(join.path(1).spliterator(), false)
                .map(Resolved::text)
                .collect(Collectors.joining(join.path(0).asText()));
    }
}
