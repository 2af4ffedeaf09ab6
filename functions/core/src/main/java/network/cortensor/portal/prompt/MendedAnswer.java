package network.cortensor.portal.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;

/**
 * An answer whose request was {@linkplain Breaking broken}, without the breaks that the model has copied from it. Only what may still become a broken token is
 * held back, until the voice changes, the next call begins or the answer ends. Used by one thread, for one answer.
 */
public final class MendedAnswer {
    private final Marks marks;
    private final Mending mending;
    private final EscapedBreaks escapes = new EscapedBreaks();
    private Voice voice = new Voice.Answer();

    /** Who speaks. */
    private sealed interface Voice {
        record Answer() implements Voice {}

        record Reasoning() implements Voice {}

        record Call(int index) implements Voice {}
    }

    MendedAnswer(Marks marks) {
        this.marks = marks;
        this.mending = new Mending(marks);
    }

    /** What an event lets the model have said; often nothing. An end is the last of it. */
    public List<CompletionEvent> mended(CompletionEvent event) {
        List<CompletionEvent> said = new ArrayList<>();
        switch (event) {
            case CompletionEvent.Text(String text) -> say(new Voice.Answer(), text, said);
            case CompletionEvent.Reasoning(String text) -> say(new Voice.Reasoning(), text, said);
            case CompletionEvent.ToolCallPiece piece -> call(piece, said);
            case CompletionEvent.End end -> {
                rest().ifPresent(said::add);
                said.add(new CompletionEvent.End(
                        end.reason(), end.usage(), end.stop().map(this::whole), end.written()));
            }
        }
        return said;
    }

    private void say(Voice speaker, String text, List<CompletionEvent> said) {
        change(speaker, said);
        piece(mending.read(text)).ifPresent(said::add);
    }

    private void call(CompletionEvent.ToolCallPiece piece, List<CompletionEvent> said) {
        change(new Voice.Call(piece.index()), said);
        String arguments = mending.read(escapes.read(piece.arguments()));
        if (piece.name().isPresent() || piece.id().isPresent()) {
            said.add(new CompletionEvent.ToolCallPiece(
                    piece.index(), piece.id(), piece.name().map(this::whole), arguments));
        } else {
            piece(arguments).ifPresent(said::add);
        }
    }

    private void change(Voice speaker, List<CompletionEvent> said) {
        if (!speaker.equals(voice)) {
            rest().ifPresent(said::add);
            voice = speaker;
        }
    }

    private Optional<CompletionEvent> rest() {
        String rest = mending.read(escapes.rest()) + mending.rest();
        return piece(rest);
    }

    private Optional<CompletionEvent> piece(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (voice) {
                    case Voice.Answer _ -> new CompletionEvent.Text(text);
                    case Voice.Reasoning _ -> new CompletionEvent.Reasoning(text);
                    case Voice.Call(int index) ->
                        new CompletionEvent.ToolCallPiece(index, Optional.empty(), Optional.empty(), text);
                });
    }

    private String whole(String text) {
        Mending alone = new Mending(marks);
        return alone.read(text) + alone.rest();
    }

    /** Breaks in JSON that a server has written in ASCII: the escape {@code \\u200b} is the break itself there. */
    private static final class EscapedBreaks {
        private static final String ESCAPE = "\\u200b";

        private final StringBuilder held = new StringBuilder();

        String read(String json) {
            held.append(json);
            StringBuilder read = new StringBuilder(held.length());
            int at = 0;
            while (at < held.length()) {
                if (held.charAt(at) != '\\') {
                    read.append(held.charAt(at++));
                    continue;
                }
                String next = held.substring(at, Math.min(held.length(), at + ESCAPE.length()));
                if (next.length() < ESCAPE.length() && ESCAPE.regionMatches(true, 0, next, 0, next.length())) {
                    break;
                }
                boolean isBreak = next.equalsIgnoreCase(ESCAPE);
                read.append(isBreak ? String.valueOf(Marks.BREAK) : next.substring(0, 2));
                at += isBreak ? ESCAPE.length() : 2;
            }
            held.delete(0, at);
            return read.toString();
        }

        String rest() {
            String rest = held.toString();
            held.setLength(0);
            return rest;
        }
    }
}
