package network.cortensor.portal.telemetry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code traceparent} of W3C Trace Context: the customer's own trace, which our log lines name so that both sides can be read together.
 * It is never sent on, because a router would learn which requests belong together.
 *
 * @param traceId 32 lower-case hex digits, not all 0
 */
public record TraceParent(String traceId) {
    private static final Pattern FORM = Pattern.compile(
            "(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-[0-9a-f]{2}(?<more>-.*)?");

    private static final String VERSION_0 = "00";
    private static final String NO_VERSION = "ff";

    public TraceParent {
        if (!traceId.matches("[0-9a-f]{32}") || traceId.matches("0+")) {
            throw new IllegalArgumentException("trace id: not one (expected: 32 hex digits, not all 0)");
        }
    }

    /** Empty if the header is not of the form that the standard gives; a later version may have more fields behind ours. Blanks around it are none of it. */
    public static Optional<TraceParent> parse(String header) {
        Matcher matcher = FORM.matcher(header.strip());
        if (!matcher.matches()
                || matcher.group("version").equals(NO_VERSION)
                || (matcher.group("version").equals(VERSION_0) && matcher.group("more") != null)
                || matcher.group("trace").matches("0+")
                || matcher.group("span").matches("0+")) {
            return Optional.empty();
        }
        return Optional.of(new TraceParent(matcher.group("trace")));
    }
}
