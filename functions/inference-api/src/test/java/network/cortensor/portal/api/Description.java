package network.cortensor.portal.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The description as it is served, to hold the code against. */
final class Description {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOCATION = "urn:openapi";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private Description(JsonNode document) {
        this.document = document;
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(LOCATION, document.toString())));
    }

    static Description served() {
        return new Description(new ApiRig().call(Call.get(ApiDescription.PATH)).json());
    }

    /** With objects that hold nothing but what is described: for answers, where customers should find every member described. */
    Description closed() {
        JsonNode copy = document.deepCopy();
        close(copy.at("/components/schemas"));
        close(copy.at("/paths"));
        return new Description(copy);
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
        }
        node.forEach(Description::close);
    }

    JsonNode document() {
        return document;
    }

    /** One operation of the description. */
    record Described(String method, String path, JsonNode operation) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Described> operations() {
        List<Described> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(member ->
                                operations.add(new Described(member.getKey(), path.getKey(), member.getValue()))));
        return operations;
    }

    Described operation(String method, String path) {
        return operations().stream()
                .filter(described ->
                        described.method().equals(method) && described.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
    }

    /** The response to a status, its reference followed. */
    JsonNode response(Described described, int status) {
        JsonNode response = described.operation().path("responses").path(Integer.toString(status));
        if (response.isMissingNode()) {
            throw new AssertionError(described + " does not describe a " + status);
        }
        return follow(response);
    }

    JsonNode follow(JsonNode node) {
        return node.has("$ref") ? follow(document.at(node.path("$ref").asText().substring(1))) : node;
    }

    /** What is wrong with a value, by the schema at a pointer into the document. */
    List<Error> errors(String pointer, JsonNode value) {
        return schemas.computeIfAbsent(pointer, at -> registry.getSchema(SchemaLocation.of(LOCATION + "#" + at)))
                .validate(value);
    }

    /** Where the schema of a response's content is, for {@link #errors}; of a stream's, that of each event's data. */
    String schemaOf(Described described, int status, String contentType) {
        JsonNode response = described.operation().path("responses").path(Integer.toString(status));
        String base = response.has("$ref")
                ? response.path("$ref").asText().substring(1)
                : "/paths/" + escaped(described.path()) + "/" + described.method() + "/responses/" + status;
        String schema = base + "/content/" + escaped(contentType) + "/schema";
        return Stream.of("/properties/data/contentSchema", "/properties/data/anyOf/1/contentSchema")
                .map(data -> schema + data)
                .filter(data -> document.at(data).isObject())
                .findFirst()
                .orElse(schema);
    }

    private static String escaped(String token) {
        return token.replace("~", "~0").replace("/", "~1");
    }

    /** Every name of a property in a schema and in all that it refers to. */
    Set<String> properties(String component) {
        Set<String> names = new TreeSet<>();
        collect(document.at(component), names, new TreeSet<>(), property -> true);
        return names;
    }

    /** Those that readers must look at. */
    Set<String> readProperties(String component) {
        Set<String> names = new TreeSet<>();
        collect(
                document.at(component),
                names,
                new TreeSet<>(),
                property -> !property.path("description").asText().startsWith("Taken and ignored."));
        return names;
    }

    private void collect(
            JsonNode node, Set<String> names, Set<String> seen, java.util.function.Predicate<JsonNode> wanted) {
        if (node.path("properties").isObject()) {
            node.path("properties").properties().stream()
                    .filter(property -> wanted.test(property.getValue()))
                    .forEach(property -> names.add(property.getKey()));
        }
        if (node.path("$ref").isTextual() && seen.add(node.path("$ref").asText())) {
            collect(follow(node), names, seen, wanted);
        }
        node.properties().stream()
                .filter(member -> !member.getKey().equals("examples"))
                .forEach(member -> collect(member.getValue(), names, seen, wanted));
        node.valueStream().filter(item -> node.isArray()).forEach(item -> collect(item, names, seen, wanted));
    }

    /** Every word that a property may be, as {@code name: word}, in a schema and in all that it refers to. */
    Set<String> words(String component) {
        Set<String> words = new TreeSet<>();
        collectWords("", document.at(component), words, new TreeSet<>());
        return words;
    }

    private void collectWords(String name, JsonNode schema, Set<String> words, Set<String> seen) {
        if (schema.path("const").isTextual()) {
            words.add(name + ": " + schema.path("const").textValue());
        }
        schema.path("enum")
                .valueStream()
                .filter(JsonNode::isTextual)
                .forEach(word -> words.add(name + ": " + word.textValue()));
        if (schema.path("$ref").isTextual()
                && seen.add(name + schema.path("$ref").asText())) {
            collectWords(name, follow(schema), words, seen);
        }
        schema.path("properties")
                .properties()
                .forEach(property -> collectWords(property.getKey(), property.getValue(), words, seen));
        for (String inner : new String[] {"oneOf", "anyOf", "allOf"}) {
            schema.path(inner).forEach(each -> collectWords(name, each, words, seen));
        }
        if (schema.has("items")) {
            collectWords(name, schema.path("items"), words, seen);
        }
    }

    Stream<JsonNode> all(String key) {
        return document.findValues(key).stream();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
