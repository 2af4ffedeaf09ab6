package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionEvent.ToolCallPiece;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.InvalidCall.Fault;

/**
 * Of the calls in an answer those that the customer can execute: of functions that were offered, and one only where he wants no more. A call
 * of a strict function is held back until its arguments are known to fit. Behind an invalid call nothing is said any more, and the answer's
 * end is a failure. Used by one thread.
 */
final class OfferedCalls {
    private static final ObjectReader CUSTOMERS_JSON = new ObjectMapper().reader();

    private final Tools tools;

    /** By name, whether it is strict. */
    private final Map<String, Boolean> functions = new HashMap<>();

    private final List<CompletionEvent> held = new ArrayList<>();
    private final StringBuilder arguments = new StringBuilder();
    private Optional<String> strict = Optional.empty();
    private Optional<Fault> fault = Optional.empty();
    private int calls;

    OfferedCalls(Tools tools) {
        this.tools = tools;
        if (tools.choice().filter(choice -> choice.text().equals("\"none\"")).isEmpty()) {
            for (JsonNode tool : read(tools.definitions())) {
                JsonNode function = tool.path("function");
                functions.put(
                        function.path("name").asText(), function.path("strict").asBoolean(false));
            }
        }
    }

    private static JsonNode read(JsonText definitions) {
        try {
            return CUSTOMERS_JSON.readTree(definitions.text());
        } catch (IOException e) {
            throw new UncheckedIOException("definitions: no JSON (expected: what was read before)", e);
        }
    }

    List<RouterEvent> checked(List<RouterEvent> events) {
        List<RouterEvent> checked = new ArrayList<>();
        for (RouterEvent event : events) {
            switch (event) {
                case RouterEvent.Failed failed -> checked.add(failed);
                case RouterEvent.Said said -> checked.addAll(checked(said.event()));
            }
        }
        return checked;
    }

    private List<RouterEvent> checked(CompletionEvent event) {
        List<CompletionEvent> said = new ArrayList<>();
        switch (event) {
            case ToolCallPiece piece -> piece(piece, said);
            case CompletionEvent.End end -> {
                close(end.reason() != FinishReason.LENGTH, said);
                if (fault.isPresent()) {
                    return Events.failed(new Failure.InvalidCall(fault.get()));
                }
                said.add(end);
            }
            case CompletionEvent.Text text -> text(text, said);
            case CompletionEvent.Reasoning reasoning -> text(reasoning, said);
        }
        return Events.said(said);
    }

    private void text(CompletionEvent text, List<CompletionEvent> said) {
        close(true, said);
        if (fault.isEmpty()) {
            said.add(text);
        }
    }

    private void piece(ToolCallPiece piece, List<CompletionEvent> said) {
        if (piece.name().isPresent()) {
            close(true, said);
            calls++;
            begin(piece.name().get());
        }
        if (fault.isPresent() || (calls > 1 && tools.calls() == Tools.Calls.ONE)) {
            return;
        }
        if (strict.isPresent()) {
            held.add(piece);
            arguments.append(piece.arguments());
        } else {
            said.add(piece);
        }
    }

    private void begin(String name) {
        if (!functions.containsKey(name)) {
            fault = fault.or(() -> Optional.of(Fault.NOT_OFFERED));
        }
        strict = functions.getOrDefault(name, false) ? Optional.of(name) : Optional.empty();
    }

    /** @param whole whether the server wrote the call to its end; a strict one that was cut is not passed on, and no fault */
    private void close(boolean whole, List<CompletionEvent> said) {
        if (!held.isEmpty()) {
            if (tools.check().fit(strict.orElseThrow(), new JsonText(arguments.toString()))) {
                said.addAll(held);
            } else if (whole) {
                fault = fault.or(() -> Optional.of(Fault.DOES_NOT_FIT));
            }
        }
        held.clear();
        arguments.setLength(0);
        strict = Optional.empty();
    }
}
