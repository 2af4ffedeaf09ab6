package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import network.cortensor.portal.completion.FinishReason;

/**
 * What a {@code finish_reason} says. The list of ends is closed: a word that is not on it (such as {@code timeout} or {@code cancelled})
 * says that something else than the model ended the answer, and does not say that the router's task is over.
 */
sealed interface Finish {
    /** None is there, or an empty one, a blank one or {@code "null"}: the answer goes on. */
    record NotYet() implements Finish {}

    /** The model ended the answer. Words are known in any case of letters. */
    record Ended(FinishReason reason) implements Finish {}

    /** A word that is no end of an answer: the answer is broken. */
    record Unknown() implements Finish {}

    static Finish of(JsonNode choice) {
        JsonNode reason = choice.path("finish_reason");
        boolean absent = reason.isMissingNode() || reason.isNull() || (reason.isBoolean() && !reason.booleanValue());
        if (absent) {
            return new NotYet();
        }
        return reason.isTextual() ? of(reason.textValue().strip().toLowerCase(Locale.ROOT)) : new Unknown();
    }

    private static Finish of(String word) {
        return switch (word) {
            case "", "null" -> new NotYet();
            case "stop", "stop_sequence", "eos", "eos_token", "end_turn" -> new Ended(FinishReason.STOP);
            case "length", "max_tokens" -> new Ended(FinishReason.LENGTH);
            case "tool_calls", "tool_use", "function_call" -> new Ended(FinishReason.TOOL_CALLS);
            case "content_filter" -> new Ended(FinishReason.CONTENT_FILTER);
            default -> new Unknown();
        };
    }
}
