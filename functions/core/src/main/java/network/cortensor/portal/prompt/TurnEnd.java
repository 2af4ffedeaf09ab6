package network.cortensor.portal.prompt;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes stop tokens out of raw text. A token that ends the format's own turns ends the answer wherever it stands, since what comes after it
 * was made up past the model's end. One of another family is dropped only at the very end: in an answer about HTML, {@code </s>} is text.
 */
final class TurnEnd {
    private final Set<String> own;
    private final Search tokens;
    private final Held held = new Held();
    /** How much of what is held is a foreign stop token with what may follow it at an end: blanks, and more tokens. */
    private int tail;

    private boolean over;

    /** @param stray tokens that are dropped at the end only */
    TurnEnd(Set<String> own, Set<String> stray) {
        this.own = own;
        this.tokens = new Search(Stream.concat(own.stream(), stray.stream()).collect(Collectors.toSet()));
    }

    void read(String piece, Consumer<String> next) {
        for (int i = 0; i < piece.length() && !over; i++) {
            held.add(piece.charAt(i));
            Optional<String> token = tokens.read(piece.charAt(i));
            if (token.isPresent()) {
                found(token.get(), next);
            }
        }
        settle(held.length() - tokens.pending(), next);
    }

    /** Whether a token ended the turn: the format's own one anywhere, or any at the end. */
    boolean found() {
        return over || tail > 0;
    }

    /** Whether the format's own token ended the turn. */
    boolean ownFound() {
        return over;
    }

    /** The raw text is over. */
    void end(Consumer<String> next) {
        settle(held.length(), next);
    }

    private void found(String token, Consumer<String> next) {
        settle(held.length() - token.length(), next);
        tokens.reset();
        if (own.contains(token)) {
            held.dropAll();
            tail = 0;
            over = true;
            return;
        }
        tail = held.length();
    }

    /** Decides on the first {@code count} characters that are held: they are no part of a token that is still being read. */
    private void settle(int count, Consumer<String> next) {
        if (tail > 0 && held.blank(tail, count)) {
            tail = Math.max(tail, count);
            return;
        }
        tail = 0;
        next.accept(held.release(count));
    }
}
