package network.cortensor.portal.api.wire;

import java.util.regex.Pattern;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;

/**
 * The name of a function that a model may call: letters, digits and {@code _ . : / -}, which every prompt format can write in front of its own
 * marks and read again. OpenAI takes 64 of fewer characters, Anthropic 128; names of tools of other services have dots, colons and slashes.
 */
public final class FunctionName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

    private FunctionName() {}

    /** @param field holds the name */
    public static String read(JsonField field) throws Rejection {
        String name = field.text();
        if (!NAME.matcher(name).matches()) {
            throw field.wrong(
                    "must have 1 to 128 characters, of the letters A to Z and a to z, digits, and _ . : / -.");
        }
        return name;
    }
}
