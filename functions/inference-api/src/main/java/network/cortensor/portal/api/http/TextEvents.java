package network.cortensor.portal.api.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;
import java.util.function.Function;

/**
 * Events that differ from the one before in a single JSON text: an answer has one for each token. What stands around the text is written once.
 * Used by one thread.
 */
public final class TextEvents {
    /** Stands for the text while the rest is written; the text is the last place where it can stand. */
    private static final String TEXT = "~text~";

    private Optional<Written> last = Optional.empty();

    private record Written(Object kind, Object subject, String before, String after) {
        private boolean is(Object otherKind, Object otherSubject) {
            return kind.equals(otherKind) && subject.equals(otherSubject);
        }
    }

    /**
     * The event with this text. Events of an equal kind about an equal subject differ in their texts alone.
     *
     * @param kind a value
     * @param subject a value
     * @param event writes an event with a text; nothing that others chose stands behind its text
     */
    public String event(Object kind, Object subject, String text, Function<String, String> event) {
        Written written = last.filter(known -> known.is(kind, subject)).orElseGet(() -> write(kind, subject, event));
        StringBuilder all = new StringBuilder(
                written.before().length() + text.length() + written.after().length() + 16);
        all.append(written.before());
        JsonStringEncoder.getInstance().quoteAsString(text, all);
        return all.append(written.after()).toString();
    }

    private Written write(Object kind, Object subject, Function<String, String> event) {
        String all = event.apply(TEXT);
        int at = all.lastIndexOf(TEXT);
        Written written = new Written(kind, subject, all.substring(0, at), all.substring(at + TEXT.length()));
        last = Optional.of(written);
        return written;
    }
}
