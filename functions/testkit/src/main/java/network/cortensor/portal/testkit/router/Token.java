package network.cortensor.portal.testkit.router;

/**
 * One piece of what a model says, with the blank in front that such pieces have.
 *
 * @param call which call of the answer a piece of a call belongs to, from 0
 */
record Token(Kind kind, String text, int call) {

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
        return new Token(Kind.WORD, text, 0);
    }

    static Token reasoning(String text) {
        return new Token(Kind.REASONING, text, 0);
    }

    static Token mark(String text) {
        return new Token(Kind.MARK, text, 0);
    }

    static Token call(String function) {
        return new Token(Kind.CALL, function, 0);
    }

    static Token arguments(String piece) {
        return new Token(Kind.ARGUMENTS, piece, 0);
    }

    /** The same as a piece of another call. */
    Token of(int otherCall) {
        return new Token(kind, text, otherCall);
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }
}
