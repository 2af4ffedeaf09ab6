package network.cortensor.portal.completion;

import java.util.Optional;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.SpecialTokens;

/** Something a customer may ask for that not every target can serve. */
public enum Feature {
    TOOLS,
    IMAGES,
    RESPONSE_FORMAT,
    /** An answer that goes on with the last turn. */
    CONTINUATION,
    /** Nothing a customer asks for: that the marks arrive by which a format tells calls from text. */
    SPECIAL_TOKENS;

    public boolean servedBy(Protocol protocol) {
        return switch (protocol) {
            case Protocol.Cortensor cortensor ->
                switch (this) {
                    case TOOLS, IMAGES, RESPONSE_FORMAT -> false;
                    case CONTINUATION -> true;
                    case SPECIAL_TOKENS -> cortensor.rawText().specialTokens() == SpecialTokens.KEPT;
                };
            case Protocol.OpenAi ignored -> this != CONTINUATION;
        };
    }

    /**
     * What a target has to serve so that a model of that format can be asked for this; nothing where the format's own prompts and answers
     * carry it. Gemma 4 writes calls between marks that many servers leave out, and then nothing tells them from the answer.
     */
    public Optional<Feature> in(PromptFormat format) {
        return switch (this) {
            case TOOLS ->
                switch (format) {
                    case HARMONY, QWEN3_5, QWEN3_5_SMALL -> Optional.empty();
                    case GEMMA4, GEMMA4_SMALL -> Optional.of(SPECIAL_TOKENS);
                    case PLAIN, QWEN3, GEMMA3 -> Optional.of(this);
                };
            case RESPONSE_FORMAT -> Optional.empty();
            case IMAGES, CONTINUATION, SPECIAL_TOKENS -> Optional.of(this);
        };
    }
}
