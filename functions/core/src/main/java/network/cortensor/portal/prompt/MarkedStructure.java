package network.cortensor.portal.prompt;

/**
 * What the state machines of the formats share: marks are told from text, the borders around a text are dropped, and texts of several
 * messages are parted. A subclass has the states.
 */
abstract class MarkedStructure implements Structure {
    final Blanks border = new Blanks();
    final Paragraphs paragraphs = new Paragraphs();
    private final MarkReader marks;

    /** Whether blanks at the start belong to the answer: it goes on with a text of the customer's. */
    private boolean exact;

    MarkedStructure(Opening opening, MarkReader marks) {
        this.marks = marks;
        this.exact = switch (opening) {
            case Opening.Bare ignored -> true;
            case Opening.Begun ignored -> true;
            case Opening.Turn ignored -> false;
            case Opening.Answer ignored -> false;
            case Opening.Reasoning ignored -> false;
            case Opening.CallOfAny ignored -> false;
            case Opening.CallOf ignored -> false;
        };
    }

    @Override
    public void read(String piece, Voices voices) {
        marks.read(piece, text -> text(text, voices), mark -> mark(mark, voices));
    }

    @Override
    public final void end(boolean complete, Voices voices) {
        marks.end(text -> text(text, voices));
        close(complete, voices);
    }

    /** What stands between two marks, or a part of it. */
    abstract void text(String text, Voices voices);

    abstract void mark(String mark, Voices voices);

    /** All text and all marks have come. */
    abstract void close(boolean complete, Voices voices);

    final boolean exact() {
        return exact;
    }

    /** Another text begins, of which the blank lines around it are no part. */
    final void next() {
        exact = false;
        border.restart();
        paragraphs.next();
    }
}
