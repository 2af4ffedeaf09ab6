package network.cortensor.portal.prompt;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.SpecialTokens;

/**
 * An answer of Gemma 4: text, channels between marks, calls between marks.
 *
 * <pre>
 *   START ──text──▶ ANSWER ◀──closing mark── LABELLED (final)
 *     │              │  ▲ └──channel──▶ LABEL ──"final"──┘
 *     │ channel      │  │                 │ any other text, or "thought"
 *     ├──────────────┼──┼──▶ LABEL        ▼
 *     │              │  └─closing mark─ REASONING
 *     │ tool_call    │
 *     └──────────────┴──▶ CALL ──closing mark──▶ START ──tool_response──▶ OVER
 * </pre>
 *
 * <p>A channel may begin anywhere, be named {@code thought}, {@code final} or not at all; what is not named final is reasoning. A line
 * {@code thought} at the very start without any mark is what a server leaves of an empty channel: it is no part of the answer.
 */
final class GemmaAnswer extends MarkedStructure {
    private static final String CHANNEL = "<|channel>";
    private static final String CHANNEL_END = "<channel|>";
    private static final String CALL = "<|tool_call>";
    private static final String CALL_END = "<tool_call|>";
    private static final String RESULT = "<|tool_response>";
    private static final String QUOTE = "<|\"|>";

    /** Marks that say nothing in an answer. */
    private static final List<String> MARKS = List.of(
            CHANNEL,
            CHANNEL_END,
            CALL,
            CALL_END,
            RESULT,
            QUOTE,
            "<tool_response|>",
            "<|think|>",
            "<|tool>",
            "<tool|>",
            "<|image>",
            "<image|>",
            "<|image|>",
            "<|audio>",
            "<audio|>",
            "<|audio|>",
            "<|video>",
            "<video|>",
            "<|video|>",
            "<bos>",
            "<pad>",
            "<unk>",
            "<mask>");

    private static final String STRIPPED = "thought\n";

    private final OfferedFunctions offer;
    private final StringBuilder label = new StringBuilder();
    private final Trailing trailing = new Trailing();
    private Optional<GemmaCall> call = Optional.empty();
    private State state;
    private boolean marked;
    private boolean stripped;

    GemmaAnswer(Opening opening, OfferedFunctions offer) {
        super(opening, new MarkReader(MARKS, new MarkReader.Numbered("<unused", ">")));
        this.offer = offer;
        this.state = switch (opening) {
            case Opening.Turn ignored -> State.FIRST;
            case Opening.Answer ignored -> State.FIRST;
            case Opening.Bare ignored -> State.ANSWER;
            case Opening.Begun ignored -> State.ANSWER;
            case Opening.Reasoning ignored -> State.REASONING;
            case Opening.CallOfAny ignored -> begun(GemmaCall.ofAny(offer));
            case Opening.CallOf named -> begun(GemmaCall.of(named.name(), offer));
        };
    }

    private State begun(GemmaCall begun) {
        call = Optional.of(begun);
        return State.CALL;
    }

    @Override
    void close(boolean complete, Voices voices) {
        switch (state) {
            case FIRST -> leaveFirst(voices);
            case LABEL -> leaveLabel(voices);
            case CALL -> call.ifPresent(open -> open.end(complete, voices));
            case START, ANSWER, REASONING, OVER -> {}
        }
    }

    @Override
    public boolean unfinished() {
        return state == State.REASONING || state == State.LABEL;
    }

    @Override
    public boolean over() {
        return state == State.OVER;
    }

    @Override
    public SpecialTokens sight() {
        if (marked) {
            return SpecialTokens.KEPT;
        }
        return stripped ? SpecialTokens.STRIPPED : SpecialTokens.UNKNOWN;
    }

    @Override
    void text(String text, Voices voices) {
        switch (state) {
            case FIRST -> {
                label.append(text);
                if (!STRIPPED.startsWith(label.toString().stripLeading())
                        || label.toString().stripLeading().equals(STRIPPED)) {
                    leaveFirst(voices);
                }
            }
            case LABEL -> {
                label.append(text);
                if (labelKnown()) {
                    leaveLabel(voices);
                }
            }
            case START -> {
                String said = border.afterBorder(text);
                if (border.begun()) {
                    state = State.ANSWER;
                    paragraphs.answer(said, voices);
                }
            }
            case ANSWER -> paragraphs.answer(text, voices);
            case REASONING -> paragraphs.reasoning(trailing.before(border.afterBorder(text)), voices);
            case CALL -> call.orElseThrow().text(text, voices);
            case OVER -> {}
        }
    }

    /** What came before any mark is the answer, but for a label that stands there alone. */
    private void leaveFirst(Voices voices) {
        String text = label.toString();
        label.setLength(0);
        state = State.START;
        if (text.stripLeading().startsWith(STRIPPED)) {
            stripped = true;
            text = text.stripLeading().substring(STRIPPED.length());
        }
        text(text, voices);
    }

    /** A word and what cannot be a part of it. */
    private boolean labelKnown() {
        int letters = 0;
        while (letters < label.length() && Character.isLetter(label.charAt(letters))) {
            letters++;
        }
        return letters < label.length() || letters > 16;
    }

    private void leaveLabel(Voices voices) {
        String text = label.toString();
        label.setLength(0);
        next();
        if (named(text, "final")) {
            state = State.START;
            text(text.substring("final".length()), voices);
        } else {
            state = State.REASONING;
            text(named(text, "thought") ? text.substring("thought".length()) : text, voices);
        }
    }

    private static boolean named(String text, String name) {
        return text.startsWith(name)
                && (text.length() == name.length() || !Character.isLetter(text.charAt(name.length())));
    }

    @Override
    void mark(String mark, Voices voices) {
        marked = true;
        if (state == State.FIRST) {
            leaveFirst(voices);
        }
        if (state == State.LABEL) {
            leaveLabel(voices);
        }
        if (state == State.OVER) {
            return;
        }
        if (state == State.CALL && inCall(mark, voices)) {
            return;
        }
        switch (mark) {
            case CHANNEL -> state = State.LABEL;
            case CHANNEL_END -> answers();
            case CALL -> {
                trailing.drop();
                call = Optional.of(GemmaCall.unnamed(offer));
                state = State.CALL;
            }
            case RESULT -> state = State.OVER;
            default -> {}
        }
    }

    /** Whether the mark is a part of the call, or its end. */
    private boolean inCall(String mark, Voices voices) {
        GemmaCall open = call.orElseThrow();
        switch (mark) {
            case QUOTE -> open.quote(voices);
            case CALL_END -> {
                open.end(true, voices);
                answers();
            }
            case RESULT -> {
                open.end(true, voices);
                state = State.OVER;
            }
            case CALL -> {
                if (open.begun()) {
                    open.end(true, voices);
                    call = Optional.of(GemmaCall.unnamed(offer));
                }
            }
            default -> {}
        }
        return true;
    }

    /** A closing mark in what goes on with the customer's text closes nothing. */
    private void answers() {
        if (exact() && state == State.ANSWER) {
            return;
        }
        trailing.drop();
        next();
        call = Optional.empty();
        state = State.START;
    }

    private enum State {
        /** Nothing but perhaps a label has come. */
        FIRST,
        LABEL,
        START,
        ANSWER,
        REASONING,
        CALL,
        OVER
    }
}
