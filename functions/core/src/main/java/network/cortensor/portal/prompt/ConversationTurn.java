package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One turn of a conversation as templates write it. All texts are safe to be put between a format's own tokens. */
sealed interface ConversationTurn {
    String text();

    record Instructions(String text) implements ConversationTurn {
        @Override
        public String toString() {
            return "Instructions";
        }
    }

    record User(String text) implements ConversationTurn {
        @Override
        public String toString() {
            return "User";
        }
    }

    /**
     * @param reasoning empty if there is none, or if it is not shown to the model again
     * @param calls of functions, in the order in which they were made
     */
    record Assistant(String reasoning, String text, List<Call> calls) implements ConversationTurn {
        public Assistant {
            calls = List.copyOf(calls);
        }

        @Override
        public String toString() {
            return "Assistant";
        }
    }

    /**
     * What a function returned.
     *
     * @param call the id of the call that it answers
     * @param name of the function, {@code unknown} if no such call was made
     */
    record Result(String call, String name, String text) implements ConversationTurn {
        @Override
        public String toString() {
            return "Result";
        }
    }

    /** @param arguments JSON as the model wrote it, not necessarily well-formed; not yet safe, as JSON can hide what it says */
    record Call(String id, String name, String arguments) {
        /** The arguments by name, in their order; none if they are no JSON object. */
        Set<Map.Entry<String, JsonNode>> fields() {
            try {
                return OfferedFunctions.read(arguments).properties();
            } catch (IllegalArgumentException e) {
                return Set.of();
            }
        }

        @Override
        public String toString() {
            return "Call";
        }
    }
}
