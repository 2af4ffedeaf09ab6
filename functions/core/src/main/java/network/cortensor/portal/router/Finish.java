package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import network.cortensor.portal.completion.FinishReason;

/** What a {@code finish_reason} says. */
sealed interface Finish {
    /** There is none yet. */
    record GoesOn() implements Finish {}

    record Ended(FinishReason reason) implements Finish {}

    /** The server itself says that the answer is not whole. */
    record Broken() implements Finish {}

    /** Unknown words end an answer as an ordinary stop. */
    static Finish of(JsonNode choice) {
        return Json.text(choice, "/finish_reason").map(Finish::of).orElse(new GoesOn());
    }

    private static Finish of(String word) {
        return switch (word) {
            case "length", "max_tokens" -> new Ended(FinishReason.LENGTH);
            case "tool_calls", "function_call" -> new Ended(FinishReason.TOOL_CALLS);
            case "content_filter" -> new Ended(FinishReason.CONTENT_FILTER);
            case "error", "abort" -> new Broken();
            default -> new Ended(FinishReason.STOP);
        };
    }
}
