package network.cortensor.portal.prompt;

/** How an answer comes, which decides how far one can look ahead where its beginning does not say what it is. */
enum Arrival {
    /** A customer waits for every piece. */
    IN_PIECES,
    /** All of it is known, so that looking ahead costs nothing. */
    WHOLE
}
