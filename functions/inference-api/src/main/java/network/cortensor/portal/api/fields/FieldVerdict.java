package network.cortensor.portal.api.fields;

/** What becomes of a request that has a certain field. */
public sealed interface FieldVerdict {
    /** The reader of the format reads it. */
    record Served() implements FieldVerdict {}

    /** Pretending to serve it would be worse than refusing, unless its value asks for nothing. */
    record Refused(Harmless harmless, Words words) implements FieldVerdict {}

    /**
     * It is taken, and changes nothing.
     *
     * @param why the answer means the same without it, in a sentence for customers
     */
    record Ignored(String why) implements FieldVerdict {}

    /** How a field is refused, so that clients that can do without it know that they should. */
    enum Words {
        /** A 400 that names the field. */
        LEAVE_OUT,
        /** Anthropic's SDKs send the whole conversation again without threads when they read this. */
        THREAD,
        /** OpenAI's own words for an earlier response that is not stored. */
        EARLIER_RESPONSE
    }
}
