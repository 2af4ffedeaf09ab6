package network.cortensor.portal.prompt;

/** One text looked for character by character, in time linear in what is read, however it repeats itself (Knuth, Morris, Pratt). */
final class Needle {
    private final String text;
    private final int[] fallbacks;
    private int matched;

    Needle(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("text: empty (expected: at least one character)");
        }
        this.text = text;
        this.fallbacks = fallbacks(text);
    }

    String text() {
        return text;
    }

    /** Whether the needle ends with this character. */
    boolean read(char next) {
        while (matched > 0 && text.charAt(matched) != next) {
            matched = fallbacks[matched - 1];
        }
        if (text.charAt(matched) == next) {
            matched++;
        }
        if (matched < text.length()) {
            return false;
        }
        matched = fallbacks[matched - 1];
        return true;
    }

    /** How many of the last characters may turn out to be the needle's beginning. */
    int pending() {
        return matched;
    }

    void reset() {
        matched = 0;
    }

    /** For each length, the longest proper prefix of the text that is also the end of that many of its characters. */
    private static int[] fallbacks(String text) {
        int[] fallbacks = new int[text.length()];
        int length = 0;
        for (int i = 1; i < text.length(); i++) {
            while (length > 0 && text.charAt(i) != text.charAt(length)) {
                length = fallbacks[length - 1];
            }
            if (text.charAt(i) == text.charAt(length)) {
                length++;
            }
            fallbacks[i] = length;
        }
        return fallbacks;
    }
}
