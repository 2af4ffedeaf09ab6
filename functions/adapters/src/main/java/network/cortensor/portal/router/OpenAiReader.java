package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.SpecialTokens;

/**
 * Reads what an OpenAI-compatible server answers. Only its first choice is looked at.
 *
 * <p>A stream's usage comes behind its {@code finish_reason}, and so may text. An answer with its {@code finish_reason} is whole: a stream that
 * ends or breaks before the usage is not cut.
 */
final class OpenAiReader implements AnswerReader {
    /** Templates have marks of up to so many tokens before the first word of an answer. */
    private static final int MOST_MARKS = 16;

    private final List<String> stops;
    private final Emptiness emptiness;
    private final EventFrame frame = new EventFrame();
    private final OpenAiCalls calls = new OpenAiCalls();
    private Optional<FinishReason> finished = Optional.empty();
    private Optional<Usage> usage = Optional.empty();
    private boolean gaveUp;
    private boolean spoke;
    private Optional<String> stop = Optional.empty();
    private boolean said;

    /**
     * @param stops the customer's stop texts
     * @param maxTokens that were asked for
     */
    OpenAiReader(List<String> stops, int maxTokens) {
        this.stops = List.copyOf(stops);
        this.emptiness = stops.isEmpty() && maxTokens > MOST_MARKS ? Emptiness.A_FAULT : Emptiness.ASKED_FOR;
    }

    /** Whether the request itself explains an answer without a word. */
    private enum Emptiness {
        /** It has a stop text, which may come first, or room for hardly a word. */
        ASKED_FOR,
        /** It wants words. */
        A_FAULT;

        /** A server that names a limit or its filter has done its work. */
        private boolean explains(FinishReason reason) {
            return switch (reason) {
                case LENGTH, CONTENT_FILTER -> true;
                case STOP -> this == ASKED_FOR;
                case TOOL_CALLS -> false;
            };
        }
    }

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
            case Finish.NotYet _ -> whole(choice, FinishReason.STOP, json.get());
            case Finish.Ended ended -> {
                finished = Optional.of(ended.reason());
                yield whole(choice, ended.reason(), json.get());
            }
            case Finish.Unknown _ -> Events.failed(new Failure.UnknownEnd());
        };
    }

    /** Behind its end, a stream's events may bring its usage. */
    @Override
    public Heard event(String data) {
        Optional<CompletionEvent.Content> content =
                finished.isPresent() ? Optional.empty() : frame.read(data).map(OpenAiContent::of);
        return content.isPresent() ? heard(List.of(content.get()), List.of()) : parsed(data);
    }

    private Heard parsed(String data) {
        return Json.object(data)
                .map(json -> own(json, data))
                .orElseGet(() -> new Heard.News(Events.failed(new Failure.Unintelligible())));
    }

    @Override
    public boolean concluded() {
        return (finished.isPresent() && spoke) || (gaveUp && !said);
    }

    @Override
    public List<RouterEvent> over(StreamEnd end) {
        if (finished.isPresent()) {
            List<RouterEvent> events = end(List.of(), finished.get(), usage);
            return end == StreamEnd.UNSEEN && !Events.end(events.getLast()) ? Events.failed(new Failure.Cut()) : events;
        }
        return Events.failed(gaveUp && !said && end == StreamEnd.SEEN ? new Failure.NoResult() : new Failure.Cut());
    }

    @Override
    public List<RouterEvent> cutOff() {
        return Events.saidAndEnded(calls.end(false), FinishReason.LENGTH, Optional.empty());
    }

    /** Such a server parses what the model wrote itself. */
    @Override
    public SpecialTokens specialTokens() {
        return SpecialTokens.UNKNOWN;
    }

    private Heard own(JsonNode json, String data) {
        if (Json.says(json, "error")) {
            gaveUp = true;
            return new Heard.News(said ? Events.failed(new Failure.Cut()) : List.of());
        }
        JsonNode choice = json.at("/choices/0");
        if (choice.path("index").asInt(0) != 0) {
            return new Heard.News(List.of());
        }
        switch (Finish.of(choice)) {
            case Finish.NotYet _ -> {}
            case Finish.Ended ended -> {
                finished = Optional.of(ended.reason());
                stop = stop(choice);
            }
            case Finish.Unknown _ -> {
                return new Heard.News(Events.failed(new Failure.UnknownEnd()));
            }
        }
        if (finished.isPresent()) {
            usage = usage(json).or(() -> usage);
        }
        JsonNode delta = choice.path("delta");
        List<CompletionEvent.Content> texts = OpenAiContent.in(choice, delta);
        List<CallDelta> called = CallDelta.in(delta);
        if (finished.isEmpty() && called.isEmpty()) {
            OpenAiContent.onlyPlace(json, texts).ifPresent(place -> frame.learn(data, place));
        }
        return heard(texts, called);
    }

    private Heard heard(List<CompletionEvent.Content> texts, List<CallDelta> called) {
        if (texts.isEmpty() && called.isEmpty()) {
            return new Heard.News(List.of());
        }
        List<CompletionEvent.Content> contents = new ArrayList<>();
        texts.forEach(text -> contents.addAll(calls.say(text)));
        called.forEach(call -> contents.addAll(calls.add(call)));
        spoke = true;
        said |= !contents.isEmpty();
        return new Heard.Speech(Events.said(contents));
    }

    private List<RouterEvent> whole(JsonNode choice, FinishReason reason, JsonNode json) {
        JsonNode message = choice.path("message");
        stop = stop(choice);
        List<CompletionEvent.Content> contents = new ArrayList<>();
        OpenAiContent.in(choice, message).forEach(content -> contents.addAll(calls.say(content)));
        CallDelta.in(message).forEach(call -> contents.addAll(calls.addWhole(call)));
        return end(contents, reason, usage(json));
    }

    private List<RouterEvent> end(List<CompletionEvent.Content> contents, FinishReason reason, Optional<Usage> usage) {
        List<CompletionEvent.Content> last = new ArrayList<>(contents);
        last.addAll(calls.end(reason != FinishReason.LENGTH));
        if (calls.nameless()) {
            return Events.failed(said ? new Failure.Cut() : new Failure.NoResult());
        }
        if (calls.broken()) {
            return Events.failed(new Failure.InvalidCall(Failure.InvalidCall.Fault.NO_JSON));
        }
        return said || !last.isEmpty() || finished.filter(emptiness::explains).isPresent()
                ? Events.saidAndEnded(last, new CompletionEvent.End(reason(reason), usage, stop))
                : Events.failed(new Failure.NoResult());
    }

    /** Some servers tell which stop text they met, under a name of their own. */
    private Optional<String> stop(JsonNode choice) {
        return Json.text(choice, "/stop_reason")
                .or(() -> Json.text(choice, "/matched_stop"))
                .filter(stops::contains);
    }

    /** Many servers call every end a stop. An answer that was cut stays cut. */
    private FinishReason reason(FinishReason said) {
        return switch (said) {
            case STOP, TOOL_CALLS -> calls.any() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case LENGTH, CONTENT_FILTER -> said;
        };
    }

    private static Optional<Usage> usage(JsonNode json) {
        JsonNode prompt = json.at("/usage/prompt_tokens");
        JsonNode completion = json.at("/usage/completion_tokens");
        return prompt.isIntegralNumber()
                        && prompt.canConvertToLong()
                        && completion.isIntegralNumber()
                        && completion.canConvertToLong()
                ? Optional.of(new Usage(prompt.longValue(), completion.longValue()))
                : Optional.empty();
    }
}
