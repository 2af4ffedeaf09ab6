package network.cortensor.portal.testkit.router;

/** One piece of what a model says, with the blank in front that such pieces have. */
record Token(Kind kind, String text) {

    enum Kind {
        WORD,
        REASONING,
        /** A special token that shows in the text, as stop tokens and channel markers do. */
        MARK,
        /** The name of a function that is called. */
        CALL,
        /** A piece of its arguments. */
        ARGUMENTS
    }

    static Token word(String text) {
        return new Token(Kind.WORD, text);
    }

    static Token reasoning(String text) {
        return new Token(Kind.REASONING, text);
    }

    static Token mark(String text) {
        return new Token(Kind.MARK, text);
    }

    static Token call(String function) {
        return new Token(Kind.CALL, function);
    }

    static Token arguments(String piece) {
        return new Token(Kind.ARGUMENTS, piece);
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }
}
