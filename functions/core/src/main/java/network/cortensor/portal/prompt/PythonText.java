package network.cortensor.portal.prompt;

/** Texts as Python's {@code str.strip()} leaves them, by which templates trim: it knows a few blanks more than Java. */
final class PythonText {
    private PythonText() {}

    static String stripped(String text) {
        int end = text.length();
        while (end > 0 && blank(text.charAt(end - 1))) {
            end--;
        }
        return strippedAtStart(text.substring(0, end));
    }

    static String strippedAtStart(String text) {
        int start = 0;
        while (start < text.length() && blank(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
