package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** An API, streamed or whole: how a customer asks in it, and what a customer reads in its answer. */
enum CustomerReading {
    CHAT("/v1/chat/completions", ""),
    CHAT_STREAM("/v1/chat/completions", ",\"stream\":true"),
    MESSAGES("/v1/messages", ""),
    MESSAGES_STREAM("/v1/messages", ",\"stream\":true"),
    RESPONSES("/v1/responses", ""),
    RESPONSES_STREAM("/v1/responses", ",\"stream\":true");

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";

    private final String path;
    private final String stream;

    CustomerReading(String path, String stream) {
        this.path = path;
        this.stream = stream;
    }

    /**
     * What a customer reads.
     *
     * @param calls {@code name{…}}, one behind the other
     */
    record Read(String answer, String thoughts, String calls) {}

    /** @param function that is offered; none if empty */
    Call call(String function) {
        String user = "\"Hi\"";
        String asked = switch (this) {
            case CHAT, CHAT_STREAM, MESSAGES, MESSAGES_STREAM ->
                ",\"max_tokens\":900,\"messages\":[{\"role\":\"user\",\"content\":" + user + "}]";
            case RESPONSES, RESPONSES_STREAM -> ",\"max_output_tokens\":900,\"input\":" + user;
        };
        String tools = function.isEmpty() ? "" : ",\"tools\":[" + tool(function) + "]";
        return Call.post(path, "{\"model\":\"" + Fixtures.WITH_TOOLS + "\"" + asked + tools + stream + "}");
    }

    private String tool(String name) {
        return switch (this) {
            case CHAT, CHAT_STREAM ->
                "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"parameters\":" + SCHEMA + "}}";
            case MESSAGES, MESSAGES_STREAM -> "{\"name\":\"" + name + "\",\"input_schema\":" + SCHEMA + "}";
            case RESPONSES, RESPONSES_STREAM ->
                "{\"type\":\"function\",\"name\":\"" + name + "\",\"strict\":false,\"parameters\":" + SCHEMA + "}";
        };
    }

    Read read(CustomerAnswer answer) {
        List<JsonNode> parts = answer.parts();
        return switch (this) {
            case CHAT -> {
                List<JsonNode> calls = listed(answer.json().at("/choices/0/message/tool_calls"));
                yield new Read(
                        texts(parts, "/choices/0/message/content"),
                        texts(parts, "/choices/0/message/reasoning_content"),
                        texts(calls, "/function/name", "/function/arguments"));
            }
            case CHAT_STREAM -> {
                List<JsonNode> calls = new ArrayList<>();
                parts.forEach(part -> calls.addAll(listed(part.at("/choices/0/delta/tool_calls"))));
                yield new Read(
                        texts(parts, "/choices/0/delta/content"),
                        texts(parts, "/choices/0/delta/reasoning_content"),
                        texts(calls, "/function/name", "/function/arguments"));
            }
            case MESSAGES -> {
                List<JsonNode> blocks = listed(answer.json().path("content"));
                yield new Read(texts(blocks, "/text"), texts(blocks, "/thinking"), texts(blocks, "/name", "/input"));
            }
            case MESSAGES_STREAM ->
                new Read(
                        texts(parts, "/delta/text"),
                        texts(parts, "/delta/thinking"),
                        texts(parts, "/content_block/name", "/delta/partial_json"));
            case RESPONSES -> output(listed(answer.json().path("output")));
            case RESPONSES_STREAM -> {
                Read ended = output(listed(parts.getLast().at("/response/output")));
                List<JsonNode> said = parts.stream()
                        .filter(part -> part.path("type").asText().equals("response.output_text.delta"))
                        .toList();
                yield new Read(texts(said, "/delta"), ended.thoughts(), ended.calls());
            }
        };
    }

    private static Read output(List<JsonNode> items) {
        List<JsonNode> said = new ArrayList<>();
        List<JsonNode> thought = new ArrayList<>();
        for (JsonNode item : items) {
            boolean message = item.path("type").asText().equals("message");
            (message ? said : thought).addAll(listed(item.path("content")));
            thought.addAll(listed(item.path("summary")));
        }
        return new Read(texts(said, "/text"), texts(thought, "/text"), texts(items, "/name", "/arguments"));
    }

    private static List<JsonNode> listed(JsonNode array) {
        List<JsonNode> listed = new ArrayList<>();
        array.forEach(listed::add);
        return listed;
    }

    private static String texts(List<JsonNode> parts, String... paths) {
        StringBuilder texts = new StringBuilder();
        for (JsonNode part : parts) {
            for (String path : paths) {
                JsonNode said = part.at(path);
                texts.append(said.isObject() ? said.toString() : said.asText(""));
            }
        }
        return texts.toString();
    }
}
