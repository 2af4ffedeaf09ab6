package network.cortensor.portal.completion;

import java.util.Locale;

/** Why an answer ended. */
public enum FinishReason {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER;

    /** The word in OpenAI's wire format. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
