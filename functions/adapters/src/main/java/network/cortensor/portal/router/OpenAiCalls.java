package network.cortensor.portal.router;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.completion.CompletionEvent;

/**
 * Puts an answer's parts in an order that every customer's format can express: the pieces of one call follow each other, and nothing
 * comes between them.
 *
 * <p>Servers write calls in many ways: with the same index for all of them or without one, without ids, with an id in every piece, with the
 * pieces of two calls in turn. A piece goes to the call at its index. Without an index it goes to the call with its id, and without an id to the latest call. A new id, or a name
 * behind complete arguments, begins a new call. The first call that is not complete is handed on as it grows, and what comes behind it
 * waits. Used by one thread.
 */
final class OpenAiCalls {
    private final Deque<Part> waiting = new ArrayDeque<>();
    private final Map<Integer, RebuiltCall> byIndex = new HashMap<>();
    private final Map<String, RebuiltCall> byId = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private Optional<RebuiltCall> latest = Optional.empty();
    private int handedOn;
    private boolean nameless;
    private boolean broken;

    private sealed interface Part {
        record Said(CompletionEvent.Content content) implements Part {}

        record Called(RebuiltCall call) implements Part {}
    }

    /** A piece of text or reasoning. */
    List<CompletionEvent.Content> say(CompletionEvent.Content content) {
        waiting.add(new Part.Said(content));
        return handOn();
    }

    /** A piece of a stream. */
    List<CompletionEvent.Content> add(CallDelta delta) {
        RebuiltCall call = at(delta).filter(known -> known.goesOnWith(delta)).orElseGet(() -> begin(delta));
        delta.index().ifPresent(index -> byIndex.put(index, call));
        call.add(delta);
        latest = Optional.of(call);
        return handOn();
    }

    /** A call of an answer that came in one piece. */
    List<CompletionEvent.Content> addWhole(CallDelta delta) {
        begin(delta).add(delta);
        return handOn();
    }

    /**
     * What is still held back.
     *
     * @param whole whether the server came to its own end, so that its last call is whole
     */
    List<CompletionEvent.Content> end(boolean whole) {
        List<CompletionEvent.Content> contents = new ArrayList<>();
        while (!waiting.isEmpty()) {
            close(waiting.remove(), whole, contents);
        }
        return contents;
    }

    /** Whether there was any call. */
    boolean any() {
        return handedOn > 0;
    }

    /** Whether there were arguments of a function whose name never came: no customer can do anything with such an answer. */
    boolean nameless() {
        return nameless;
    }

    /** Whether a call that the server says is whole has arguments that are no JSON object: nobody can execute it. */
    boolean broken() {
        return broken;
    }

    private Optional<RebuiltCall> at(CallDelta delta) {
        Optional<RebuiltCall> sameIndex = delta.index().map(byIndex::get);
        Optional<RebuiltCall> sameId = delta.id().map(byId::get);
        if (sameIndex.isPresent()) {
            return sameIndex;
        }
        if (sameId.isPresent()) {
            boolean another = delta.index().isPresent() && delta.name().isPresent();
            return another ? Optional.empty() : sameId;
        }
        return delta.index().isPresent() ? Optional.empty() : latest;
    }

    /** Two calls must not have one id, because the answers to them name it. */
    private RebuiltCall begin(CallDelta delta) {
        RebuiltCall call = new RebuiltCall(delta.id().filter(ids::add));
        delta.id().ifPresent(id -> byId.put(id, call));
        waiting.add(new Part.Called(call));
        return call;
    }

    private List<CompletionEvent.Content> handOn() {
        List<CompletionEvent.Content> contents = new ArrayList<>();
        while (waiting.size() > 1 && isOver(waiting.element())) {
            close(waiting.remove(), true, contents);
        }
        switch (waiting.peek()) {
            case null -> {}
            case Part.Said said -> {
                waiting.remove();
                contents.add(said.content());
            }
            case Part.Called called -> called.call().next(handedOn).ifPresent(contents::add);
        }
        return contents;
    }

    private static boolean isOver(Part part) {
        return switch (part) {
            case Part.Said ignored -> true;
            case Part.Called called ->
                called.call().isComplete() && called.call().isNamed();
        };
    }

    private void close(Part part, boolean whole, List<CompletionEvent.Content> contents) {
        switch (part) {
            case Part.Said said -> contents.add(said.content());
            case Part.Called called when called.call().isNothing() -> {}
            case Part.Called called when !called.call().isNamed() -> nameless = true;
            case Part.Called called -> {
                broken |= whole && called.call().isBroken();
                called.call().rest(handedOn, whole).ifPresent(contents::add);
                handedOn++;
            }
        }
    }
}
