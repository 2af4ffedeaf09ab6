package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON schema of a type as gpt-oss is shown it: objects, arrays, unions, texts in quotation marks, comments. What such a type does not say
 * (whole numbers, bounds) the schema does not say.
 */
final class TypeScriptType {
    private static final Pattern BLANK = Pattern.compile("(?:\\s+|//[^\\n]*)*");
    private static final Pattern NAME = Pattern.compile("([^\\n]*?)(\\?)?:");
    private static final Pattern LITERAL = Pattern.compile("\"([^\\n]*?)\"(?=\\[\\]|,| \\||\\s*$)", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("[\\w.+<>-]+");

    private final String text;
    private int at;

    private TypeScriptType(String text) {
        this.text = text;
    }

    /** @param text begins with the type */
    static ObjectNode schema(String text) {
        return new TypeScriptType(text).union();
    }

    private ObjectNode union() {
        List<ObjectNode> choices = new ArrayList<>();
        boolean arrays;
        skip(BLANK);
        do {
            skip(Pattern.compile("\\|?"));
            choices.add(single());
            arrays = choices.getLast().path("type").asText().equals("array");
            skip(BLANK);
        } while (text.startsWith("|", at));
        if (choices.size() == 1) {
            return choices.getFirst();
        }
        boolean literals = choices.stream().limit(choices.size() - 1L).allMatch(choice -> choice.has("const"));
        ObjectNode union = JsonNodeFactory.instance.objectNode();
        return arrays && literals
                ? choices.getLast()
                : union.set("anyOf", union.arrayNode().addAll(choices));
    }

    private ObjectNode single() {
        skip(BLANK);
        ObjectNode type = text.startsWith("{", at) ? object() : word();
        while (text.startsWith("[]", at)) {
            at += 2;
            type = array(type);
        }
        return type;
    }

    private static ObjectNode array(ObjectNode items) {
        ObjectNode array = JsonNodeFactory.instance.objectNode().put("type", "array");
        array.set("items", items);
        return array;
    }

    private ObjectNode word() {
        ObjectNode type = JsonNodeFactory.instance.objectNode();
        Matcher literal = at(LITERAL);
        if (literal.lookingAt()) {
            at = literal.end();
            return type.put("const", literal.group(1));
        }
        Matcher word = at(WORD);
        String name = word.lookingAt() ? word.group() : "";
        at += name.length();
        return switch (name) {
            case "string", "number", "boolean", "null", "object" -> type.put("type", name);
            case "array", "Array<any>" -> type.put("type", "array");
            default -> type;
        };
    }

    private ObjectNode object() {
        at++;
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        for (skip(BLANK); at < text.length() && text.charAt(at) != '}'; skip(BLANK)) {
            Matcher name = at(NAME);
            if (!name.lookingAt()) {
                break;
            }
            at = name.end();
            properties.set(name.group(1), union());
            if (name.group(2) == null) {
                required.add(name.group(1));
            }
            skip(BLANK);
            skip(Pattern.compile(",?"));
        }
        at = Math.min(text.length(), at + 1);
        return object;
    }

    private Matcher at(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    private void skip(Pattern pattern) {
        Matcher found = at(pattern);
        at = found.lookingAt() ? found.end() : at;
    }
}
