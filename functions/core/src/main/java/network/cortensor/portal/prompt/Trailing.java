package network.cortensor.portal.prompt;

/** Line breaks at the end of a text, held back until it is known whether they belong to it or to the border behind it. */
final class Trailing {
    private final StringBuilder breaks = new StringBuilder();

    /** The text with the line breaks that were held before it, and without those at its end. */
    String before(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        if (end == 0) {
            breaks.append(text);
            return "";
        }
        String said = breaks + text.substring(0, end);
        breaks.setLength(0);
        breaks.append(text, end, text.length());
        return said;
    }

    void drop() {
        breaks.setLength(0);
    }
}
