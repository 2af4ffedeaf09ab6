package network.cortensor.portal.prompt;

/** Where in a text one stands: at the start of a line, within quotes or code. Tells a tag that is meant from one that is spoken about. */
final class Context {
    private static final String FENCE = "```";

    private final StringBuilder line = new StringBuilder();
    private boolean fenced;
    private boolean mentioned;

    void read(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                fenced ^= line.toString().stripLeading().startsWith(FENCE);
                line.setLength(0);
            } else if (line.length() < 4_096) {
                line.append(text.charAt(i));
            }
        }
    }

    boolean atLineStart() {
        return line.toString().isBlank();
    }

    /** Within a block of code, or behind an odd number of quotation marks on this line. */
    boolean quotes() {
        return fenced || odd('`') || odd('"') || line.toString().stripLeading().startsWith(FENCE);
    }

    /** Not where a tag would stand that is meant. */
    boolean mentions() {
        return quotes() || !atLineStart();
    }

    /** An opening tag was spoken about, so that its closing one is, too. */
    void mentioned() {
        mentioned = true;
    }

    boolean hasMentioned() {
        return mentioned;
    }

    void restart() {
        line.setLength(0);
        fenced = false;
    }

    private boolean odd(char quote) {
        return line.chars().filter(c -> c == quote).count() % 2 == 1;
    }
}
