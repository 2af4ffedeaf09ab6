package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Consumer;
import network.cortensor.portal.completion.CompletionEvent.ToolCallPiece;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.model.Failure.InvalidCall;
import network.cortensor.portal.model.Failure.InvalidCall.Fault;

/**
 * Lets through the calls that the customer can execute: of functions that were offered, with arguments that are a JSON object. A call of a
 * strict function is held back until its arguments are known to fit; every other one is passed on while it comes. Behind an invalid call
 * nothing counts any more.
 */
final class Calls {
    private final OfferedFunctions offer;
    private final String ids;
    private final Consumer<ToolCallPiece> pieces;
    private final StringBuilder arguments = new StringBuilder();
    private Optional<OfferedFunctions.Function> function = Optional.empty();
    private Optional<InvalidCall> invalid = Optional.empty();
    private int count;
    private boolean cut;

    /** @param ids what the calls' ids begin with, which no other answer's do */
    Calls(OfferedFunctions offer, String ids, Consumer<ToolCallPiece> pieces) {
        this.offer = offer;
        this.ids = ids;
        this.pieces = pieces;
    }

    /** Whether a call was let through, or has begun to be. */
    boolean any() {
        return count > 0;
    }

    Optional<InvalidCall> invalid() {
        return invalid;
    }

    /** Whether the text ended within a call. */
    boolean cut() {
        return cut;
    }

    void begin(String name) {
        arguments.setLength(0);
        function = Optional.empty();
        if (invalid.isPresent() || (count > 0 && offer.calls() == Tools.Calls.ONE)) {
            return;
        }
        function = offer.function(name);
        if (function.isEmpty()) {
            fail(Fault.NOT_OFFERED);
            return;
        }
        count++;
        if (!function.get().strict()) {
            pieces.accept(piece(Optional.of(name), ""));
        }
    }

    void arguments(String json) {
        if (function.isEmpty() || json.isEmpty()) {
            return;
        }
        arguments.append(json);
        if (!function.get().strict()) {
            pieces.accept(piece(Optional.empty(), json));
        }
    }

    void end() {
        if (function.isEmpty()) {
            return;
        }
        if (arguments.toString().isBlank()) {
            arguments("{}");
        }
        OfferedFunctions.Function called = function.get();
        function = Optional.empty();
        Optional<JsonNode> json = Typing.parsed(arguments.toString()).filter(JsonNode::isObject);
        if (json.isEmpty()) {
            fail(Fault.NO_JSON);
        } else if (called.strict() && !offer.check().fit(called.name(), new JsonText(arguments.toString()))) {
            fail(Fault.DOES_NOT_FIT);
        } else if (called.strict()) {
            pieces.accept(piece(Optional.of(called.name()), ""));
            pieces.accept(piece(Optional.empty(), arguments.toString()));
        }
    }

    /** Where the arguments are whole, only the mark behind them is missing, which servers take for a stop token and leave out. */
    void breakOff() {
        if (function.isPresent()
                && Typing.parsed(arguments.toString())
                        .filter(JsonNode::isObject)
                        .isPresent()) {
            end();
        } else {
            cut = invalid.isEmpty();
        }
    }

    private void fail(Fault fault) {
        invalid = Optional.of(new InvalidCall(fault));
    }

    private ToolCallPiece piece(Optional<String> name, String json) {
        int index = count - 1;
        return new ToolCallPiece(index, name.map(present -> ids + index), name, json);
    }
}
