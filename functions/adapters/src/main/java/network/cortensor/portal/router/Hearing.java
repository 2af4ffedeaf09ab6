package network.cortensor.portal.router;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.router.Deadlines.Standing;

/**
 * What a caller makes of what arrives: the events of the answer, how far it has come, and whether the router's task is over. Used by one
 * thread.
 *
 * <p>What the router sent counts, not what the customer got: text that is held back for a stop string is speech, and while the caller is
 * away, because its customer does not read, the clock between two events stands still.
 */
final class Hearing {
    private final AnswerReader reader;
    private Standing standing = new Standing.Silent();
    private Instant here;
    private Optional<Instant> left = Optional.empty();
    private boolean answered;
    private Optional<StreamEnd> streamEnd = Optional.empty();

    Hearing(AnswerReader reader, Instant opened) {
        this.reader = reader;
        this.here = opened;
    }

    Standing standing() {
        return standing;
    }

    /** The caller waits from now on. */
    void comes(Instant now) {
        if (standing instanceof Standing.Speaking(Instant lastEvent) && left.isPresent()) {
            standing = new Standing.Speaking(lastEvent.plus(Duration.between(left.get(), now)));
        }
        left = Optional.empty();
        here = now;
    }

    /** The caller is busy with an event until it {@linkplain #comes comes} back. */
    void leaves(Instant now) {
        left = Optional.of(now);
    }

    List<RouterEvent> hear(AnswerQueue arrival) {
        return switch (arrival) {
            case AnswerQueue.Whole whole -> {
                streamEnd = Optional.of(StreamEnd.SEEN);
                yield answer(reader.whole(whole.body()));
            }
            case AnswerQueue.Stream _ -> throw new IllegalStateException("a stream is read event by event");
            case AnswerQueue.Event event -> hear(event);
            case AnswerQueue.Over over -> {
                streamEnd = Optional.of(over.end());
                yield answered ? List.of() : answer(reader.over(over.end()));
            }
            case AnswerQueue.Failed failed -> {
                streamEnd = Optional.of(StreamEnd.UNSEEN);
                yield answered ? List.of() : Events.failed(failed.failure());
            }
            case AnswerQueue.Bug bug -> throw bug.raised();
        };
    }

    /** The stream has concluded, and nothing followed: that was the end. */
    List<RouterEvent> nothingFollows() {
        standing = new Standing.Speaking(here);
        return answer(reader.over(StreamEnd.UNSEEN));
    }

    /** The model still speaks, but has no time left. */
    List<RouterEvent> cutOff() {
        return answer(reader.cutOff());
    }

    /** What the answer that has ended showed of special tokens. */
    SpecialTokens specialTokens() {
        return reader.specialTokens();
    }

    /** How the stream ended, if it did; {@link StreamEnd#SEEN} also for an answer in one piece. */
    Optional<StreamEnd> streamEnd() {
        return streamEnd;
    }

    private List<RouterEvent> hear(AnswerQueue.Event event) {
        Instant at = event.at().isAfter(here) ? event.at() : here;
        if (answered) {
            standing = new Standing.Speaking(at);
            return List.of();
        }
        return switch (reader.event(event.data())) {
            case AnswerReader.Heard.Speech speech -> {
                standing = concluded(at).orElse(new Standing.Speaking(at));
                yield answer(speech.events());
            }
            case AnswerReader.Heard.News news -> {
                standing = concluded(at)
                        .orElse(standing instanceof Standing.Silent ? standing : new Standing.Speaking(at));
                yield answer(news.events());
            }
            case AnswerReader.Heard.Foreign _ -> List.of();
        };
    }

    private Optional<Standing> concluded(Instant at) {
        return reader.concluded() ? Optional.of(new Standing.Concluded(at)) : Optional.empty();
    }

    private List<RouterEvent> answer(List<RouterEvent> events) {
        answered |= !events.isEmpty() && Events.last(events.getLast());
        return events;
    }
}
