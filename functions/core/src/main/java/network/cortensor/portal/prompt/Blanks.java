package network.cortensor.portal.prompt;

/**
 * The blanks at the beginning of a text. A template's border brings blank lines, and tokenizers that write a blank before each word bring one;
 * neither was said. The indent of the first line was: two blanks and more.
 */
final class Blanks {
    private final StringBuilder held = new StringBuilder();
    private boolean begun;

    /** What of the text is said now, at its beginning without blank lines. */
    String afterBorder(String text) {
        if (begun) {
            return text;
        }
        held.append(text);
        int first = 0;
        while (first < held.length() && Character.isWhitespace(held.charAt(first))) {
            first++;
        }
        if (first == held.length()) {
            return "";
        }
        begun = true;
        int line = held.lastIndexOf("\n", first) + 1;
        boolean wordsBlank = first - line == 1 && held.charAt(line) == ' ';
        String said = held.substring(wordsBlank ? first : Math.min(line, first));
        held.setLength(0);
        return said;
    }

    /** Whether anything but blanks has come. */
    boolean begun() {
        return begun;
    }

    /** The border is another one, and nothing has been said behind it. */
    void restart() {
        held.setLength(0);
        begun = false;
    }
}
