package network.cortensor.portal.model;

import java.util.Locale;

/** A way to ask for a completion. An alias lists those that it serves. */
public enum Endpoint {
    CHAT("/v1/chat/completions"),
    COMPLETIONS("/v1/completions"),
    MESSAGES("/v1/messages"),
    RESPONSES("/v1/responses");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** Where customers post to. */
    public String path() {
        return path;
    }

    /** The word in tables, files and log lines. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
