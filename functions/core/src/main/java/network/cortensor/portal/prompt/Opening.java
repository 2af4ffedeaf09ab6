package network.cortensor.portal.prompt;

/** What the prompt leaves the model in the middle of. */
sealed interface Opening {
    /** A text of the customer's own, of which leading blanks may be a part. */
    record Bare() implements Opening {}

    /** A fresh turn, which the model may begin with reasoning. */
    record Turn() implements Opening {}

    /** A fresh answer: the prompt has closed the reasoning in advance. */
    record Answer() implements Opening {}

    /** Reasoning that the prompt itself has opened, so that the answer shows only its end. */
    record Reasoning() implements Opening {}

    /** An answer that the prompt has begun: whatever comes goes on with it. */
    record Begun() implements Opening {}

    /** A call of a function that the model is still to name. */
    record CallOfAny() implements Opening {}

    /** A call of this function: the model goes on with its arguments. */
    record CallOf(String name) implements Opening {}
}
