package network.cortensor.portal.router;

/** Finds where the JSON object in a growing text ends, reading each character once. It does not check the text in any other way. */
final class JsonEnd {
    private int depth;
    private boolean inText;
    private boolean escaped;
    private boolean reached;

    /** How many characters of the piece belong to the object: all of them, unless it ends among them or before. */
    int take(CharSequence piece) {
        for (int i = 0; i < piece.length(); i++) {
            if (reached) {
                return i;
            }
            read(piece.charAt(i));
        }
        return piece.length();
    }

    boolean reached() {
        return reached;
    }

    private void read(char c) {
        if (inText) {
            inText = escaped || c != '"';
            escaped = !escaped && c == '\\';
            return;
        }
        switch (c) {
            case '"' -> inText = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                reached = depth == 0;
            }
            default -> {}
        }
    }
}
