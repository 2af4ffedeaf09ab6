package network.cortensor.portal.operator.console;

/** How a text stands out on a terminal that shows colours; elsewhere all look alike, so no meaning may hang on it alone. */
public enum Style {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("31"),
    CHANGED("36");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The text between this style's escape sequences; {@link #PLAIN} has none. */
    String around(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
