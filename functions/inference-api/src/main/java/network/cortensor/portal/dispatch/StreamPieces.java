package network.cortensor.portal.dispatch;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;

/**
 * Cuts a whole answer into pieces that read naturally as a stream: words with the blanks behind them. Together they are the answer, to
 * the letter.
 */
final class StreamPieces {
    /** More than this would only cost envelopes; longer answers get longer pieces. */
    private static final int MOST = 2_000;

    private StreamPieces() {}

    static Stream<CompletionEvent> of(CompletionEvent event) {
        return switch (event) {
            case CompletionEvent.Text text -> cut(text.text()).stream().map(CompletionEvent.Text::new);
            case CompletionEvent.Reasoning reasoning ->
                cut(reasoning.text()).stream().map(CompletionEvent.Reasoning::new);
            case CompletionEvent.ToolCallPiece piece -> Stream.of(piece);
            case CompletionEvent.End end -> Stream.of(end);
        };
    }

    private static List<String> cut(String text) {
        int shortest = Math.max(1, text.length() / MOST);
        BreakIterator words = BreakIterator.getLineInstance(Locale.ROOT);
        words.setText(text);
        List<String> pieces = new ArrayList<>();
        int start = words.first();
        for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
            if (end - start >= shortest || end == text.length()) {
                pieces.add(text.substring(start, end));
                start = end;
            }
        }
        return pieces;
    }
}
