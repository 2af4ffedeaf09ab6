package network.cortensor.portal.model;

import java.util.Locale;

/** A way to ask for a completion. An alias lists those that it serves. */
public enum Endpoint {
    /** {@code POST /v1/chat/completions}. */
    CHAT,
    /** {@code POST /v1/completions}. */
    COMPLETIONS,
    /** {@code POST /v1/messages}. */
    MESSAGES;

    /** The word in tables, files and log lines. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
