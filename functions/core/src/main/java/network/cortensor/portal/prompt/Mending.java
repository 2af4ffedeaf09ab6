package network.cortensor.portal.prompt;

/**
 * Takes the breaks out of what a model says that were put into what its customer said: a zero-width space behind the first character of
 * what would else be a token of the format, and one only, as one was put in. Any other zero-width space is the model's own.
 */
final class Mending {
    private final Marks marks;
    private final StringBuilder held = new StringBuilder();
    private char before;

    Mending(Marks marks) {
        this.marks = marks;
    }

    /** What of the text so far is decided. */
    String read(String text) {
        if (held.isEmpty() && text.indexOf(Marks.BREAK) < 0) {
            before = text.isEmpty() ? before : text.charAt(text.length() - 1);
            return text;
        }
        held.append(text);
        return decided(false);
    }

    /** What was held back, now that nothing follows. */
    String rest() {
        String rest = decided(true);
        before = 0;
        return rest;
    }

    private String decided(boolean over) {
        StringBuilder said = new StringBuilder(held.length());
        int at = 0;
        while (at < held.length()) {
            if (held.charAt(at) != Marks.BREAK || !marks.opens(before)) {
                before = held.charAt(at++);
                said.append(before);
                continue;
            }
            int end = at;
            while (end < held.length() && held.charAt(end) == Marks.BREAK) {
                end++;
            }
            Marks.Found found = marks.find(before, held.substring(end));
            if (found == Marks.Found.PERHAPS && !over) {
                break;
            }
            said.append(held, found == Marks.Found.TOKEN ? at + 1 : at, end);
            before = Marks.BREAK;
            at = end;
        }
        held.delete(0, at);
        return said.toString();
    }
}
