package network.cortensor.portal.router;

import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;

/**
 * One function call, put together from the pieces that a server wrote, and handed on in pieces that have an order: the first has the id
 * and the name, the others the next part of the arguments.
 *
 * <p>What follows the end of the arguments' JSON belongs to no call and is dropped. An {@code {}} that comes as one piece is held back
 * until the call is closed, because some servers write it as a placeholder before the arguments themselves.
 */
final class RebuiltCall {
    private static final String NONE = "{}";

    private final Optional<String> id;
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder unsaid = new StringBuilder();
    private JsonEnd end = new JsonEnd();
    private boolean argued;
    private boolean begun;

    RebuiltCall(Optional<String> id) {
        this.id = id;
    }

    void add(CallDelta delta) {
        delta.name().ifPresent(this::addName);
        addArguments(delta.arguments());
    }

    /** Whether a piece that the server gives this call's place, or none, belongs to it and does not begin another one. */
    boolean goesOnWith(CallDelta delta) {
        if (delta.id().isPresent() && id.isPresent()) {
            return delta.id().equals(id);
        }
        if (delta.name().isEmpty() || name.isEmpty()) {
            return true;
        }
        boolean sameName = delta.name().get().contentEquals(name);
        if (argued) {
            return sameName && !end.reached();
        }
        return delta.index().isPresent() && (sameName || id.isPresent());
    }

    /** Nothing can be added to the arguments any more. */
    boolean isComplete() {
        return end.reached();
    }

    /** Arguments have begun, and are no object or only the beginning of one. */
    boolean isBroken() {
        return argued && !end.reached();
    }

    boolean isNamed() {
        return !name.isEmpty();
    }

    /** A piece that brought nothing by which there could be a call. */
    boolean isNothing() {
        return name.isEmpty() && !argued;
    }

    /** @param index which call of the answer this is, from 0 */
    Optional<CompletionEvent.Content> next(int index) {
        boolean placeholder = NONE.contentEquals(unsaid) && !begun;
        return unsaid.isEmpty() || placeholder ? Optional.empty() : say(index);
    }

    /**
     * What is left.
     *
     * @param whole whether the server wrote the call to its end, so that no arguments are an empty object
     */
    Optional<CompletionEvent.Content> rest(int index, boolean whole) {
        if (!argued && whole) {
            unsaid.append(NONE);
        }
        return begun && unsaid.isEmpty() ? Optional.empty() : say(index);
    }

    private Optional<CompletionEvent.Content> say(int index) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        CompletionEvent.Content piece = new CompletionEvent.ToolCallPiece(
                index,
                begun ? Optional.empty() : id,
                begun ? Optional.empty() : Optional.of(name.toString()),
                unsaid.toString());
        begun = true;
        unsaid.setLength(0);
        return Optional.of(piece);
    }

    private void addName(String piece) {
        if (!argued && !piece.contentEquals(name)) {
            name.append(piece);
        }
    }

    private void addArguments(String piece) {
        if (!begun && NONE.contentEquals(unsaid) && !piece.isBlank()) {
            unsaid.setLength(0);
            end = new JsonEnd();
        }
        String arguments = argued ? piece : piece.stripLeading();
        unsaid.append(arguments, 0, end.take(arguments));
        argued |= !arguments.isEmpty();
    }
}
