package network.cortensor.portal.prompt;

import java.util.List;
import java.util.Optional;

/** Ends the answer before the first of the customer's stop strings. Reasoning is not searched, and parts strings that reach across it. */
final class Stops {
    private final Search stops;
    private final TextGatherer pieces;
    private final Held held = new Held();
    private Optional<String> found = Optional.empty();

    Stops(List<String> stops, TextGatherer pieces) {
        this.stops = new Search(stops.stream().filter(stop -> !stop.isEmpty()).toList());
        this.pieces = pieces;
    }

    void answer(String text) {
        for (int i = 0; i < text.length() && found.isEmpty(); i++) {
            held.add(text.charAt(i));
            stops.read(text.charAt(i)).ifPresent(this::stop);
        }
        pieces.answer(held.release(held.length() - stops.pending()));
    }

    void reasoning(String text) {
        if (found.isPresent() || text.isEmpty()) {
            return;
        }
        end();
        pieces.reasoning(text);
    }

    /** No answer text follows that could complete what was held back. */
    void end() {
        stops.reset();
        pieces.answer(held.releaseAll());
    }

    /** The stop string that has ended the answer. */
    Optional<String> found() {
        return found;
    }

    private void stop(String stop) {
        pieces.answer(held.release(held.length() - stop.length()));
        held.dropAll();
        stops.reset();
        found = Optional.of(stop);
    }
}
