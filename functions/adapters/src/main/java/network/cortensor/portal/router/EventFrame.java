package network.cortensor.portal.router;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Optional;

/**
 * What stands around the text of a stream's events. The events of one answer differ in their texts alone, so that most need no parsing: after
 *
 * <pre>{"choices": [{"text": " What", "finish_reason": null}], "model": "m"}</pre>
 *
 * was read from a tree, an event with other characters between the same two ends is known to be the same tree with another text at {@code /choices/0/text}.
 * An event that differs in anything else, as in a count or a time, has no text here, and is read from its tree. Used by one thread.
 */
final class EventFrame {
    /** So many frames in a row that fitted no other event: this server writes something new into each, and learning costs more than it brings. */
    private static final int MOST_IN_VAIN = 8;

    private Optional<Known> known = Optional.empty();
    private int inVain;

    /**
     * @param before up to the quotation mark before the text
     * @param after from the quotation mark behind it
     */
    private record Known(JsonPointer place, String before, String after) {
        boolean surrounds(String data) {
            return data.length() > before.length() + after.length() && data.startsWith(before) && data.endsWith(after);
        }
    }

    /** A text that is not empty. */
    record Found(JsonPointer place, String text) {}

    /** The text in which the event differs from the one that was learned; empty if it differs in anything else, or has no text there. */
    Optional<Found> read(String data) {
        Optional<Found> found = known.filter(frame -> frame.surrounds(data))
                .flatMap(frame -> Json.unquoted(data.substring(
                                frame.before().length(),
                                data.length() - frame.after().length()))
                        .map(text -> new Found(frame.place(), text)));
        if (found.isPresent()) {
            inVain = 0;
        }
        return found;
    }

    /** Another event of the stream, which has a text at this place. */
    void learn(String data, JsonPointer place) {
        if (inVain >= MOST_IN_VAIN) {
            return;
        }
        inVain++;
        known = Json.textAt(data, place)
                .map(span -> new Known(place, data.substring(0, span.from()), data.substring(span.to())));
    }
}
