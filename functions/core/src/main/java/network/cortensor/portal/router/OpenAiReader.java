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
    private final OpenAiCalls calls = new OpenAiCalls();
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
        return switch (Finish.of(choice)) {
            case Finish.GoesOn ignored -> whole(choice, FinishReason.STOP, json.get());
            case Finish.Ended ended -> whole(choice, ended.reason(), json.get());
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
        List<CompletionEvent.Content> contents = heard(choice);
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

    private List<RouterEvent> more(List<CompletionEvent.Content> contents, Optional<Usage> usage) {
        return finished.isPresent() && usage.isPresent() ? end(contents, finished.get(), usage) : Events.said(contents);
    }

    private List<CompletionEvent.Content> heard(JsonNode choice) {
        JsonNode delta = choice.path("delta");
        List<CompletionEvent.Content> contents = new ArrayList<>();
        OpenAiContent.in(choice, delta).forEach(content -> contents.addAll(calls.say(content)));
        CallDelta.in(delta).forEach(call -> contents.addAll(calls.add(call)));
        return contents;
    }

    private List<RouterEvent> whole(JsonNode choice, FinishReason reason, JsonNode json) {
        JsonNode message = choice.path("message");
        List<CompletionEvent.Content> contents = new ArrayList<>();
        OpenAiContent.in(choice, message).forEach(content -> contents.addAll(calls.say(content)));
        CallDelta.in(message).forEach(call -> contents.addAll(calls.addWhole(call)));
        return end(contents, reason, usage(json));
    }

    private List<RouterEvent> end(List<CompletionEvent.Content> contents, FinishReason reason, Optional<Usage> usage) {
        List<CompletionEvent.Content> last = new ArrayList<>(contents);
        last.addAll(calls.end(reason != FinishReason.LENGTH));
        if (calls.nameless()) {
            return Events.failed(brokenOff());
        }
        return said || !last.isEmpty()
                ? Events.saidAndEnded(last, reason(reason), usage)
                : Events.failed(new Failure.NoResult());
    }

    /** Many servers call every end a stop. An answer that was cut stays cut. */
    private FinishReason reason(FinishReason said) {
        return switch (said) {
            case STOP, TOOL_CALLS -> calls.any() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case LENGTH, CONTENT_FILTER -> said;
        };
    }

    private Failure brokenOff() {
        return said ? new Failure.Cut() : new Failure.NoResult();
    }

    private static Optional<Usage> usage(JsonNode json) {
        JsonNode prompt = json.at("/usage/prompt_tokens");
        JsonNode completion = json.at("/usage/completion_tokens");
        return prompt.isIntegralNumber() && completion.isIntegralNumber()
                ? Optional.of(new Usage(prompt.longValue(), completion.longValue()))
                : Optional.empty();
    }
}
