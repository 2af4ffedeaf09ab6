package network.cortensor.portal.router;

import java.util.List;
import network.cortensor.portal.model.SpecialTokens;

/**
 * Makes events of one answer, which comes either whole or as events of a stream. Used by one thread; nothing is asked of it after it has
 * given an end or a failure.
 *
 * <p>A stream's end reason is not its end: whatever text still follows belongs to the answer, so the end is given by {@link #over}.
 */
interface AnswerReader {
    /** The answer came in one piece. The last event is an end or a failure. */
    List<RouterEvent> whole(String body);

    /** The data of one event of a stream, anything but {@code [DONE]}. */
    Heard event(String data);

    /** Whether the stream has said that it is over, by an end reason or an error, so that only its own end is missing. */
    boolean concluded();

    /** The stream is over, or nothing of it will be heard any more. The last event is an end or a failure. */
    List<RouterEvent> over(StreamEnd end);

    /** The answer goes on for longer than we can wait: what was heard of it ends with {@code length}. Only for a stream that has spoken. */
    List<RouterEvent> cutOff();

    /** What the raw text of the answer that has ended showed of what its server does to special tokens. */
    SpecialTokens specialTokens();

    /** What an event of a stream brought. */
    sealed interface Heard {
        /**
         * The model has said something of our answer.
         *
         * @param events often none: text may be held back
         */
        record Speech(List<RouterEvent> events) implements Heard {
            public Speech {
                events = List.copyOf(events);
            }
        }

        /**
         * News of our task in which the model says nothing: its role, its state, an error.
         *
         * @param events often none
         */
        record News(List<RouterEvent> events) implements Heard {
            public News {
                events = List.copyOf(events);
            }
        }

        /** It belongs to somebody else's task, and shows nothing about ours. */
        record Foreign() implements Heard {}
    }
}
