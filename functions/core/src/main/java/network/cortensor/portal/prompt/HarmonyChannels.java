package network.cortensor.portal.prompt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import network.cortensor.portal.model.SpecialTokens;

/**
 * The messages of an answer in the harmony format. What is said in the final channel, or as commentary to nobody, is the answer; what has a
 * function for its recipient is a call of it; the rest is reasoning.
 *
 * <pre>
 *              channel                    message, by header
 *   START ───────────────▶ CHANNEL_NAME ─────────────────────▶ ANSWER │ REASONING │ CALL
 *     │                        ▲  ▲ channel                        │ end
 *     │ start       start      │  │                                ▼
 *     ├──────────▶ ROLE ───────┘  └─────────────────────────── BETWEEN ──start──▶ ROLE
 *     │              │ another role                                │
 *     │              ▼                                             ▼ return, call (from anywhere)
 *     │            OVER ◀──────────────────────────────────────────┘
 *     │ text without any mark
 *     ├──────────▶ ANSWER
 *     │ "analysis" and a letter: the server leaves marks out
 *     ├──────────▶ BARE_REASONING ──"assistantfinal"──▶ ANSWER
 *     │ "commentary"     │  └──"assistantcommentary"──▶ BARE_COMMENTARY ──anything else──▶ BARE_ANSWER
 *     ├──────────────────┼──────────────────────────────▶ │   ▲  " to=functions."            │
 *     │                  └──◀──────"assistantanalysis"─────┼───┼──────────────────────────────┤
 *     │                                                    ▼   └──"assistantcommentary"───────┘
 *     │ a recipient, "commentary" and "{"              BARE_HEADER ──"{"──▶ CALL
 *     └───────────────────────────────────────────────────▲
 * </pre>
 *
 * <p>The prompt ends behind {@code <|start|>assistant}, so that an answer begins in a header. Models say the role again, put the recipient
 * into the role or behind the channel, and forget {@code <|constrain|>} or its blank; all of that is read. Where the marks are left out by
 * the server, only lower-case {@code analysis} at the very start, with a letter right behind it, is taken for a header: "Analysis of the
 * poem" is an answer. Messages of one kind are parted by an empty line.
 */
final class HarmonyChannels extends MarkedStructure {
    private static final String START = "<|start|>";
    private static final String CHANNEL = "<|channel|>";
    private static final String MESSAGE = "<|message|>";
    private static final String END = "<|end|>";
    private static final String RETURN = "<|return|>";
    private static final String CALL = "<|call|>";

    /** Tells the type of what follows, which is known. */
    private static final String CONSTRAIN = "<|constrain|>";

    /** Marks that mean nothing in an answer. */
    private static final List<String> IGNORED = List.of(
            "<|endoftext|>", "<|startoftext|>", "<|endofprompt|>", "<|refusal|>", "<|untrusted|>", "<|end_untrusted|>");

    private static final String BARE_FINAL = "assistantfinal";
    private static final String BARE_ANALYSIS = "assistantanalysis";
    private static final String BARE_COMMENTARY = "assistantcommentary";
    private static final String TO_FUNCTION = " to=functions.";

    /** Marks between bare reasoning and the answer: end, start, channel, message; before the reasoning: channel, message. */
    private static final int MARKS_BEFORE_REASONING = 2;

    private static final int MARKS_BEFORE_ANSWER = 4;

    private static final Pattern RECIPIENT = Pattern.compile("(?:^|\\s)to=(\\S+)");

    /** Real headers are a few words; more of one is not looked at. */
    private static final int LONGEST_HEADER = 256;

    private final MarkReader bareBorders = new MarkReader(List.of(BARE_FINAL, BARE_ANALYSIS, BARE_COMMENTARY));
    private final StringBuilder header = new StringBuilder();
    private final BareStart bareStart = new BareStart();
    private Optional<String> begunCall = Optional.empty();
    private String role = "assistant";
    private State state;
    private boolean marked;
    private int lost;

    HarmonyChannels(Opening opening) {
        super(
                opening,
                new MarkReader(
                        Stream.concat(
                                        Stream.of(START, CHANNEL, MESSAGE, CONSTRAIN, END, RETURN, CALL),
                                        IGNORED.stream())
                                .toList(),
                        new MarkReader.Numbered("<|reserved_", "|>")));
        state = switch (opening) {
            case Opening.Bare ignored -> State.ANSWER;
            case Opening.Begun ignored -> State.ANSWER;
            case Opening.Turn ignored -> State.START;
            case Opening.Answer ignored -> State.START;
            case Opening.Reasoning ignored -> State.REASONING;
            case Opening.CallOfAny ignored -> {
                header.append("commentary to=functions.");
                yield State.CHANNEL_NAME;
            }
            case Opening.CallOf call -> {
                begunCall = Optional.of(call.name());
                yield State.CALL;
            }
        };
    }

    @Override
    public void read(String piece, Voices voices) {
        beginCall(piece, voices);
        super.read(piece, voices);
    }

    private void beginCall(String piece, Voices voices) {
        if (begunCall.isPresent() && !piece.isEmpty()) {
            voices.call(begunCall.get());
            begunCall = Optional.empty();
        }
    }

    @Override
    void close(boolean complete, Voices voices) {
        switch (state) {
            case START -> answer(bareStart.said(), voices);
            case BARE_REASONING, BARE_ANSWER, BARE_COMMENTARY -> bareBorders.end(text -> bareSaid(text, voices));
            case CALL -> {
                if (complete) {
                    voices.callEnd();
                } else {
                    voices.callCut();
                }
            }
            case ANSWER, REASONING, ROLE, CHANNEL_NAME, BARE_HEADER, BETWEEN, OVER -> {}
        }
    }

    @Override
    public boolean unfinished() {
        return switch (state) {
            case REASONING, BARE_REASONING, ROLE, CHANNEL_NAME, BARE_COMMENTARY, BARE_HEADER -> true;
            case START, ANSWER, BARE_ANSWER, CALL, BETWEEN, OVER -> false;
        };
    }

    @Override
    public boolean over() {
        return state == State.OVER || state == State.BETWEEN;
    }

    @Override
    public int lostMarks() {
        return lost;
    }

    @Override
    public SpecialTokens sight() {
        if (marked) {
            return SpecialTokens.KEPT;
        }
        return lost > 0 ? SpecialTokens.STRIPPED : SpecialTokens.UNKNOWN;
    }

    @Override
    void text(String text, Voices voices) {
        switch (state) {
            case START -> start(text, voices);
            case ANSWER -> answer(text, voices);
            case REASONING -> reasoning(text, voices);
            case BARE_REASONING, BARE_ANSWER, BARE_COMMENTARY -> bare(text, voices);
            case CALL -> voices.arguments(text);
            case ROLE, CHANNEL_NAME ->
                header.append(text, 0, Math.min(text.length(), LONGEST_HEADER - header.length()));
            case BARE_HEADER -> bareHeader(text, voices);
            case BETWEEN, OVER -> {}
        }
    }

    private void start(String text, Voices voices) {
        switch (bareStart.read(text)) {
            case BareStart.Kind.UNDECIDED -> {}
            case BareStart.Kind.REASONING -> {
                lost += MARKS_BEFORE_REASONING;
                state = State.BARE_REASONING;
                bare(bareStart.text(), voices);
            }
            case BareStart.Kind.COMMENTARY -> {
                lost += MARKS_BEFORE_REASONING;
                state = State.BARE_COMMENTARY;
                bare(bareStart.text(), voices);
            }
            case BareStart.Kind.CALL -> {
                lost += MARKS_BEFORE_REASONING;
                state = State.BARE_HEADER;
                bareHeader(bareStart.text(), voices);
            }
            case BareStart.Kind.FINAL -> {
                lost += MARKS_BEFORE_REASONING;
                state = State.ANSWER;
                answer(bareStart.text(), voices);
            }
            case BareStart.Kind.ANSWER -> {
                state = State.ANSWER;
                answer(bareStart.text(), voices);
            }
        }
    }

    /** Text of a server that leaves marks out: where one message ends and another begins, a role and a channel stand side by side. */
    private void bare(String text, Voices voices) {
        bareBorders.read(text, part -> bareSaid(part, voices), this::bareBorder);
        if (state == State.ANSWER || state == State.BARE_HEADER || state == State.CALL) {
            bareBorders.end(part -> text(part, voices));
        }
    }

    private void bareSaid(String text, Voices voices) {
        switch (state) {
            case BARE_REASONING -> reasoning(text, voices);
            case BARE_ANSWER -> answer(text, voices);
            case BARE_COMMENTARY -> bareCommentary(text, voices);
            default -> text(text, voices);
        }
    }

    private void bareBorder(String border) {
        lost += MARKS_BEFORE_ANSWER;
        next();
        header.setLength(0);
        state = switch (border) {
            case BARE_FINAL -> State.ANSWER;
            case BARE_ANALYSIS -> State.BARE_REASONING;
            default -> State.BARE_COMMENTARY;
        };
    }

    /** A call, or what the customer is told before it. */
    private void bareCommentary(String text, Voices voices) {
        header.append(text);
        String said = header.toString();
        if (said.startsWith(TO_FUNCTION)) {
            header.setLength(0);
            state = State.BARE_HEADER;
            bareHeader(said.substring(TO_FUNCTION.length()), voices);
        } else if (!TO_FUNCTION.startsWith(said)) {
            header.setLength(0);
            state = State.BARE_ANSWER;
            answer(said, voices);
        }
    }

    /** A function's name and perhaps the type of its arguments, until these begin. */
    private void bareHeader(String text, Voices voices) {
        int arguments = text.indexOf('{');
        header.append(text, 0, arguments < 0 ? text.length() : arguments);
        if (arguments >= 0) {
            state = State.CALL;
            voices.call(bareName(header.toString().strip()));
            voices.arguments(text.substring(arguments));
        }
    }

    /** Behind the name may stand the channel and the type of the arguments, with a blank or without. */
    private static String bareName(String header) {
        return header.split("\\s", 2)[0].replaceFirst("json$", "").replaceFirst("(?<=.)commentary$", "");
    }

    private void answer(String text, Voices voices) {
        paragraphs.answer(exact() ? text : border.afterBorder(text), voices);
    }

    private void reasoning(String text, Voices voices) {
        paragraphs.reasoning(border.afterBorder(text), voices);
    }

    @Override
    void mark(String mark, Voices voices) {
        marked = true;
        if (state == State.OVER) {
            return;
        }
        switch (mark) {
            case START -> startMessage(voices);
            case CHANNEL -> channel(voices);
            case MESSAGE -> message(voices);
            case END -> leave(State.BETWEEN, voices);
            case RETURN, CALL -> leave(State.OVER, voices);
            case CONSTRAIN -> header.append(' ');
            default -> {}
        }
    }

    private void startMessage(Voices voices) {
        leave(State.ROLE, voices);
        header.setLength(0);
        role = "";
    }

    private void channel(Voices voices) {
        if (state == State.ROLE) {
            role = header.toString();
        } else if (state == State.START) {
            role = bareStart.text();
        }
        if (foreignRole()) {
            leave(State.OVER, voices);
            return;
        }
        leave(State.CHANNEL_NAME, voices);
        header.setLength(0);
    }

    private void message(Voices voices) {
        switch (state) {
            case CHANNEL_NAME -> begin(header.toString(), voices);
            case ROLE -> {
                role = header.toString();
                if (foreignRole()) {
                    state = State.OVER;
                } else {
                    begin("final", voices);
                }
            }
            case START -> {
                role = bareStart.text();
                begin("final", voices);
            }
            case ANSWER, REASONING, BARE_REASONING, BARE_ANSWER, BARE_COMMENTARY, BARE_HEADER, CALL, BETWEEN, OVER -> {}
        }
    }

    /** @param channel the channel's name, behind which may stand a recipient */
    private void begin(String channel, Voices voices) {
        Optional<String> recipient = recipient(role).or(() -> recipient(channel));
        if (recipient.isPresent() && !recipient.get().equals("assistant")) {
            state = State.CALL;
            voices.call(recipient.get().replaceFirst("^functions\\.", ""));
            return;
        }
        next();
        state = switch (channel.strip().split("\\s", 2)[0]) {
            case "final", "commentary" -> State.ANSWER;
            default -> State.REASONING;
        };
    }

    private static Optional<String> recipient(String header) {
        Matcher matcher = RECIPIENT.matcher(header);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The model has gone on to write somebody else's turn. */
    private boolean foreignRole() {
        String name = role.strip();
        return !name.isEmpty() && !name.startsWith("assistant") && !name.startsWith("to=");
    }

    private void leave(State next, Voices voices) {
        switch (state) {
            case CALL -> voices.callEnd();
            case START -> flushStart(next, voices);
            case BARE_REASONING, BARE_ANSWER, BARE_COMMENTARY -> bareBorders.end(text -> bareSaid(text, voices));
            case ANSWER, REASONING, ROLE, CHANNEL_NAME, BARE_HEADER, BETWEEN, OVER -> {}
        }
        state = next;
    }

    /** What stood before the first mark was a header if a header goes on behind the mark. Otherwise it was the answer. */
    private void flushStart(State next, Voices voices) {
        if (next != State.CHANNEL_NAME) {
            answer(bareStart.said(), voices);
        }
    }

    private enum State {
        START,
        ANSWER,
        REASONING,
        BARE_REASONING,
        BARE_ANSWER,
        BARE_COMMENTARY,
        ROLE,
        CHANNEL_NAME,
        BARE_HEADER,
        CALL,
        BETWEEN,
        OVER
    }
}
