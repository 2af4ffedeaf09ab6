package network.cortensor.portal.prompt;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reasoning that stands between two tags before the answer.
 *
 * <p>Tags count at the start of the turn only, where models put them: an answer that speaks <em>about</em> such tags is left alone. Blanks
 * before answer and reasoning are dropped, except those that continue a bare prompt.
 */
final class TaggedReasoning implements Structure {
    private final Tags tags;
    private final Search closing;
    private final Held held = new Held();
    private final StringBuilder blanks = new StringBuilder();
    private final StringBuilder start = new StringBuilder();
    private State state;

    TaggedReasoning(Tags tags, Opening opening) {
        this.tags = tags;
        this.closing = new Search(List.of(tags.close()));
        this.state = switch (opening) {
            case BARE -> State.BARE_START;
            case TURN -> State.START;
            case REASONING -> State.REASONING_START;
        };
    }

    @Override
    public void read(String piece, Voices voices) {
        int i = 0;
        while (i < piece.length()) {
            i = switch (state) {
                case BARE_START, START, REASONING_START -> readStart(piece, i, voices);
                case REASONING -> readReasoning(piece, i, voices);
                case ANSWER -> readAnswer(piece, i, voices);
            };
        }
    }

    @Override
    public void end(Voices voices) {
        switch (state) {
            case BARE_START, START, ANSWER -> voices.answer(takeStart());
            case REASONING_START -> voices.reasoning(takeStart());
            case REASONING -> voices.reasoning(held.releaseAll());
        }
    }

    /** Reads until the start is a tag, or cannot become one any more. */
    private int readStart(String piece, int from, Voices voices) {
        for (int i = from; i < piece.length(); i++) {
            char next = piece.charAt(i);
            if (start.isEmpty() && Character.isWhitespace(next)) {
                keepBlank(next);
                continue;
            }
            start.append(next);
            Optional<String> tag = tags.all().filter(start.toString()::equals).findFirst();
            if (tag.isPresent()) {
                takeStart();
                state = tag.get().equals(tags.open()) ? State.REASONING_START : State.START;
                return i + 1;
            }
            if (tags.all().noneMatch(each -> each.startsWith(start.toString()))) {
                leaveStart(voices);
                return i + 1;
            }
        }
        return piece.length();
    }

    private void keepBlank(char blank) {
        if (state == State.BARE_START) {
            blanks.append(blank);
        }
    }

    private void leaveStart(Voices voices) {
        boolean reasoning = state == State.REASONING_START;
        state = reasoning ? State.REASONING : State.ANSWER;
        read(takeStart(), voices);
    }

    private String takeStart() {
        String text = blanks.append(start).toString();
        blanks.setLength(0);
        start.setLength(0);
        return text;
    }

    private int readReasoning(String piece, int from, Voices voices) {
        for (int i = from; i < piece.length(); i++) {
            held.add(piece.charAt(i));
            if (closing.read(piece.charAt(i)).isPresent()) {
                voices.reasoning(held.release(held.length() - tags.close().length()));
                held.dropAll();
                closing.reset();
                state = State.START;
                return i + 1;
            }
        }
        voices.reasoning(held.release(held.length() - closing.pending()));
        return piece.length();
    }

    private static int readAnswer(String piece, int from, Voices voices) {
        voices.answer(piece.substring(from));
        return piece.length();
    }

    private enum State {
        BARE_START,
        START,
        REASONING_START,
        REASONING,
        ANSWER
    }

    /**
     * What reasoning stands between.
     *
     * @param dropped tags that may open the answer itself
     */
    record Tags(String open, String close, Set<String> dropped) {
        /** What most reasoning models write. */
        static final Tags THINK = new Tags("<think>", "</think>", Set.of());

        Tags {
            dropped = Set.copyOf(dropped);
        }

        Stream<String> all() {
            return Stream.concat(Stream.of(open, close), dropped.stream());
        }

        /** A line that begins with the closing tag, and no opening one before it: the router opened the reasoning by itself. */
        Opening openingOf(String whole, Opening expected) {
            int end = whole.indexOf("\n" + close);
            boolean opened = whole.stripLeading().startsWith(open);
            return expected == Opening.TURN && end >= 0 && !opened ? Opening.REASONING : expected;
        }
    }
}
