package network.cortensor.portal.router;

import java.util.List;

/**
 * Makes events of one answer, which comes either whole or as events of a stream. Used by one thread; nothing is asked of it after it has
 * given an end or a failure.
 */
interface AnswerReader {
    /** The answer came in one piece. The last event is an end or a failure. */
    List<RouterEvent> whole(String body);

    /** The data of one event of a stream, anything but {@code [DONE]}. */
    Heard event(String data);

    /** The stream is over, by {@code [DONE]}, by its framing, or because it broke. The last event is an end or a failure. */
    List<RouterEvent> over();

    /** What an event of a stream brought. */
    sealed interface Heard {
        /** @param events often none: text may be held back */
        record Own(List<RouterEvent> events) implements Heard {
            public Own {
                events = List.copyOf(events);
            }
        }

        /** It belongs to somebody else's task, and shows nothing about ours. */
        record Foreign() implements Heard {}
    }
}
