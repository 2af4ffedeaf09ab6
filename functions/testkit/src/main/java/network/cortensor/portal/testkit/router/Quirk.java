package network.cortensor.portal.testkit.router;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** An imperfect way to write calls and marks, as models and servers in the wild have them; an upstream to which one means nothing ignores it. */
public enum Quirk {
    NONE,
    /** The server leaves special tokens out of the text. */
    MARKS_STRIPPED,
    /** The mark behind a call is missing. */
    UNCLOSED_CALL,
    /** A call of a function that nobody offered. */
    UNOFFERED_FUNCTION,
    /** Arguments that are no JSON. */
    BROKEN_ARGUMENTS,
    /** Words where the answer was to be JSON. */
    WORDS_FOR_JSON,
    /** Harmony: the recipient stands in the role, before the channel. */
    RECIPIENT_IN_ROLE,
    /** Harmony: a plain {@code json} in place of the mark for a type. */
    PLAIN_TYPE,
    /** Harmony: the role is said again. */
    ROLE_TWICE,
    /** Qwen: the tag that closes the reasoning is missing before a call. */
    FORGOTTEN_CLOSE,
    /** Gemma 4: one brace too many. */
    DOUBLED_CLOSER,
    /** Gemma 4: one brace too few. */
    MISSING_CLOSER,
    /** Gemma 4: JSON's quotation marks. */
    JSON_QUOTES,
    /** OpenAI: a call ends as {@code stop}. */
    STOP_AFTER_CALL,
    /** OpenAI: every call has index 0. */
    SAME_INDEX,
    /** OpenAI: calls have no index. */
    NO_INDEX,
    /** OpenAI: calls have no id. */
    NO_ID,
    /** OpenAI: arguments are an object, not a text. */
    OBJECT_ARGUMENTS,
    /** OpenAI: an empty text stands for no arguments, whatever they were to be. */
    EMPTY_ARGUMENTS,
    /** OpenAI: pieces of several calls come in turn. */
    INTERLEAVED_CALLS,
    /** OpenAI: a word of text stands between the pieces of a call. */
    TEXT_BETWEEN,
    /** OpenAI: the answer is cut in the last call's arguments. */
    CUT_ARGUMENTS;

    /** The word in control requests. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Quirk> of(String word) {
        return Arrays.stream(values())
                .filter(quirk -> quirk.word().equals(word))
                .findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Quirk::word).collect(Collectors.joining(", "));
    }
}
