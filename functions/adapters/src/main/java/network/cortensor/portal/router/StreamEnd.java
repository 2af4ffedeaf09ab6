package network.cortensor.portal.router;

/** How far a stream was seen to come. */
enum StreamEnd {
    /** {@code [DONE]}, or the end of the body as its framing says: the router has ended the task. */
    SEEN,
    /** The connection broke, or nothing more was waited for: the task may go on. */
    UNSEEN
}
