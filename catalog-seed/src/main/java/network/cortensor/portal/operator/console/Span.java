package network.cortensor.portal.operator.console;

/**
 * A piece of text in one style. What is not printable is escaped, for items of tables hold what people typed, and a terminal obeys what it
 * is shown.
 */
public record Span(String text, Style style) {
    public Span {
        text = printable(text);
    }

    public static Span plain(String text) {
        return new Span(text, Style.PLAIN);
    }

    /** In columns; every code point counts as one. */
    int width() {
        return text.codePointCount(0, text.length());
    }

    private static String printable(String text) {
        if (text.codePoints().allMatch(Span::printable)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (printable(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format("\\u%04x", point));
            }
        });
        return shown.toString();
    }

    private static boolean printable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
