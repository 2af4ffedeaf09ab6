package network.cortensor.portal.completion;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.model.PromptFormat;

/**
 * One checked request for a completion.
 *
 * @param promptFormat how prompt-only routers get a conversation
 * @param maxTokens the longest answer, in tokens
 * @param stop texts before which the answer ends; not part of it
 */
public record CompletionRequest(
        Input input,
        PromptFormat promptFormat,
        int maxTokens,
        Sampling sampling,
        List<String> stop,
        Optional<Tools> tools,
        Optional<JsonText> responseFormat) {

    public CompletionRequest {
        stop = List.copyOf(stop);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens: " + maxTokens + " (expected: >= 1)");
        }
    }

    /** The same with another bound on the answer. */
    public CompletionRequest withMaxTokens(int most) {
        return new CompletionRequest(input, promptFormat, most, sampling, stop, tools, responseFormat);
    }

    /** What not every target can serve. One that cannot is no candidate for this request. */
    public Set<Feature> features() {
        EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
        if (tools.isPresent() || input.hasToolTurns()) {
            Feature.TOOLS.in(promptFormat).ifPresent(features::add);
        }
        if (responseFormat.isPresent()) {
            Feature.RESPONSE_FORMAT.in(promptFormat).ifPresent(features::add);
        }
        if (input.needsImages()) {
            features.add(Feature.IMAGES);
        }
        if (input.isContinued()) {
            features.add(Feature.CONTINUATION);
        }
        return Set.copyOf(features);
    }

    /**
     * Functions that the model may call, as the customer described them.
     *
     * @param definitions a JSON array in the form of OpenAI's {@code tools}
     * @param choice a JSON value in the form of OpenAI's {@code tool_choice}
     * @param check of calls of strict functions
     */
    public record Tools(JsonText definitions, Optional<JsonText> choice, Calls calls, ArgumentCheck check) {
        /** None of them strict. */
        public Tools(JsonText definitions, Optional<JsonText> choice, Calls calls) {
            this(definitions, choice, calls, ArgumentCheck.ANY);
        }

        public Tools checkedBy(ArgumentCheck other) {
            return new Tools(definitions, choice, calls, other);
        }

        /** How many calls one answer may hold. */
        public enum Calls {
            ANY_NUMBER,
            ONE
        }
    }
}
