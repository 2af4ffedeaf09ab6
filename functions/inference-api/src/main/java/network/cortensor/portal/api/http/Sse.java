package network.cortensor.portal.api.http;

import com.fasterxml.jackson.databind.JsonNode;

/** Server-sent events, each with the blank line that ends it. */
public final class Sse {
    private Sse() {}

    public static String data(JsonNode data) {
        return "data: " + data + "\n\n";
    }

    public static String event(String name, JsonNode data) {
        return event(name, data.toString());
    }

    /** @param data of one line */
    public static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    /** Ignored by every decoder. */
    public static String comment(String text) {
        return ": " + text + "\n\n";
    }
}
