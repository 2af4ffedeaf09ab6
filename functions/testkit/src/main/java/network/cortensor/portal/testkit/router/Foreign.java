package network.cortensor.portal.testkit.router;

import java.util.List;

/** Somebody else's task, which gets between. */
final class Foreign {
    /** What it says; no test asks with such words. */
    static final List<Token> TOKENS = List.of(Token.word(" foreign"), Token.word(" words"));

    private static final long FAR_AWAY = 1000;

    private Foreign() {}

    static TaskId sameSession(TaskId ours) {
        return new TaskId(ours.session(), ours.number() + FAR_AWAY);
    }

    /** For sessions that are numbers. */
    static TaskId otherSession(TaskId ours) {
        return new TaskId(Long.toString(Long.parseLong(ours.session()) + FAR_AWAY), ours.number() + FAR_AWAY);
    }
}
