package network.cortensor.portal.prompt;

import java.util.List;
import java.util.Optional;

/**
 * The messages of an answer in the harmony format: what is said in the final channel is the answer, what is said in any other is
 * reasoning. An answer without any marker is taken as final, for servers that strip them.
 */
final class HarmonyChannels implements Structure {
    private static final String START = "<|start|>";
    private static final String CHANNEL = "<|channel|>";
    private static final String MESSAGE = "<|message|>";
    private static final String CONSTRAIN = "<|constrain|>";
    private static final String END = "<|end|>";
    private static final String RETURN = "<|return|>";
    private static final String CALL = "<|call|>";

    /** Real headers are a few words; more of one is not looked at. */
    private static final int LONGEST_HEADER = 256;

    private final Search markers = new Search(List.of(START, CHANNEL, MESSAGE, CONSTRAIN, END, RETURN, CALL));
    private final Held held = new Held();
    private final StringBuilder header = new StringBuilder();
    private State state;

    HarmonyChannels(Opening opening) {
        this.state = opening == Opening.BARE ? State.ANSWER : State.ANSWER_START;
    }

    @Override
    public void read(String piece, Voices voices) {
        for (int i = 0; i < piece.length(); i++) {
            held.add(piece.charAt(i));
            Optional<String> marker = markers.read(piece.charAt(i));
            if (marker.isPresent()) {
                text(held.release(held.length() - marker.get().length()), voices);
                held.dropAll();
                markers.reset();
                state = after(marker.get());
            }
        }
        text(held.release(held.length() - markers.pending()), voices);
    }

    @Override
    public void end(Voices voices) {
        text(held.releaseAll(), voices);
    }

    private void text(String text, Voices voices) {
        switch (state) {
            case ANSWER_START -> {
                String rest = text.stripLeading();
                state = rest.isEmpty() ? state : State.ANSWER;
                voices.answer(rest);
            }
            case ANSWER -> voices.answer(text);
            case REASONING_START -> {
                String rest = text.stripLeading();
                state = rest.isEmpty() ? state : State.REASONING;
                voices.reasoning(rest);
            }
            case REASONING -> voices.reasoning(text);
            case ROLE, CHANNEL_NAME ->
                header.append(text, 0, Math.min(text.length(), LONGEST_HEADER - header.length()));
            case BETWEEN, OVER -> {}
        }
    }

    private State after(String marker) {
        if (state == State.OVER) {
            return State.OVER;
        }
        return switch (marker) {
            case START -> header(State.ROLE);
            case CHANNEL -> foreignRole() ? State.OVER : header(State.CHANNEL_NAME);
            case MESSAGE -> message();
            case END -> State.BETWEEN;
            case RETURN, CALL -> State.OVER;
            default -> state;
        };
    }

    private State header(State part) {
        header.setLength(0);
        return part;
    }

    /** The model has gone on to write somebody else's turn. */
    private boolean foreignRole() {
        return state == State.ROLE && !header.toString().strip().startsWith("assistant");
    }

    private State message() {
        return switch (state) {
            case CHANNEL_NAME -> channel().equals("final") ? State.ANSWER_START : State.REASONING_START;
            case ROLE -> foreignRole() ? State.OVER : State.ANSWER_START;
            case ANSWER_START, ANSWER, REASONING_START, REASONING, BETWEEN, OVER -> state;
        };
    }

    /** The first word: behind it may stand a recipient. */
    private String channel() {
        return header.toString().strip().split("\\s", 2)[0];
    }

    private enum State {
        ANSWER_START,
        ANSWER,
        REASONING_START,
        REASONING,
        ROLE,
        CHANNEL_NAME,
        BETWEEN,
        OVER
    }
}
