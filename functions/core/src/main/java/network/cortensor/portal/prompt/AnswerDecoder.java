package network.cortensor.portal.prompt;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.model.Failure.InvalidCall;
import network.cortensor.portal.model.SpecialTokens;

/**
 * Turns a model's raw text, in whatever pieces it comes, into answer, reasoning and calls: stop tokens, tags and channels taken out, the
 * breaks in what the customer said mended, the customer's stop strings applied. Used by one thread, for one answer.
 *
 * <pre>
 *   raw text ─▶ TurnEnd ─▶ Structure ─▶ Mending ─▶ Stops ─▶ Pieces ─▶ events
 *                              └────────── calls ──▶ Calls ───┘
 * </pre>
 *
 * <p>How the text is cut into pieces changes nothing but how the events are cut. Time is linear in the text, and nothing is held back
 * that cannot be the beginning of a mark, or blanks at an end.
 */
public final class AnswerDecoder {
    private final TurnEnd turnEnd;
    private final Structure structure;
    private final TextGatherer pieces = new TextGatherer();
    private final Stops stops;
    private final Calls calls;
    private final Voices voices;

    AnswerDecoder(Prompt.Reading reading, Structure structure, String callIds) {
        this.turnEnd =
                new TurnEnd(reading.template().turnEnds(), reading.template().strayEnds());
        this.structure = structure;
        this.stops = new Stops(reading.stops(), pieces);
        this.calls = new Calls(reading.offer(), callIds, pieces::call);
        this.voices = new Voices(new Mending(reading.template().marks()));
    }

    /** What the next piece of raw text lets the model have said; often nothing. */
    public List<CompletionEvent.Content> feed(String piece) {
        turnEnd.read(piece, text -> structure.read(text, voices));
        return pieces.take();
    }

    /** What was held back, now that the raw text is over. */
    public List<CompletionEvent.Content> finish() {
        turnEnd.end(text -> structure.read(text, voices));
        structure.end(turnEnd.found(), voices);
        voices.flush();
        stops.end();
        return pieces.takeAll();
    }

    /** Whether one of the customer's stop strings has ended the answer: whatever is fed from then on says nothing. */
    public boolean stopped() {
        return stops.found().isPresent();
    }

    /** The stop string that has ended the answer. */
    public Optional<String> stop() {
        return stops.found();
    }

    /** Whether the answer calls a function. */
    public boolean called() {
        return calls.any();
    }

    /** What is wrong with one of its calls; what came after it was not passed on. */
    public Optional<InvalidCall> invalidCall() {
        return calls.invalid();
    }

    /** Whether the raw text holds the mark by which a model ends its turn, so that nothing was cut off. */
    public boolean ended() {
        return turnEnd.found() || structure.over();
    }

    /** Whether the raw text stops where no model stops by itself: in reasoning, in a header, in a call. */
    public boolean unfinished() {
        return structure.unfinished() || calls.cut();
    }

    /** How many tokens the server must have left out of the raw text. */
    public int lostMarks() {
        return structure.lostMarks();
    }

    /**
     * What the raw text shows of what its server does to special tokens. The mark that ends a turn shows that they are kept, unless others
     * are missing: some servers leave the end in and nothing else.
     */
    public SpecialTokens specialTokens() {
        return structure.sight().or(turnEnd.ownFound() ? SpecialTokens.KEPT : SpecialTokens.UNKNOWN);
    }

    /** Text of one voice after the other, mended. */
    private final class Voices implements Structure.Voices {
        private final Mending mending;
        private boolean reasons;

        Voices(Mending mending) {
            this.mending = mending;
        }

        @Override
        public void answer(String text) {
            if (reasons && !text.isEmpty()) {
                flush();
                reasons = false;
            }
            said(mending.read(text));
        }

        @Override
        public void reasoning(String text) {
            if (!reasons && !text.isEmpty()) {
                flush();
                reasons = true;
            }
            said(mending.read(text));
        }

        @Override
        public void call(String name) {
            flush();
            if (!stopped()) {
                stops.end();
                calls.begin(name);
            }
        }

        @Override
        public void arguments(String json) {
            calls.arguments(mending.read(json));
        }

        @Override
        public void callEnd() {
            calls.arguments(mending.rest());
            calls.end();
        }

        @Override
        public void callCut() {
            calls.arguments(mending.rest());
            calls.breakOff();
        }

        void flush() {
            said(mending.rest());
        }

        private void said(String text) {
            if (calls.invalid().isPresent() || text.isEmpty()) {
                return;
            }
            if (reasons) {
                stops.reasoning(text);
            } else {
                stops.answer(text);
            }
        }
    }
}
