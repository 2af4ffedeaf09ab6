package network.cortensor.portal.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;

/**
 * What customers ask for beside words: in each API, streamed and whole, words, a call of a function, or JSON. In each answer stands what one
 * customer said and no other, so that answers which are swapped show.
 */
enum Asking {
    CHAT("/v1/chat/completions", "%s", "%s", "\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]"),
    CHAT_CALL(
            CHAT.path,
            "call tell {\\\"text\\\":\\\"%s\\\"}",
            "{\"text\":\"%s\"}",
            CHAT.fields + ",\"tools\":[{\"type\":\"function\",\"function\":" + Asking.FUNCTION + "}]"),
    CHAT_STRICT_CALL(
            CHAT.path,
            CHAT_CALL.words,
            CHAT_CALL.answer,
            CHAT_CALL.fields.replace("\"name\"", "\"strict\":true,\"name\"") + ",\"tool_choice\":\"required\""),
    CHAT_JSON(
            CHAT.path,
            "json {\\\"text\\\":\\\"%s\\\"}",
            CHAT_CALL.answer,
            CHAT.fields
                    + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"told\",\"schema\":"
                    + Asking.SCHEMA + "}}"),
    RESPONSE("/v1/responses", CHAT.words, CHAT.answer, "\"stream\":true,\"input\":\"%s\""),
    RESPONSE_CALL(
            RESPONSE.path,
            CHAT_CALL.words,
            CHAT_CALL.answer,
            RESPONSE.fields + ",\"tools\":[" + Asking.FUNCTION.replace("{\"name\"", "{\"type\":\"function\",\"name\"")
                    + ",{\"type\":\"web_search\"}]"),
    RESPONSE_JSON(
            RESPONSE.path,
            CHAT_JSON.words,
            CHAT_CALL.answer,
            "\"input\":\"%s\",\"text\":{\"format\":{\"type\":\"json_object\"}}"),
    MESSAGE_CALL(
            "/v1/messages",
            CHAT_CALL.words,
            CHAT_CALL.answer,
            "\"max_tokens\":900,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"tools\":[{\"name\":\"tell\",\"input_schema\":"
                    + Asking.SCHEMA + "}]");

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}";
    private static final String FUNCTION = "{\"name\":\"tell\",\"parameters\":" + Asking.SCHEMA + "}";

    private final String path;
    private final String words;
    private final String answer;
    private final String fields;

    /** Each of the last three has a place for a customer's text; in the fields stand the words. */
    Asking(String path, String words, String answer, String fields) {
        this.path = path;
        this.words = words;
        this.answer = answer;
        this.fields = fields;
    }

    /** The customers take turns with what they ask for. */
    static Asking of(int customer) {
        return values()[customer % values().length];
    }

    /** As {@link CustomerCall#outcome}: {@code answer} if this customer's text came back. */
    String outcome(FastPortal fast, HttpClient client, String model, String text)
            throws IOException, InterruptedException {
        HttpResponse<String> response = CustomerCall.post(
                client,
                fast.portal().apiUrl().resolve(path),
                "{\"model\":\"" + model + "\"," + fields.replace("%s", words.replace("%s", text)) + "}");
        return CustomerCall.outcome(response, answer.replace("%s", text));
    }
}
