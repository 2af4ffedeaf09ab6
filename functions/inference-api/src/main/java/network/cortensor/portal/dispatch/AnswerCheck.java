package network.cortensor.portal.dispatch;

/**
 * The form that a customer asked an answer's text to have. Safe for use by many threads.
 *
 * <p>Dispatch calls it on the request's own thread before a text is delivered. It computes and never blocks; a schema's patterns have a bound on their steps.
 */
@FunctionalInterface
public interface AnswerCheck {
    /** Whether the whole text has it. */
    boolean fits(String text);

    /** Whether there is nothing to look at, so that an answer can be passed on while it comes. */
    default boolean isAny() {
        return false;
    }

    /** Whatever the model writes. */
    record Any() implements AnswerCheck {
        @Override
        public boolean fits(String text) {
            return true;
        }

        @Override
        public boolean isAny() {
            return true;
        }
    }
}
