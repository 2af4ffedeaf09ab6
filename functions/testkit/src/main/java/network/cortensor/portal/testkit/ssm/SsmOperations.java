package network.cortensor.portal.testkit.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import network.cortensor.portal.testkit.ssm.Parameter.Decryption;
import network.cortensor.portal.testkit.ssm.ParameterStore.Depth;
import network.cortensor.portal.testkit.ssm.ParameterStore.Existing;

/** The operations on parameters, from JSON to JSON. */
final class SsmOperations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TYPES = Set.of("String", "StringList", Parameter.SECURE);
    private static final int PAGE = 10;
    private static final double MILLIS = 1000;

    private final ParameterStore store;

    SsmOperations(ParameterStore store) {
        this.store = store;
    }

    ObjectNode answer(String operation, JsonNode request) throws SsmError {
        return switch (operation) {
            case "GetParameter" -> getParameter(request);
            case "GetParameters" -> getParameters(request);
            case "GetParametersByPath" -> getParametersByPath(request);
            case "PutParameter" -> putParameter(request);
            case "DeleteParameter" -> deleteParameter(request);
            default -> throw SsmError.client("UnknownOperationException", operation);
        };
    }

    private ObjectNode getParameter(JsonNode request) throws SsmError {
        String name = name(request.path("Name"));
        Parameter parameter = store.find(name).orElseThrow(() -> SsmError.client("ParameterNotFound", ""));
        ObjectNode answer = JSON.createObjectNode();
        answer.set("Parameter", json(parameter, decryption(request)));
        return answer;
    }

    private ObjectNode getParameters(JsonNode request) throws SsmError {
        JsonNode names = request.path("Names");
        if (names.isEmpty() || names.size() > PAGE) {
            throw SsmError.client("ValidationException", "Names must have 1 to 10 members");
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode found = answer.putArray("Parameters");
        ArrayNode invalid = answer.putArray("InvalidParameters");
        for (JsonNode name : names) {
            store.find(name.asText())
                    .ifPresentOrElse(
                            parameter -> found.add(json(parameter, decryption(request))), () -> invalid.add(name));
        }
        return answer;
    }

    private ObjectNode getParametersByPath(JsonNode request) throws SsmError {
        String path = name(request.path("Path"));
        Depth depth = request.path("Recursive").asBoolean() ? Depth.ALL : Depth.CHILDREN;
        String after = request.path("NextToken").asText();
        int size = request.path("MaxResults").asInt(PAGE);
        if (!path.startsWith("/") || size < 1 || size > PAGE) {
            throw SsmError.client("ValidationException", "Path must begin with '/', MaxResults be 1 to 10");
        }
        List<Parameter> rest = store.under(path.endsWith("/") ? path : path + "/", depth).stream()
                .filter(parameter -> parameter.name().compareTo(after) > 0)
                .toList();
        List<Parameter> page = rest.subList(0, Math.min(size, rest.size()));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode found = answer.putArray("Parameters");
        page.forEach(parameter -> found.add(json(parameter, decryption(request))));
        if (page.size() < rest.size()) {
            answer.put("NextToken", page.getLast().name());
        }
        return answer;
    }

    private ObjectNode putParameter(JsonNode request) throws SsmError {
        String name = name(request.path("Name"));
        String type = request.path("Type")
                .asText(store.find(name).map(Parameter::type).orElse(""));
        String value = request.path("Value").asText();
        if (!TYPES.contains(type) || value.isEmpty()) {
            throw SsmError.client("ValidationException", "Type and Value are required");
        }
        Existing existing = request.path("Overwrite").asBoolean() ? Existing.OVERWRITTEN : Existing.KEPT;
        Parameter parameter = store.put(name, type, value, existing);
        return JSON.createObjectNode().put("Version", parameter.version()).put("Tier", "Standard");
    }

    private ObjectNode deleteParameter(JsonNode request) throws SsmError {
        store.delete(name(request.path("Name")));
        return JSON.createObjectNode();
    }

    private static String name(JsonNode name) throws SsmError {
        if (!name.asText().matches("[a-zA-Z0-9_.\\-/]{1,1011}")) {
            throw SsmError.client("ValidationException", "Parameter names are letters, digits and .-_/");
        }
        return name.asText();
    }

    private static Decryption decryption(JsonNode request) {
        return request.path("WithDecryption").asBoolean() ? Decryption.ASKED_FOR : Decryption.LEFT_OUT;
    }

    private static ObjectNode json(Parameter parameter, Decryption decryption) {
        return JSON.createObjectNode()
                .put("Name", parameter.name())
                .put("Type", parameter.type())
                .put("Value", parameter.shown(decryption))
                .put("Version", parameter.version())
                .put("LastModifiedDate", parameter.modified().toEpochMilli() / MILLIS)
                .put("ARN", "arn:aws:ssm:us-east-1:000000000000:parameter" + parameter.name())
                .put("DataType", "text");
    }
}
