package network.cortensor.portal.model;

import java.util.regex.Pattern;

/** The one form that names of environments have, in keys, parameters, tables and commands: {@value #FORM}. */
public final class EnvironmentName {
    public static final String FORM = "[a-z][a-z0-9]{1,15}";

    /** What a complaint says was expected. */
    public static final String EXPECTED = "2 to 16 small letters and digits, the first a letter, such as dev";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private EnvironmentName() {}

    /** Whether an environment may be called so. */
    public static boolean isOne(String text) {
        return PATTERN.matcher(text).matches();
    }
}
