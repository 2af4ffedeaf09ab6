package network.cortensor.portal.prompt;

import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.completion.CompletionEvent;

/** Gathers texts into events: none empty, no two of a kind side by side, and no character of two code units parted between two. */
final class TextGatherer {
    private final List<CompletionEvent.Content> events = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Voice voice = Voice.ANSWER;

    public void answer(String piece) {
        add(Voice.ANSWER, piece);
    }

    public void reasoning(String piece) {
        add(Voice.REASONING, piece);
    }

    void call(CompletionEvent.ToolCallPiece piece) {
        flush(text.length());
        events.add(piece);
    }

    /** The events so far, without the first half of a character whose second may still come. */
    List<CompletionEvent.Content> take() {
        int end = text.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        flush(end);
        return drain();
    }

    /** All events, now that nothing more comes. */
    List<CompletionEvent.Content> takeAll() {
        flush(text.length());
        return drain();
    }

    private void add(Voice speaker, String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (speaker != voice) {
            flush(text.length());
            voice = speaker;
        }
        text.append(piece);
    }

    private void flush(int end) {
        if (end == 0) {
            return;
        }
        String piece = text.substring(0, end);
        text.delete(0, end);
        events.add(
                switch (voice) {
                    case ANSWER -> new CompletionEvent.Text(piece);
                    case REASONING -> new CompletionEvent.Reasoning(piece);
                });
    }

    private List<CompletionEvent.Content> drain() {
        List<CompletionEvent.Content> drained = List.copyOf(events);
        events.clear();
        return drained;
    }

    private enum Voice {
        ANSWER,
        REASONING
    }
}
