package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.prompt.AnswerDecoder;
import network.cortensor.portal.prompt.Prompt;
import network.cortensor.portal.tokens.TokenCounter;

/**
 * Reads what a Cortensor router answers.
 *
 * <p>Choices made where the protocol leaves them open: an event whose JSON is broken is unintelligible, while a stream that breaks off is
 * cut; {@code [DONE]} without a {@code finish_reason} is cut, too. Text behind a {@code finish_reason} belongs to the answer. A stop string
 * ends the answer at once, though not the router's task. An error ends the task only if the stream ends behind it. Usage is not passed on:
 * routers count words. What the model wrote is counted in its raw text, marks and all. An answer without words is none, unless so few tokens were asked for that the format's own marks may have taken them
 * all: then it was cut before its first word, and no other target would do better.
 */
final class CortensorReader implements AnswerReader {
    /** More than any format's marks before the first word of an answer; the longest are harmony's, of two channels. */
    private static final int MOST_MARKS = 16;

    private final long sessionId;
    private final String reference;
    private final Prompt prompt;
    private final int maxTokens;
    private final AnswerDecoder decoder;
    private final EventFrame frame = new EventFrame();
    private final StringBuilder raw = new StringBuilder();
    private Optional<String> task = Optional.empty();
    private Optional<FinishReason> finish = Optional.empty();
    private boolean gaveUp;
    private boolean marked;
    private boolean said;
    private SpecialTokens specialTokens = SpecialTokens.UNKNOWN;

    /** @param maxTokens that were asked for */
    CortensorReader(long sessionId, String reference, Prompt prompt, int maxTokens) {
        this.sessionId = sessionId;
        this.reference = reference;
        this.prompt = prompt;
        this.maxTokens = maxTokens;
        this.decoder = prompt.decoder(callIds(reference));
    }

    @Override
    public List<RouterEvent> whole(String body) {
        Optional<JsonNode> json = Json.object(body);
        if (json.isEmpty()) {
            return Events.failed(new Failure.Unintelligible());
        }
        CortensorAnswer answer = new CortensorAnswer(json.get());
        Optional<Failure> failure = failure(answer);
        if (failure.isPresent()) {
            return Events.failed(failure.get());
        }
        if (answer.error()) {
            return Events.failed(new Failure.NoResult());
        }
        if (answer.pending()) {
            return Events.failed(new Failure.Pending());
        }
        if (!answer.recognised()) {
            return Events.failed(new Failure.Unintelligible());
        }
        String text = answer.text();
        marked = !text.isBlank();
        raw.append(text);
        AnswerDecoder reading = prompt.wholeDecoder(callIds(reference));
        List<CompletionEvent.Content> contents = reading.feed(text);
        return switch (answer.finish()) {
            case Finish.NotYet _ -> end(reading, contents, FinishReason.STOP);
            case Finish.Ended ended -> end(reading, contents, ended.reason());
            case Finish.Unknown _ -> Events.failed(new Failure.UnknownEnd());
        };
    }

    @Override
    public Heard event(String data) {
        Optional<String> text = frame.read(data).map(EventFrame.Found::text).filter(CortensorAnswer::isText);
        return text.isPresent() ? said(text.get()) : parsed(data);
    }

    private Heard parsed(String data) {
        Optional<JsonNode> json = Json.object(data);
        if (json.isEmpty()) {
            return new Heard.News(Events.failed(new Failure.Unintelligible()));
        }
        CortensorAnswer answer = new CortensorAnswer(json.get());
        if (othersTask(answer)) {
            return new Heard.Foreign();
        }
        Optional<Failure> failure = failure(answer);
        if (failure.isPresent()) {
            return new Heard.News(Events.failed(failure.get()));
        }
        gaveUp |= answer.error() || (!answer.hasChoices() && answer.ended());
        return answer.hasChoices() ? own(answer, data) : new Heard.News(List.of());
    }

    @Override
    public boolean concluded() {
        return (finish.isPresent() && marked) || (gaveUp && !said);
    }

    @Override
    public List<RouterEvent> over(StreamEnd end) {
        if (finish.isPresent()) {
            List<RouterEvent> events = end(decoder, List.of(), finish.get());
            return end == StreamEnd.UNSEEN && !Events.end(events.getLast()) ? Events.failed(new Failure.Cut()) : events;
        }
        return Events.failed(gaveUp && !said && end == StreamEnd.SEEN ? new Failure.NoResult() : new Failure.Cut());
    }

    @Override
    public List<RouterEvent> cutOff() {
        List<CompletionEvent.Content> rest = decoder.finish();
        specialTokens = decoder.specialTokens();
        return Events.saidAndEnded(rest, FinishReason.LENGTH, Optional.empty());
    }

    @Override
    public SpecialTokens specialTokens() {
        return specialTokens;
    }

    /** Sessions with several miners may put several tasks into one stream: the first one is ours. */
    private boolean othersTask(CortensorAnswer answer) {
        if (task.isEmpty()) {
            task = answer.task();
        }
        return answer.task().isPresent() && !answer.task().equals(task);
    }

    private Heard own(CortensorAnswer answer, String data) {
        switch (answer.finish()) {
            case Finish.NotYet _ -> {
                if (!answer.error()) {
                    answer.textPlace().ifPresent(place -> frame.learn(data, place));
                }
            }
            case Finish.Ended ended -> finish = Optional.of(ended.reason());
            case Finish.Unknown _ -> {
                return new Heard.News(Events.failed(new Failure.UnknownEnd()));
            }
        }
        return said(answer.text());
    }

    private Heard said(String text) {
        marked |= !text.isBlank();
        raw.append(text);
        List<CompletionEvent.Content> contents = decoder.feed(text);
        said |= !contents.isEmpty();
        List<RouterEvent> events =
                decoder.stopped() ? end(decoder, contents, FinishReason.STOP) : Events.said(contents);
        return text.isEmpty() ? new Heard.News(events) : new Heard.Speech(events);
    }

    /** What shows at once that no good answer comes any more. */
    private Optional<Failure> failure(CortensorAnswer answer) {
        if (answer.foreign(sessionId, reference) || (answer.error() && answer.mixUp())) {
            return Optional.of(new Failure.Mismatch());
        }
        return answer.error() && said ? Optional.of(new Failure.Cut()) : Optional.empty();
    }

    private List<RouterEvent> end(AnswerDecoder reading, List<CompletionEvent.Content> read, FinishReason finish) {
        List<CompletionEvent.Content> contents =
                Stream.concat(read.stream(), reading.finish().stream()).toList();
        specialTokens = reading.specialTokens();
        if (reading.invalidCall().isPresent()) {
            return Events.failed(reading.invalidCall().get());
        }
        if (contents.isEmpty() && !said && !reading.stopped()) {
            return marked && maxTokens <= MOST_MARKS
                    ? Events.saidAndEnded(List.of(), FinishReason.LENGTH, Optional.empty())
                    : Events.failed(new Failure.NoResult());
        }
        long written =
                Math.min(maxTokens, TokenCounter.countMarked(prompt.format(), raw.toString()) + reading.lostMarks());
        OptionalLong counted = reading.stopped() ? OptionalLong.empty() : OptionalLong.of(written);
        return Events.saidAndEnded(
                contents,
                new CompletionEvent.End(reason(reading, finish, written), Optional.empty(), reading.stop(), counted));
    }

    /** Routers call every end a stop; whether it is one shows in the raw text. */
    private FinishReason reason(AnswerDecoder reading, FinishReason finish, long written) {
        if (reading.stopped()) {
            return FinishReason.STOP;
        }
        return switch (finish) {
            case LENGTH, CONTENT_FILTER -> finish;
            case STOP, TOOL_CALLS -> {
                if (!reading.ended() && (reading.unfinished() || full(written))) {
                    yield FinishReason.LENGTH;
                }
                yield reading.called() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            }
        };
    }

    /** Whether all tokens that were asked for were written. An estimate may be too low by as much as it may err. */
    private boolean full(long written) {
        return TokenCounter.exact(prompt.format())
                ? written >= maxTokens
                : written >= Math.ceil(maxTokens * (1 - TokenCounter.ERROR));
    }

    /** References are random, so calls of different answers in one conversation have different ids. */
    private static String callIds(String reference) {
        return "call_" + reference.substring(reference.indexOf('-') + 1) + "_";
    }
}
