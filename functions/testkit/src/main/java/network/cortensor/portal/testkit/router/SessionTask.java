package network.cortensor.portal.testkit.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One piece of a session's work. Its text may be swapped with another task's while it runs. Guarded by its session's lock. */
final class SessionTask {
    private final SimulatedSession session;
    private final TaskId id;
    private final AnswerScript script;
    private final Encounter encounter;
    private final Instant began;
    private final Thread worker = Thread.currentThread();
    private volatile List<Token> tokens;
    private volatile Optional<Mixup.Outcome> mixup = Optional.empty();
    private volatile Optional<Instant> ended = Optional.empty();

    SessionTask(SimulatedSession session, TaskId id, AnswerScript script, Encounter encounter, Instant began) {
        this.session = session;
        this.id = id;
        this.script = script;
        this.encounter = encounter;
        this.began = began;
        this.tokens = script.tokens();
    }

    TaskId id() {
        return id;
    }

    AnswerScript script() {
        return script;
    }

    Encounter encounter() {
        return encounter;
    }

    Instant began() {
        return began;
    }

    Optional<Instant> ended() {
        return ended;
    }

    /** What it says from now on. */
    List<Token> tokens() {
        return tokens;
    }

    Optional<Mixup.Outcome> mixup() {
        return mixup;
    }

    /** The session is free of it. Calling it again changes nothing. */
    void end() {
        session.end(this);
    }

    void meet(SessionTask other, Mixup.Outcome outcome) {
        mixup = Optional.of(outcome);
        if (outcome == Mixup.Outcome.SWAPPED) {
            List<Token> ours = tokens;
            tokens = other.tokens;
            other.tokens = ours;
        }
    }

    void markEnded(Instant now) {
        ended = Optional.of(now);
    }

    /** Breaks the work off, as the death of the router does. */
    void abort() {
        worker.interrupt();
    }
}
