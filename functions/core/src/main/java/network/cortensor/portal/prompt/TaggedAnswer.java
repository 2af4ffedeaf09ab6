package network.cortensor.portal.prompt;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.SpecialTokens;

/**
 * An answer with reasoning between two tags, then text; with Qwen 3 and 3.5, calls of functions in tags, too.
 *
 * <pre>
 *   UNDECIDED ──text beyond the look-ahead, or the end──▶ ANSWER
 *     │ ▲                                                  │  ▲
 *     │ └ (an answer whose reasoning was not closed        │  │ text
 *     │    in advance: Qwen 3 without a wish)              │  │
 *     │ close                          open, on a line's   │  │
 *     ├────────────────▶ START ◀─┐     start               │  │
 *     │                    │ │   └──close──┐               ▼  │
 *     │ open               │ └──open──▶ REASONING ◀────────┘  │
 *     └────────────────────┼──────────────▲ │                 │
 *                          │ text         │ │ tool_call, on a line's start: the closing tag was forgotten
 *                          ├──────────────┼─┼─────────────────┤
 *                          │ tool_call    │ ▼                 │ tool_call
 *                          └─────────────▶ CALL ◀─────────────┘
 * </pre>
 *
 * <p>Tags in quotes, in code, or in the middle of a line of the answer are what the answer speaks about. A closing tag without an opening
 * one ends reasoning: a template opened it, so everything before was thought. That can be known only by looking ahead; a stream does so for
 * the first {@value #LOOK_AHEAD} characters, where the prompt leaves the question open. Streams of models that are not known to reason are not
 * held back for that: what such a one said before a closing tag was the answer already, and only the tag is dropped.
 */
final class TaggedAnswer extends MarkedStructure {
    /** How much of a stream is held back until it is clear that no reasoning ends in it; some 500 tokens. */
    static final int LOOK_AHEAD = 2_048;

    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";
    private static final String CALL = "<tool_call>";
    private static final String CALL_END = "</tool_call>";
    private static final String RESULT = "<tool_response>";
    private static final String RESULT_END = "</tool_response>";

    /** Qwen's control tokens, which no answer in text has a use for. */
    private static final List<String> QWEN_MARKS = List.of(
            OPEN,
            CLOSE,
            CALL,
            CALL_END,
            RESULT,
            RESULT_END,
            "<|object_ref_start|>",
            "<|object_ref_end|>",
            "<|box_start|>",
            "<|box_end|>",
            "<|quad_start|>",
            "<|quad_end|>",
            "<|vision_start|>",
            "<|vision_end|>",
            "<|vision_pad|>",
            "<|image_pad|>",
            "<|video_pad|>",
            "<|audio_start|>",
            "<|audio_end|>",
            "<|audio_pad|>",
            "<|fim_prefix|>",
            "<|fim_middle|>",
            "<|fim_suffix|>",
            "<|fim_pad|>",
            "<|repo_name|>",
            "<|file_sep|>");

    /** @param lookAhead how much of a stream is held back */
    private record Model(List<String> marks, int lookAhead) {}

    private static final Model QWEN = new Model(QWEN_MARKS, LOOK_AHEAD);

    /** Of which no more is known, not even that the tags are tokens. */
    private static final Model ANY = new Model(List.of(OPEN, CLOSE), 0);

    private final Model model;
    private final OfferedFunctions offer;
    private final int lookAhead;
    private final StringBuilder ahead = new StringBuilder();
    private final Trailing trailing = new Trailing();
    private final Context context = new Context();
    private Optional<QwenCall> call = Optional.empty();
    private State state;
    private boolean marked;

    private TaggedAnswer(Opening opening, Model model, OfferedFunctions offer, Arrival arrival) {
        super(opening, new MarkReader(model.marks));
        this.model = model;
        this.offer = offer;
        this.lookAhead = switch (arrival) {
            case IN_PIECES -> model.lookAhead;
            case WHOLE -> Integer.MAX_VALUE;
        };
        this.state = switch (opening) {
            case Opening.Turn ignored -> lookAhead > 0 ? State.UNDECIDED : State.START;
            case Opening.Bare ignored -> State.START;
            case Opening.Answer ignored -> State.START;
            case Opening.Begun ignored -> State.ANSWER;
            case Opening.Reasoning ignored -> State.REASONING;
            case Opening.CallOfAny ignored -> begun(QwenCall.ofAny(offer));
            case Opening.CallOf named -> begun(QwenCall.of(named.name(), offer));
        };
    }

    static TaggedAnswer ofQwen(Opening opening, OfferedFunctions offer, Arrival arrival) {
        return new TaggedAnswer(opening, QWEN, offer, arrival);
    }

    static TaggedAnswer ofAny(Opening opening, Arrival arrival) {
        return new TaggedAnswer(opening, ANY, OfferedFunctions.NOTHING, arrival);
    }

    private State begun(QwenCall begun) {
        call = Optional.of(begun);
        return State.CALL;
    }

    @Override
    void close(boolean complete, Voices voices) {
        switch (state) {
            case UNDECIDED -> decide(voices);
            case CALL -> call.ifPresent(open -> open.end(complete, voices));
            case START -> {
                if (exact()) {
                    voices.answer(ahead.toString());
                }
            }
            case REASONING, ANSWER, OVER -> {}
        }
    }

    @Override
    public boolean unfinished() {
        return state == State.REASONING;
    }

    @Override
    public boolean over() {
        return state == State.OVER;
    }

    @Override
    public SpecialTokens sight() {
        return marked && model.equals(QWEN) ? SpecialTokens.KEPT : SpecialTokens.UNKNOWN;
    }

    @Override
    void text(String text, Voices voices) {
        switch (state) {
            case UNDECIDED -> {
                ahead.append(text);
                context.read(text);
                if (ahead.length() > lookAhead) {
                    decide(voices);
                }
            }
            case START -> start(text, voices);
            case REASONING -> {
                context.read(text);
                paragraphs.reasoning(trailing.before(border.afterBorder(text)), voices);
            }
            case ANSWER -> answer(text, voices);
            case CALL -> callText(text, voices);
            case OVER -> {}
        }
    }

    /** Blanks of a bare prompt's continuation stay. Everywhere else the blank lines of a border go. */
    private void start(String text, Voices voices) {
        if (exact()) {
            ahead.append(text);
            if (!text.isBlank()) {
                state = State.ANSWER;
                answer(ahead.toString(), voices);
            }
            return;
        }
        String said = border.afterBorder(text);
        if (border.begun()) {
            state = State.ANSWER;
            answer(said, voices);
        }
    }

    private void answer(String text, Voices voices) {
        context.read(text);
        paragraphs.answer(text, voices);
    }

    /** No closing tag came: what was held back is the answer. */
    private void decide(Voices voices) {
        state = State.ANSWER;
        paragraphs.answer(border.afterBorder(ahead.toString()), voices);
        ahead.setLength(0);
        if (!border.begun()) {
            state = State.START;
        }
    }

    private void callText(String text, Voices voices) {
        callRest(text, voices).ifPresent(rest -> text(rest, voices));
    }

    private void callMark(String mark, Voices voices) {
        callRest(mark, voices).ifPresent(rest -> mark(mark, voices));
    }

    /** What is left behind the end of the call. */
    private Optional<String> callRest(String text, Voices voices) {
        QwenCall open = call.orElseThrow();
        open.read(text, voices);
        if (!open.over()) {
            return Optional.empty();
        }
        afterCall();
        return Optional.of(open.rest()).filter(rest -> !rest.isEmpty());
    }

    private void afterCall() {
        call = Optional.empty();
        next();
        context.restart();
        state = State.START;
    }

    @Override
    void mark(String mark, Voices voices) {
        marked |= state != State.ANSWER;
        switch (state) {
            case CALL -> callMark(mark, voices);
            case OVER -> {}
            case UNDECIDED, START, REASONING, ANSWER -> {
                switch (mark) {
                    case OPEN -> open(voices);
                    case CLOSE -> close(voices);
                    case CALL -> call(voices);
                    case RESULT -> result(voices);
                    case CALL_END, RESULT_END -> stray(mark, voices);
                    default -> {}
                }
            }
        }
    }

    private void open(Voices voices) {
        switch (state) {
            case START -> reason();
            case UNDECIDED -> {
                if (ahead.toString().isBlank()) {
                    ahead.setLength(0);
                    reason();
                } else {
                    decide(voices);
                    open(voices);
                }
            }
            case ANSWER -> {
                if (context.mentions()) {
                    context.mentioned();
                    answer(OPEN, voices);
                } else {
                    reason();
                }
            }
            case REASONING -> {
                if (border.begun() && context.mentions()) {
                    text(OPEN, voices);
                }
            }
            case CALL, OVER -> {}
        }
    }

    private void reason() {
        ahead.setLength(0);
        next();
        context.restart();
        state = State.REASONING;
    }

    private void close(Voices voices) {
        switch (state) {
            case REASONING -> afterReasoning();
            case UNDECIDED -> {
                if (context.quotes()) {
                    text(CLOSE, voices);
                } else {
                    paragraphs.reasoning(trailing.before(border.afterBorder(ahead.toString())), voices);
                    afterReasoning();
                }
            }
            case START -> {
                ahead.setLength(0);
                next();
            }
            case ANSWER -> stray(CLOSE, voices);
            case CALL, OVER -> {}
        }
    }

    private void afterReasoning() {
        trailing.drop();
        ahead.setLength(0);
        next();
        context.restart();
        state = State.START;
    }

    private void call(Voices voices) {
        boolean meant = switch (state) {
            case START -> true;
            case UNDECIDED, ANSWER -> offer.isEmpty() ? !context.mentions() : !context.quotes();
            case REASONING -> context.atLineStart() && !context.quotes();
            case CALL, OVER -> false;
        };
        if (!meant) {
            text(CALL, voices);
            return;
        }
        if (state == State.UNDECIDED) {
            decide(voices);
        }
        trailing.drop();
        call = Optional.of(QwenCall.unnamed(offer));
        state = State.CALL;
    }

    /** The model makes up what its call returned. */
    private void result(Voices voices) {
        if (state == State.START || (context.atLineStart() && !context.quotes())) {
            if (state == State.UNDECIDED) {
                decide(voices);
            }
            state = State.OVER;
        } else {
            text(RESULT, voices);
        }
    }

    /** A closing tag without its opening one is nothing, unless the answer speaks about such tags. */
    private void stray(String mark, Voices voices) {
        if (context.quotes() || context.hasMentioned()) {
            text(mark, voices);
        }
    }

    private enum State {
        UNDECIDED,
        START,
        REASONING,
        ANSWER,
        CALL,
        OVER
    }
}
