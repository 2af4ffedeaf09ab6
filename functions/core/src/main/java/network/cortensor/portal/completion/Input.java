package network.cortensor.portal.completion;

import java.util.List;

/** What the model is given: a conversation, or a bare prompt. */
public sealed interface Input {

    boolean hasToolTurns();

    boolean hasImages();

    /** Whether a model that takes no images cannot serve it. */
    boolean needsImages();

    /** Whether the model is to go on with the last turn of a conversation. */
    boolean isContinued();

    /**
     * Turns of a conversation, oldest first.
     *
     * @param answer where the answer goes
     */
    record Chat(List<Message> messages, Answer answer) implements Input {
        public Chat {
            messages = List.copyOf(messages);
            if (answer == Answer.CONTINUATION
                    && (messages.isEmpty() || messages.getLast().role() != Message.Role.ASSISTANT)) {
                throw new IllegalArgumentException(
                        "answer: CONTINUATION (expected: NEW_TURN unless the last turn is the assistant's)");
            }
        }

        public Chat(List<Message> messages) {
            this(messages, Answer.NEW_TURN);
        }

        /** Whether the assistant begins a turn or goes on with its last one. */
        public enum Answer {
            NEW_TURN,
            /** The last turn is the beginning of the answer, in the customer's words. */
            CONTINUATION
        }

        @Override
        public boolean isContinued() {
            return answer == Answer.CONTINUATION;
        }

        @Override
        public boolean hasToolTurns() {
            return messages.stream().anyMatch(Message::isToolTurn);
        }

        @Override
        public boolean hasImages() {
            return messages.stream().anyMatch(Message::hasImages);
        }

        @Override
        public boolean needsImages() {
            return messages.stream().anyMatch(Message::needsImages);
        }
    }

    /** A prompt that is continued as it stands, without a template. */
    record Prompt(String text) implements Input {
        @Override
        public boolean hasToolTurns() {
            return false;
        }

        @Override
        public boolean hasImages() {
            return false;
        }

        @Override
        public boolean needsImages() {
            return false;
        }

        @Override
        public boolean isContinued() {
            return false;
        }

        @Override
        public String toString() {
            return "Prompt[" + text.length() + " characters]";
        }
    }
}
