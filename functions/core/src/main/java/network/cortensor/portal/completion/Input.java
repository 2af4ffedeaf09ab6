package network.cortensor.portal.completion;

import java.util.List;

/** What the model is given: a conversation, or a bare prompt. */
public sealed interface Input {

    boolean hasToolTurns();

    boolean hasImages();

    /** Turns of a conversation, oldest first. */
    record Chat(List<Message> messages) implements Input {
        public Chat {
            messages = List.copyOf(messages);
        }

        @Override
        public boolean hasToolTurns() {
            return messages.stream().anyMatch(Message::isToolTurn);
        }

        @Override
        public boolean hasImages() {
            return messages.stream().anyMatch(Message::hasImages);
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
        public String toString() {
            return "Prompt[" + text.length() + " characters]";
        }
    }
}
