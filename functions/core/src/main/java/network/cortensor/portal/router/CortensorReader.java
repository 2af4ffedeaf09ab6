package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.prompt.AnswerDecoder;
import network.cortensor.portal.prompt.Prompt;

/**
 * Reads what a Cortensor router answers.
 *
 * <p>Choices made where the protocol leaves them open: an event whose JSON is broken is unintelligible, while a stream that breaks off is
 * cut; {@code [DONE]} without a {@code finish_reason} is cut, too. When a stop string has ended the answer, the stream is still read to its
 * {@code finish_reason}, as only that says that the session is free. Usage is not passed on: routers count words. An answer without words
 * is none, unless so few tokens were asked for that the format's own marks may have taken them all: then it was cut before its first word,
 * and no other target would do better.
 */
final class CortensorReader implements AnswerReader {
    /** More than any format's marks before the first word of an answer; the longest are harmony's, of two channels. */
    private static final int MOST_MARKS = 16;

    private final long sessionId;
    private final String reference;
    private final Prompt prompt;
    private final int maxTokens;
    private final AnswerDecoder decoder;
    private Optional<String> task = Optional.empty();
    private boolean marked;
    private boolean said;

    /** @param maxTokens that were asked for */
    CortensorReader(long sessionId, String reference, Prompt prompt, int maxTokens) {
        this.sessionId = sessionId;
        this.reference = reference;
        this.prompt = prompt;
        this.maxTokens = maxTokens;
        this.decoder = prompt.decoder();
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
        if (answer.pending()) {
            return Events.failed(new Failure.Pending());
        }
        if (!answer.recognised()) {
            return Events.failed(new Failure.Unintelligible());
        }
        String text = answer.text();
        return switch (answer.finish()) {
            case Finish.GoesOn ignored -> end(prompt.decoderFor(text), text, new Finish.Ended(FinishReason.STOP));
            case Finish.Ended ended -> end(prompt.decoderFor(text), text, ended);
            case Finish.Broken ignored -> Events.failed(new Failure.NoResult());
        };
    }

    @Override
    public Heard event(String data) {
        Optional<JsonNode> json = Json.object(data);
        if (json.isEmpty()) {
            return new Heard.Own(Events.failed(new Failure.Unintelligible()));
        }
        CortensorAnswer answer = new CortensorAnswer(json.get());
        if (othersTask(answer)) {
            return new Heard.Foreign();
        }
        return new Heard.Own(own(answer));
    }

    @Override
    public List<RouterEvent> over() {
        return Events.failed(new Failure.Cut());
    }

    /** Sessions with several miners may put several tasks into one stream: the first one is ours. */
    private boolean othersTask(CortensorAnswer answer) {
        if (task.isEmpty()) {
            task = answer.task();
        }
        return answer.task().isPresent() && !answer.task().equals(task);
    }

    private List<RouterEvent> own(CortensorAnswer answer) {
        Optional<Failure> failure = failure(answer);
        if (failure.isPresent()) {
            return Events.failed(failure.get());
        }
        if (!answer.hasChoices()) {
            return withoutChoices(answer);
        }
        return switch (answer.finish()) {
            case Finish.GoesOn ignored -> more(answer.text());
            case Finish.Ended ended -> end(decoder, answer.text(), ended);
            case Finish.Broken ignored -> Events.failed(brokenOff());
        };
    }

    private List<RouterEvent> more(String text) {
        marked |= !text.isBlank();
        List<CompletionEvent.Content> contents = decoder.feed(text);
        said |= !contents.isEmpty();
        return Events.said(contents);
    }

    /** News of the task's state. They matter only if they are all that there is to hear. */
    private List<RouterEvent> withoutChoices(CortensorAnswer answer) {
        return answer.ended() && !said ? Events.failed(new Failure.NoResult()) : List.of();
    }

    private Optional<Failure> failure(CortensorAnswer answer) {
        if (answer.foreign(sessionId, reference) || (answer.error() && answer.mixUp())) {
            return Optional.of(new Failure.Mismatch());
        }
        return answer.error() ? Optional.of(brokenOff()) : Optional.empty();
    }

    private Failure brokenOff() {
        return said ? new Failure.Cut() : new Failure.NoResult();
    }

    private List<RouterEvent> end(AnswerDecoder reading, String text, Finish.Ended finish) {
        List<CompletionEvent.Content> contents = Stream.concat(reading.feed(text).stream(), reading.finish().stream())
                .toList();
        marked |= !text.isBlank();
        if (contents.isEmpty() && !said && !reading.stopped()) {
            return marked && maxTokens <= MOST_MARKS
                    ? Events.saidAndEnded(List.of(), FinishReason.LENGTH, Optional.empty())
                    : Events.failed(new Failure.NoResult());
        }
        FinishReason reason = reading.stopped() ? FinishReason.STOP : finish.reason();
        return Events.saidAndEnded(contents, reason, Optional.empty());
    }
}
