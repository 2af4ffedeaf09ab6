package network.cortensor.portal.dispatch;

import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.completion.CompletionEvent;

/** An answer that waits until it is whole, because its form can only be told then. Used by one thread. */
final class HeldAnswer {
    private final List<CompletionEvent> events = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean called;

    void add(CompletionEvent event) {
        events.add(event);
        switch (event) {
            case CompletionEvent.Text piece -> text.append(piece.text());
            case CompletionEvent.ToolCallPiece ignored -> called = true;
            case CompletionEvent.Reasoning ignored -> {}
            case CompletionEvent.End ignored -> {}
        }
    }

    /** A call of a function is no answer yet. */
    boolean fits(AnswerCheck form) {
        return called || form.fits(text.toString());
    }

    List<CompletionEvent> events() {
        return List.copyOf(events);
    }
}
