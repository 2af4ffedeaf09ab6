package network.cortensor.portal.testkit.router;

import java.util.Locale;
import java.util.regex.Pattern;

/** Finish reasons as some servers write them. */
final class Finishes {
    private static final Pattern NONE = Pattern.compile("(\"finish_reason\": ?)null");
    private static final Pattern NAMED = Pattern.compile("(\"finish_reason\": ?)(\"[a-z_]+\")");

    private Finishes() {}

    /** None is the word {@code "null"}, and any other is in capital letters. */
    static String loud(String json) {
        String named = NAMED.matcher(json)
                .replaceAll(finish -> finish.group(1) + finish.group(2).toUpperCase(Locale.ROOT));
        return NONE.matcher(named).replaceAll("$1\"null\"");
    }
}
