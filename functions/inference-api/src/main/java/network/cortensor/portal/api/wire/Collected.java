package network.cortensor.portal.api.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.Message.ToolCall;

/** The pieces of an answer put together, for customers who want it whole. Used by one thread. */
public final class Collected {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final Map<Integer, Call> calls = new TreeMap<>();

    public void add(CompletionEvent.Content content) {
        switch (content) {
            case CompletionEvent.Text piece -> text.append(piece.text());
            case CompletionEvent.Reasoning piece -> reasoning.append(piece.text());
            case CompletionEvent.ToolCallPiece piece ->
                calls.computeIfAbsent(piece.index(), index -> new Call()).add(piece);
        }
    }

    public String text() {
        return text.toString();
    }

    public String reasoning() {
        return reasoning.toString();
    }

    public List<ToolCall> toolCalls() {
        List<ToolCall> whole = new ArrayList<>();
        calls.values().forEach(call -> whole.add(new ToolCall(call.id, call.name, call.arguments.toString())));
        return whole;
    }

    private static final class Call {
        private final StringBuilder arguments = new StringBuilder();
        private String id = "";
        private String name = "";

        private void add(CompletionEvent.ToolCallPiece piece) {
            id = piece.id().orElse(id);
            name = piece.name().orElse(name);
            arguments.append(piece.arguments());
        }
    }
}
