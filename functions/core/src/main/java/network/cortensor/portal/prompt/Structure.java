package network.cortensor.portal.prompt;

/** Tells a model's answer from its reasoning, in raw text that comes in any pieces. Used by one thread, for one answer. */
interface Structure {
    void read(String piece, Voices voices);

    /** The raw text is over: what was held back as the possible start of a marker is decided. */
    void end(Voices voices);

    /** Where the two kinds of text go. Pieces may be empty. */
    interface Voices {
        void answer(String text);

        void reasoning(String text);
    }
}
