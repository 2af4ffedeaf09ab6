package network.cortensor.portal.prompt;

/** What the prompt leaves the model in the middle of. */
enum Opening {
    /** A text of the customer's own, of which leading blanks may be a part. */
    BARE,
    /** A fresh turn, which the model may begin with reasoning. */
    TURN,
    /** Reasoning that the prompt itself has opened, so that the answer shows only its end. */
    REASONING
}
