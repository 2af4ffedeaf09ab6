package network.cortensor.portal.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.completion.JsonText;

/**
 * A value of a request together with its name, so that a reader who finds something wrong with it can say where. Methods with a name read a
 * member of this object; a member that is {@code null} counts as absent.
 */
public final class JsonField {
    private final String name;
    private final JsonNode value;

    private JsonField(String name, JsonNode value) {
        this.name = name;
        this.value = value;
    }

    static JsonField root(JsonNode object) {
        return new JsonField("", object);
    }

    /** As in {@code messages[2].content[0].text}. */
    public String name() {
        return name;
    }

    public JsonNode value() {
        return value;
    }

    public Optional<JsonField> find(String member) throws Rejection {
        JsonNode found = object().value.path(member);
        return found.isMissingNode() || found.isNull()
                ? Optional.empty()
                : Optional.of(new JsonField(nameOf(member), found));
    }

    public JsonField need(String member) throws Rejection {
        Optional<JsonField> found = find(member);
        if (found.isEmpty()) {
            throw new Rejection(ApiError.invalid(nameOf(member), "is required."));
        }
        return found.get();
    }

    public String text() throws Rejection {
        if (!value.isTextual()) {
            throw wrong("must be a string.");
        }
        return value.textValue();
    }

    /** Text of at least one character. */
    public String nonEmptyText() throws Rejection {
        String text = text();
        if (text.isEmpty()) {
            throw wrong("must not be empty.");
        }
        return text;
    }

    /** A text of 1 to {@code most} characters. */
    public String nonEmptyText(int most) throws Rejection {
        String text = nonEmptyText();
        if (text.length() > most) {
            throw wrong("must have at most " + most + " characters.");
        }
        return text;
    }

    /** The items of an array of at most {@code most}. */
    public List<JsonField> items(int most) throws Rejection {
        if (!value.isArray()) {
            throw wrong("must be an array.");
        }
        if (value.size() > most) {
            throw wrong("must not have more than " + most + " items.");
        }
        List<JsonField> items = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            items.add(new JsonField(name + "[" + i + "]", value.get(i)));
        }
        return items;
    }

    /** The items of an array of at least one. */
    public List<JsonField> someItems(int most) throws Rejection {
        List<JsonField> items = items(most);
        if (items.isEmpty()) {
            throw wrong("must not be empty.");
        }
        return items;
    }

    public Optional<String> text(String member) throws Rejection {
        Optional<JsonField> found = find(member);
        return found.isPresent() ? Optional.of(found.get().text()) : Optional.empty();
    }

    /** Absent is no. */
    public boolean flag(String member) throws Rejection {
        Optional<JsonField> found = find(member);
        return found.isPresent() && found.get().flag();
    }

    public Optional<Double> number(String member, double least, double most) throws Rejection {
        Optional<JsonField> found = find(member);
        return found.isPresent() ? Optional.of(found.get().number(least, most)) : Optional.empty();
    }

    public Optional<Integer> integer(String member, int least, int most) throws Rejection {
        Optional<JsonField> found = find(member);
        return found.isPresent() ? Optional.of(Math.toIntExact(found.get().integer(least, most))) : Optional.empty();
    }

    public Optional<Long> integer(String member) throws Rejection {
        Optional<JsonField> found = find(member);
        return found.isPresent() ? Optional.of(found.get().integer(Long.MIN_VALUE, Long.MAX_VALUE)) : Optional.empty();
    }

    public Optional<String> word(String member, List<String> words) throws Rejection {
        Optional<JsonField> found = find(member);
        return found.isPresent() ? Optional.of(found.get().word(words)) : Optional.empty();
    }

    public String word(List<String> words) throws Rejection {
        String text = text();
        if (!words.contains(text)) {
            throw wrong("must be one of " + String.join(", ", words) + ".");
        }
        return text;
    }

    /** This, which must be an object. */
    public JsonField object() throws Rejection {
        if (!value.isObject()) {
            throw wrong("must be an object.");
        }
        return this;
    }

    /** This value as it stands, for servers that understand it. */
    public JsonText json() {
        return new JsonText(value.toString());
    }

    /** This value is not what it must be. */
    public Rejection wrong(String what) {
        return new Rejection(name.isEmpty() ? ApiError.invalid(what) : ApiError.invalid(name, what));
    }

    private boolean flag() throws Rejection {
        if (!value.isBoolean()) {
            throw wrong("must be true or false.");
        }
        return value.booleanValue();
    }

    private double number(double least, double most) throws Rejection {
        if (!value.isNumber()) {
            throw wrong("must be a number.");
        }
        double number = value.doubleValue();
        if (!(number >= least && number <= most)) {
            throw wrong("must be between " + word(least) + " and " + word(most) + ".");
        }
        return number;
    }

    private long integer(long least, long most) throws Rejection {
        // 1.0 is whole as well: JSON has one kind of number.
        if (!value.isNumber() || !value.canConvertToExactIntegral()) {
            throw wrong("must be a whole number.");
        }
        if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
            throw wrong("must be between " + least + " and " + most + ".");
        }
        return value.longValue();
    }

    private static String word(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private String nameOf(String member) {
        return name.isEmpty() ? member : name + "." + member;
    }
}
