package network.cortensor.portal.model;

import java.util.Locale;

/** How a model expects a conversation to be written as one prompt; needed for routers that take prompts only. */
public enum PromptFormat {
    /** Role names and colons, for models without a published template. */
    PLAIN,
    /** {@code <|im_start|>role … <|im_end|>}: the Qwen family. */
    CHATML,
    /** {@code <start_of_turn>role … <end_of_turn>}: Gemma 1 to 3. */
    GEMMA,
    /** {@code <|turn>role … <turn|>}: Gemma 4, whose control tokens are all new. */
    GEMMA4,
    /** Channels and messages of the gpt-oss family. */
    HARMONY;

    /** The word in tables and files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
