package network.cortensor.portal.testkit.router;

/** How an answer was asked for. */
enum Shape {
    STREAMED,
    WHOLE
}
