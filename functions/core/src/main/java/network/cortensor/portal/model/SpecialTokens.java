package network.cortensor.portal.model;

import java.util.Locale;

/**
 * What a server makes of special tokens that a model writes: the marks of turns, channels and calls. Servers that turn tokens into text
 * often leave them out (Ollama's raw mode those that the model's template does not list as visible, vLLM unless it is told otherwise), and
 * what stood between them can then no longer be told apart.
 */
public enum SpecialTokens {
    /** They arrive as text. */
    KEPT,
    /** They are left out. */
    STRIPPED,
    UNKNOWN;

    /** The word in tables and files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This, if it says anything. */
    public SpecialTokens or(SpecialTokens other) {
        return this == UNKNOWN ? other : this;
    }
}
