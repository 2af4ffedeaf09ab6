package network.cortensor.portal.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import network.cortensor.portal.local.WallCase.Api;

/**
 * What a customer of any API has in hand when an answer is over: texts and calls in their order, and one word for the end. Refuses what a
 * client could not read: a piece of a call that was never begun or is closed, two calls with one id, arguments that are no JSON in an
 * answer that is whole.
 */
final class AnswerParts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Part> parts = new ArrayList<>();
    private String end = "";
    private int ends;
    private int errors;

    /** A text if it has no id. */
    private static final class Part {
        private final String id;
        private final String name;
        private final StringBuilder said = new StringBuilder();
        private boolean closed;

        Part(String id, String name) {
            this.id = id;
            this.name = name;
        }

        boolean isCall() {
            return !name.isEmpty();
        }
    }

    /** As the table has it: a status with its code, or texts in quotation marks, calls as {@code name{…}}, and the end. */
    static String told(Api api, HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            JsonNode error = JSON.readTree(response.body()).path("error");
            return response.statusCode() + " "
                    + error.path("code").asText(error.path("type").asText());
        }
        AnswerParts parts = new AnswerParts();
        boolean streamed =
                response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        if (!streamed) {
            parts.whole(api, JSON.readTree(response.body()));
        } else {
            for (String line : response.body().lines().toList()) {
                if (line.startsWith("data: ")) {
                    parts.event(api, line.substring("data: ".length()));
                }
            }
        }
        return parts.told(streamed);
    }

    private String told(boolean streamed) {
        if (streamed && errors + ends != 1) {
            throw new AssertionError(errors + " error events and " + ends + " ends (expected: one of both)");
        }
        String said = parts.stream()
                .filter(part -> part.isCall() || !part.said.isEmpty())
                .map(this::told)
                .collect(Collectors.joining(" "));
        Set<String> ids = new HashSet<>();
        for (Part part : parts) {
            if (part.isCall() && (part.id.isBlank() || !ids.add(part.id))) {
                throw new AssertionError("id: " + part.id + " (expected: one of its own)");
            }
        }
        return (said + " " + (errors > 0 ? "error event" : end)).strip();
    }

    private String told(Part part) {
        String said = part.said.toString().strip();
        if (!part.isCall()) {
            return "\"" + (said.equals(WallCase.TEXT) ? "…" : said) + "\"";
        }
        return part.name + (cut() ? "{…" : json(said).toString());
    }

    /** Of an answer that was cut, or broke off, the last call need not be whole. */
    private boolean cut() {
        return errors > 0 || end.equals("length");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.isEmpty() ? "{}" : text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("arguments: " + text + " (expected: JSON)", e);
        }
    }

    private void whole(Api api, JsonNode answer) {
        switch (api) {
            case CHAT, COMPLETIONS -> {
                JsonNode choice = answer.at("/choices/0");
                text(choice.at("/message/content").asText(""));
                choice.at("/message/tool_calls")
                        .forEach(call -> begin(
                                        call.path("id").asText(),
                                        call.at("/function/name").asText())
                                .said
                                .append(call.at("/function/arguments").asText()));
                end = choice.path("finish_reason").asText();
            }
            case MESSAGES -> {
                for (JsonNode block : answer.path("content")) {
                    text(block.path("text").asText(""));
                    if (block.path("type").asText().equals("tool_use")) {
                        begin(block.path("id").asText(), block.path("name").asText())
                                .said
                                .append(block.path("input"));
                    }
                }
                end = anthropicEnd(answer.path("stop_reason").asText());
            }
            case RESPONSES -> response(answer);
        }
    }

    private void response(JsonNode response) {
        for (JsonNode item : response.path("output")) {
            switch (item.path("type").asText()) {
                case "message" -> text(item.at("/content/0/text").asText());
                case "function_call" ->
                    begin(item.path("call_id").asText(), item.path("name").asText())
                            .said
                            .append(item.path("arguments").asText());
                default -> {}
            }
        }
        endOfResponse(response);
    }

    private void event(Api api, String data) throws IOException {
        if (data.equals("[DONE]")) {
            ends++;
            return;
        }
        JsonNode event = JSON.readTree(data);
        if (event.has("error") || event.path("type").asText().equals("error")) {
            errors++;
            return;
        }
        switch (api) {
            case CHAT, COMPLETIONS -> chunk(event.at("/choices/0"));
            case MESSAGES -> messageEvent(event);
            case RESPONSES -> responseEvent(event);
        }
    }

    private void chunk(JsonNode choice) {
        text(choice.at("/delta/content").asText(""));
        for (JsonNode delta : choice.at("/delta/tool_calls")) {
            if (delta.has("id")) {
                begin(delta.path("id").asText(), delta.at("/function/name").asText());
            }
            List<Part> calls = parts.stream().filter(Part::isCall).toList();
            int index = delta.path("index").asInt();
            if (index != calls.size() - 1) {
                throw new AssertionError("index: " + index + " (expected: " + (calls.size() - 1) + ")");
            }
            calls.get(index).said.append(delta.at("/function/arguments").asText());
        }
        end = choice.path("finish_reason").asText(end);
    }

    private void messageEvent(JsonNode event) {
        switch (event.path("type").asText()) {
            case "content_block_start" -> {
                JsonNode block = event.path("content_block");
                placed(event.path("index").asInt(), parts.size());
                begin(block.path("id").asText(), block.path("name").asText());
            }
            case "content_block_delta" -> {
                placed(event.path("index").asInt(), parts.size() - 1);
                parts.getLast()
                        .said
                        .append(event.at("/delta/text").asText(""))
                        .append(event.at("/delta/partial_json").asText(""));
            }
            case "content_block_stop" -> {
                placed(event.path("index").asInt(), parts.size() - 1);
                parts.getLast().closed = true;
            }
            case "message_delta" ->
                end = anthropicEnd(event.at("/delta/stop_reason").asText());
            case "message_stop" -> ends++;
            default -> {}
        }
    }

    private void responseEvent(JsonNode event) {
        int index = event.path("output_index").asInt();
        switch (event.path("type").asText()) {
            case "response.output_item.added" -> {
                placed(index, parts.size());
                begin(event.at("/item/call_id").asText(), event.at("/item/name").asText());
            }
            case "response.output_text.delta", "response.function_call_arguments.delta" -> {
                placed(index, parts.size() - 1);
                parts.getLast().said.append(event.path("delta").asText());
            }
            case "response.output_item.done" -> {
                placed(index, parts.size() - 1);
                parts.getLast().closed = true;
            }
            case "response.completed", "response.incomplete" -> {
                ends++;
                endOfResponse(event.path("response"));
            }
            default -> {}
        }
    }

    private void placed(int index, int expected) {
        if (index != expected || (expected < parts.size() && parts.get(expected).closed)) {
            throw new AssertionError("index: " + index + " (expected: " + expected + ", open)");
        }
    }

    private Part begin(String id, String name) {
        Part part = new Part(id, name);
        parts.add(part);
        return part;
    }

    private void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (parts.isEmpty() || parts.getLast().isCall()) {
            begin("", "");
        }
        parts.getLast().said.append(text);
    }

    private void endOfResponse(JsonNode response) {
        boolean called = parts.stream().anyMatch(Part::isCall);
        end = switch (response.path("status").asText()) {
            case "completed" -> called ? "tool_calls" : "stop";
            default ->
                response.at("/incomplete_details/reason").asText().equals("max_output_tokens") ? "length" : "unknown";
        };
    }

    private static String anthropicEnd(String reason) {
        return switch (reason) {
            case "end_turn" -> "stop";
            case "tool_use" -> "tool_calls";
            case "max_tokens" -> "length";
            default -> reason;
        };
    }
}
