package network.cortensor.portal.exploration;

import java.util.List;

/**
 * The world as one run of real code sees it: it answers the code's questions as they were answered before, and stops it at the first that has no answer yet. So
 * code that blocks becomes a function from answers to the next question, without a thread. Used once.
 */
public final class Oracle {
    private final List<Answer> answers;
    private int given;
    private int seconds;

    /**
     * @param begun when the code began, in seconds of its own clock
     * @param answers to its questions so far, in their order
     */
    public Oracle(int begun, List<Answer> answers) {
        this.seconds = begun;
        this.answers = answers;
    }

    /**
     * An answer.
     *
     * @param result a value, or an exception to be thrown
     * @param at when it came, in seconds of the code's own clock
     */
    public record Answer(Object result, int at) {}

    /** The code's next question. */
    public static final class Asked extends Error {
        private static final long serialVersionUID = 1L;

        private final transient Object question;

        private Asked(Object question) {
            super("asked", null, false, false);
            this.question = question;
        }

        public Object question() {
            return question;
        }
    }

    /** What the code's clock shows. */
    public int seconds() {
        return seconds;
    }

    public Object ask(Object question) {
        if (given == answers.size()) {
            throw new Asked(question);
        }
        Answer answer = answers.get(given++);
        seconds = answer.at();
        return answer.result();
    }
}
