package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.model.Failure;

/**
 * Reads what an OpenAI-compatible server answers. Only its first choice is looked at.
 *
 * <p>A stream's usage comes behind its {@code finish_reason}. With that, the answer is whole: a stream that ends or breaks before the usage
 * is not cut.
 */
final class OpenAiReader implements AnswerReader {
    private Optional<FinishReason> finished = Optional.empty();
    private boolean said;

    @Override
    public List<RouterEvent> whole(String body) {
        Optional<JsonNode> json = Json.object(body);
        if (json.isEmpty()) {
            return Events.failed(new Failure.Unintelligible());
        }
        if (Json.says(json.get(), "error")) {
            return Events.failed(new Failure.NoResult());
        }
        if (!json.get().path("choices").isArray()) {
            return Events.failed(new Failure.Unintelligible());
        }
        JsonNode choice = json.get().at("/choices/0");
        List<CompletionEvent> contents = contents(choice, choice.path("message"));
        return switch (Finish.of(choice)) {
            case Finish.GoesOn ignored -> whole(contents, FinishReason.STOP, json.get());
            case Finish.Ended ended -> whole(contents, ended.reason(), json.get());
            case Finish.Broken ignored -> Events.failed(new Failure.NoResult());
        };
    }

    @Override
    public Heard event(String data) {
        return new Heard.Own(
                Json.object(data).map(this::own).orElseGet(() -> Events.failed(new Failure.Unintelligible())));
    }

    @Override
    public List<RouterEvent> over() {
        return finished.map(reason -> end(List.of(), reason, Optional.empty()))
                .orElseGet(() -> Events.failed(new Failure.Cut()));
    }

    private List<RouterEvent> own(JsonNode json) {
        if (Json.says(json, "error")) {
            return Events.failed(brokenOff());
        }
        JsonNode choice = json.at("/choices/0");
        if (choice.path("index").asInt(0) != 0) {
            return List.of();
        }
        List<CompletionEvent> contents = contents(choice, choice.path("delta"));
        said |= !contents.isEmpty();
        return switch (Finish.of(choice)) {
            case Finish.GoesOn ignored -> more(contents, usage(json));
            case Finish.Ended ended -> {
                finished = Optional.of(ended.reason());
                yield more(contents, usage(json));
            }
            case Finish.Broken ignored -> Events.failed(brokenOff());
        };
    }

    private List<RouterEvent> more(List<CompletionEvent> contents, Optional<Usage> usage) {
        return finished.isPresent() && usage.isPresent() ? end(contents, finished.get(), usage) : Events.said(contents);
    }

    private static List<RouterEvent> whole(List<CompletionEvent> contents, FinishReason reason, JsonNode json) {
        return contents.isEmpty()
                ? Events.failed(new Failure.NoResult())
                : Events.saidAndEnded(contents, reason, usage(json));
    }

    private List<RouterEvent> end(List<CompletionEvent> contents, FinishReason reason, Optional<Usage> usage) {
        return said ? Events.saidAndEnded(contents, reason, usage) : Events.failed(new Failure.NoResult());
    }

    private Failure brokenOff() {
        return said ? new Failure.Cut() : new Failure.NoResult();
    }

    /** @param message the part that chat answers have: {@code message} or {@code delta} */
    private static List<CompletionEvent> contents(JsonNode choice, JsonNode message) {
        List<CompletionEvent> contents = new ArrayList<>();
        firstText(message, "/reasoning_content", "/reasoning")
                .ifPresent(text -> contents.add(new CompletionEvent.Reasoning(text)));
        firstText(message, "/content", "/refusal").ifPresent(text -> contents.add(new CompletionEvent.Text(text)));
        firstText(choice, "/text").ifPresent(text -> contents.add(new CompletionEvent.Text(text)));
        int position = 0;
        for (JsonNode call : message.path("tool_calls")) {
            contents.add(toolCall(call, position++));
        }
        return contents;
    }

    private static CompletionEvent toolCall(JsonNode call, int position) {
        return new CompletionEvent.ToolCallPiece(
                Math.max(0, call.path("index").asInt(position)),
                Json.text(call, "/id").filter(id -> !id.isEmpty()),
                Json.text(call, "/function/name").filter(name -> !name.isEmpty()),
                Json.text(call, "/function/arguments").orElse(""));
    }

    private static Optional<String> firstText(JsonNode node, String... paths) {
        for (String path : paths) {
            Optional<String> text = Json.text(node, path).filter(found -> !found.isEmpty());
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    private static Optional<Usage> usage(JsonNode json) {
        JsonNode prompt = json.at("/usage/prompt_tokens");
        JsonNode completion = json.at("/usage/completion_tokens");
        return prompt.isIntegralNumber() && completion.isIntegralNumber()
                ? Optional.of(new Usage(prompt.longValue(), completion.longValue()))
                : Optional.empty();
    }
}
