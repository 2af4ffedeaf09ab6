package network.cortensor.portal.api.responses;

/** How the model's reasoning is shown. */
record ShownReasoning(Place place, Included included) {
    enum Place {
        /** As the reasoning item's {@code content}. */
        CONTENT,
        /** As its {@code summary}. */
        SUMMARY
    }
}
