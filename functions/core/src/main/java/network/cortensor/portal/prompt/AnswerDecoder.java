package network.cortensor.portal.prompt;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;

/**
 * Turns a model's raw text, in whatever pieces it comes, into answer and reasoning: stop tokens, reasoning tags and channels taken out, the
 * customer's stop strings applied. Used by one thread, for one answer.
 *
 * <p>How the text is cut into pieces changes nothing but how the events are cut. Time is linear in the text, and nothing is held back
 * that cannot be the beginning of a marker, or blanks at an end.
 */
public final class AnswerDecoder {
    private final TurnEnd turnEnd;
    private final Structure structure;
    private final Pieces pieces = new Pieces();
    private final Stops stops;

    AnswerDecoder(Template template, Opening opening, List<String> stops) {
        this.turnEnd = new TurnEnd(template.turnEnds());
        this.structure = template.structure(opening);
        this.stops = new Stops(stops, pieces);
    }

    /** What the next piece of raw text lets the model have said; often nothing. */
    public List<CompletionEvent.Content> feed(String piece) {
        turnEnd.read(piece, text -> structure.read(text, stops));
        return pieces.take();
    }

    /** What was held back, now that the raw text is over. */
    public List<CompletionEvent.Content> finish() {
        turnEnd.end(text -> structure.read(text, stops));
        structure.end(stops);
        stops.end();
        return pieces.takeAll();
    }

    /** Whether one of the customer's stop strings has ended the answer: whatever is fed from then on says nothing. */
    public boolean stopped() {
        return stops.met().isPresent();
    }

    /** The stop string that has ended the answer. */
    public Optional<String> stop() {
        return stops.met();
    }
}
