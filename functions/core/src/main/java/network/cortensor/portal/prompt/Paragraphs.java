package network.cortensor.portal.prompt;

/** Texts of several messages, one behind the other: what the same voice says in two messages is parted by an empty line. */
final class Paragraphs {
    private static final String PARTED = "\n\n";

    private boolean answered;
    private boolean reasoned;
    private boolean answerParted;
    private boolean reasoningParted;

    /** Another message begins. */
    void next() {
        answerParted = true;
        reasoningParted = true;
    }

    void answer(String text, Structure.Voices voices) {
        if (text.isEmpty()) {
            return;
        }
        voices.answer(answered && answerParted ? PARTED + text : text);
        answered = true;
        answerParted = false;
    }

    void reasoning(String text, Structure.Voices voices) {
        if (text.isEmpty()) {
            return;
        }
        voices.reasoning(reasoned && reasoningParted ? PARTED + text : text);
        reasoned = true;
        reasoningParted = false;
    }
}
