package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** A value in Gemma 4's notation, as JSON: keys without quotation marks, a mark of its own around texts. */
final class Gemma4Value {
    private static final String QUOTE = "<|\"|>";

    private final String text;
    private int at;

    private Gemma4Value(String text) {
        this.text = text;
    }

    /** @param text begins with the value */
    static JsonNode of(String text) {
        return new Gemma4Value(text).value();
    }

    private JsonNode value() {
        if (took("{")) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            while (at < text.length() && !took("}")) {
                String key = took(QUOTE) ? upTo(QUOTE) : upTo(":");
                took(":");
                object.set(key, value());
                took(",");
            }
            return object;
        }
        if (took("[")) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            while (at < text.length() && !took("]")) {
                array.add(value());
                took(",");
            }
            return array;
        }
        return took(QUOTE) ? JsonNodeFactory.instance.textNode(upTo(QUOTE)) : literal();
    }

    private JsonNode literal() {
        int from = at;
        while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        return switch (word) {
            case "true", "false" -> JsonNodeFactory.instance.booleanNode(word.equals("true"));
            case "null" -> JsonNodeFactory.instance.nullNode();
            default -> number(word);
        };
    }

    private static JsonNode number(String word) {
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(word));
        } catch (NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(word);
        }
    }

    private boolean took(String mark) {
        boolean there = text.startsWith(mark, at);
        at += there ? mark.length() : 0;
        return there;
    }

    private String upTo(String mark) {
        int end = text.indexOf(mark, at);
        int stop = end < 0 ? text.length() : end;
        String found = text.substring(at, stop);
        at = Math.min(text.length(), stop + mark.length());
        return found;
    }
}
