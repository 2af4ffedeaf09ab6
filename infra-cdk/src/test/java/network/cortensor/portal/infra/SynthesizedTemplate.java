package network.cortensor.portal.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import network.cortensor.portal.infra.functions.FunctionPackage;

/** A synthesized template, and ways to ask it. */
record SynthesizedTemplate(String stack, String text, JsonNode json) {
    SynthesizedTemplate(String stack, Path file) {
        this(stack, Project.text(file), Project.json(file));
    }

    /** @return logical id → resource */
    Map<String, JsonNode> resources() {
        Map<String, JsonNode> all = new TreeMap<>();
        json.path("Resources").properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    Map<String, JsonNode> resources(String type) {
        return resources().entrySet().stream()
                .filter(entry -> entry.getValue().path("Type").asText().equals(type))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    List<JsonNode> properties(String type) {
        return resources(type).values().stream()
                .map(resource -> resource.path("Properties"))
                .toList();
    }

    /** What a function is told by the deployment, AWS's own variables aside. */
    Set<String> variables(FunctionPackage name) {
        return properties("AWS::Lambda::Function").stream()
                .filter(function -> function.path("Handler").asText().equals(name.handler()))
                .flatMap(function -> function.at("/Environment/Variables").properties().stream())
                .map(Map.Entry::getKey)
                .filter(key -> !key.startsWith("AWS_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The one resource of the type whose logical id begins with the words; of several, the one that has no more words. */
    JsonNode one(String type, String idPrefix) {
        Map<String, JsonNode> all = resources(type);
        List<String> ids =
                all.keySet().stream().filter(id -> id.startsWith(idPrefix)).toList();
        List<String> exact =
                ids.stream().filter(id -> id.matches(idPrefix + "[0-9A-F]{8}")).toList();
        List<JsonNode> found =
                (exact.isEmpty() ? ids : exact).stream().map(all::get).toList();
        if (found.size() != 1) {
            throw new AssertionError(stack + " has " + found.size() + " " + type + " " + idPrefix + "… (expected: 1)");
        }
        return found.getFirst();
    }
}
