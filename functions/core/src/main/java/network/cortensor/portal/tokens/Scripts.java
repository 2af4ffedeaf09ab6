package network.cortensor.portal.tokens;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text in other than Latin letters, put together by script; and its sentences in Latin letters.
 *
 * <p>Example: {@code Привет, name! 東京 で} has {@code " Привет"} in Cyrillic letters, {@code "東京で"} in Chinese characters, to which
 * kana count, and no sentence.
 */
final class Scripts {
    /** A word with no capital but its first letter: code and tables have few that stand beside another. */
    private static final Pattern PLAIN_WORD = Pattern.compile("\\p{Lu}?[\\p{Ll}\\p{M}'’]++");

    private static final int NOWHERE = -2;
    private static final int LAST_LATIN = 0x24f;

    private final Map<UnicodeScript, StringBuilder> words = new EnumMap<>(UnicodeScript.class);

    private Scripts() {}

    /** Of each script the words, each with the blank before it that makes one token with it. */
    static Map<UnicodeScript, StringBuilder> in(String text) {
        Scripts scripts = new Scripts();
        int at = 0;
        while (at < text.length()) {
            UnicodeScript script = script(text.codePointAt(at));
            int end = end(text, at, script);
            scripts.add(script, text, at, end);
            at = end;
        }
        return scripts.words;
    }

    private void add(UnicodeScript script, String text, int start, int end) {
        switch (script) {
            case LATIN, COMMON, INHERITED, UNKNOWN -> {}
            case HAN -> of(script).append(text, start, end);
            default -> of(script).append(' ').append(text, start, end);
        }
    }

    private StringBuilder of(UnicodeScript script) {
        return words.computeIfAbsent(script, each -> new StringBuilder());
    }

    /** Where the word ends: marks and joiners go on with it. */
    private static int end(String text, int start, UnicodeScript script) {
        int at = start;
        UnicodeScript next = script;
        while (next == script || next == UnicodeScript.INHERITED) {
            at += Character.charCount(text.codePointAt(at));
            if (at == text.length()) {
                return at;
            }
            next = script(text.codePointAt(at));
        }
        return at;
    }

    /** What stands in Western texts needs no search; kana, wide letters and the punctuation of East Asia go with Chinese characters. */
    private static UnicodeScript script(int character) {
        if (character <= LAST_LATIN) {
            return UnicodeScript.LATIN;
        }
        if ((character >= 0x3000 && character <= 0x30ff) || (character >= 0xff00 && character <= 0xffef)) {
            return UnicodeScript.HAN;
        }
        return UnicodeScript.of(character);
    }

    /** The words in Latin letters that stand beside another, one blank between the two; each with a blank before it. */
    static String sentences(String text) {
        StringBuilder sentences = new StringBuilder();
        Matcher word = PLAIN_WORD.matcher(text);
        int begun = NOWHERE;
        int end = NOWHERE;
        while (word.find()) {
            boolean goesOn = word.start() == end + 1 && text.charAt(end) == ' ';
            if (goesOn && begun != NOWHERE) {
                sentences.append(' ').append(text, begun, end);
            }
            if (goesOn) {
                sentences.append(' ').append(text, word.start(), word.end());
            }
            begun = goesOn || !latin(text, word.start()) ? NOWHERE : word.start();
            end = word.end();
        }
        return sentences.toString();
    }

    private static boolean latin(String text, int at) {
        return UnicodeScript.of(text.codePointAt(at)) == UnicodeScript.LATIN;
    }
}
