package network.cortensor.portal.model;

import java.util.regex.Pattern;

/** The one form that names of aliases, pools and targets have: {@value #FORM}. */
public final class Names {
    public static final String FORM = "[a-z0-9][a-z0-9.-]{0,63}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private Names() {}

    public static boolean isName(String text) {
        return PATTERN.matcher(text).matches();
    }

    static String require(String field, String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(field + ": not a name (expected: " + FORM + ")");
        }
        return name;
    }
}
