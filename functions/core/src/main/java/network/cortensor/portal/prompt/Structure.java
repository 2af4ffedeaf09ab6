package network.cortensor.portal.prompt;

import network.cortensor.portal.model.SpecialTokens;

/**
 * Tells a model's answer from its reasoning and from its calls, in raw text that comes in any pieces. One state machine per format; the
 * states and what leads from one to another are drawn in each. Used by one thread, for one answer.
 */
interface Structure {
    void read(String piece, Voices voices);

    /**
     * The raw text is over: what was held back as the possible start of a mark is decided.
     *
     * @param complete whether the model itself ended its turn, so that what it forgot to close is closed
     */
    void end(boolean complete, Voices voices);

    /** Whether the text so far stops where no model stops by itself: in reasoning or in a header. */
    boolean unfinished();

    /** Whether the format's own marks say that the model has ended its turn. */
    default boolean over() {
        return false;
    }

    /** How many marks the server must have left out, judging by what stood beside them. */
    default int lostMarks() {
        return 0;
    }

    /** What the text showed of what the server does to special tokens. */
    SpecialTokens sight();

    /** Where the kinds of text go. Pieces may be empty. */
    interface Voices {
        void answer(String text);

        void reasoning(String text);

        /** A call of this function begins. */
        void call(String name);

        /** The next piece of the arguments' JSON. */
        void arguments(String json);

        void callEnd();

        /** The text is over within a call; whether that is its end depends on its arguments. */
        void callCut();
    }
}
