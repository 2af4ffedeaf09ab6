package network.cortensor.portal.prompt;

import java.util.List;
import network.cortensor.portal.model.SpecialTokens;

/**
 * Reasoning that stands between two tags before the answer, for models of which no more is known.
 *
 * <pre>
 *   START ──opening tag──▶ REASONING ──closing tag──▶ START
 *     │ text                   ▲
 *     ▼                        │ closing tag on a line's start: all before it was thought
 *   ANSWER ◀──the end── AHEAD ─┘ (only where the whole answer is known)
 * </pre>
 *
 * <p>Tags count at the start of the turn only, where models put them: an answer that speaks <em>about</em> such tags is left alone. Blank
 * lines before answer and reasoning are dropped, except those that continue a bare prompt.
 */
final class PlainReasoning implements Structure {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final MarkReader tags = new MarkReader(List.of(OPEN, CLOSE));
    private final StringBuilder blanks = new StringBuilder();
    private final Blanks border = new Blanks();
    private final Trailing trailing = new Trailing();
    private final boolean looksAhead;
    private State state;
    private boolean exact;

    PlainReasoning(Opening opening, Arrival arrival) {
        looksAhead = arrival == Arrival.WHOLE && opening instanceof Opening.Turn;
        exact = opening instanceof Opening.Bare;
        state = opening instanceof Opening.Begun ? State.ANSWER : State.START;
    }

    @Override
    public void read(String piece, Voices voices) {
        if (state == State.ANSWER) {
            voices.answer(piece);
            return;
        }
        tags.read(piece, text -> text(text, voices), tag -> tag(tag, voices));
        if (state == State.ANSWER) {
            tags.end(text -> text(text, voices));
        }
    }

    @Override
    public void end(boolean complete, Voices voices) {
        tags.end(text -> text(text, voices));
        switch (state) {
            case START -> voices.answer(exact ? blanks.toString() : "");
            case AHEAD -> voices.answer(border.afterBorder(blanks.toString()));
            case REASONING, ANSWER -> {}
        }
    }

    @Override
    public boolean unfinished() {
        return state == State.REASONING;
    }

    @Override
    public SpecialTokens sight() {
        return SpecialTokens.UNKNOWN;
    }

    private void text(String text, Voices voices) {
        switch (state) {
            case START -> {
                blanks.append(text);
                if (!blanks.toString().isBlank() && looksAhead) {
                    state = State.AHEAD;
                } else if (!blanks.toString().isBlank()) {
                    state = State.ANSWER;
                    voices.answer(exact ? blanks.toString() : border.afterBorder(blanks.toString()));
                }
            }
            case AHEAD -> blanks.append(text);
            case REASONING -> voices.reasoning(trailing.before(border.afterBorder(text)));
            case ANSWER -> voices.answer(text);
        }
    }

    private void tag(String tag, Voices voices) {
        switch (state) {
            case START -> {
                blanks.setLength(0);
                exact = false;
                border.restart();
                state = tag.equals(OPEN) ? State.REASONING : State.START;
            }
            case REASONING -> {
                if (tag.equals(CLOSE)) {
                    trailing.drop();
                    border.restart();
                    blanks.setLength(0);
                    state = State.START;
                } else if (border.begun()) {
                    text(tag, voices);
                }
            }
            case AHEAD -> {
                if (tag.equals(CLOSE) && blanks.charAt(blanks.length() - 1) == '\n') {
                    voices.reasoning(trailing.before(border.afterBorder(blanks.toString())));
                    state = State.REASONING;
                    tag(tag, voices);
                } else {
                    blanks.append(tag);
                }
            }
            case ANSWER -> voices.answer(tag);
        }
    }

    private enum State {
        START,
        AHEAD,
        REASONING,
        ANSWER
    }
}
