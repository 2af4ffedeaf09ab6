package network.cortensor.portal.completion;

import java.util.Optional;
import java.util.OptionalLong;

/** What a model says, in order. Content events come first, then exactly one {@link End}. Texts are never empty. */
public sealed interface CompletionEvent {

    /** An event that a customer reads: the first one is the <em>first token</em>, the commit point of a request. */
    sealed interface Content extends CompletionEvent {}

    /** A piece of the answer. */
    record Text(String text) implements Content {}

    /** A piece of the model's reasoning, which is shown apart from the answer. */
    record Reasoning(String text) implements Content {}

    /**
     * A piece of a function call. The pieces of a call follow each other, and its arguments are one JSON text unless the answer was cut.
     *
     * @param index which call of this answer, from 0
     * @param id in the first piece of a call, if the model's server gave it one
     * @param name present in the first piece of a call
     * @param arguments the next piece of the arguments' JSON, may be empty in the first
     */
    record ToolCallPiece(int index, Optional<String> id, Optional<String> name, String arguments) implements Content {}

    /**
     * The answer is whole.
     *
     * @param written how many tokens the model wrote, its marks among them, where they were counted in its raw text
     * @param stop the customer's stop text that was met, where it is known; the reason is then {@link FinishReason#STOP}
     */
    record End(FinishReason reason, Optional<Usage> usage, Optional<String> stop, OptionalLong written)
            implements CompletionEvent {
        public End(FinishReason reason, Optional<Usage> usage) {
            this(reason, usage, Optional.empty());
        }

        public End(FinishReason reason, Optional<Usage> usage, Optional<String> stop) {
            this(reason, usage, stop, OptionalLong.empty());
        }
    }
}
