package network.cortensor.portal.testkit.router;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import network.cortensor.portal.testkit.http.Answer;

/** Where an answer is given: the task, the client, and the time that passes. Used by one thread. */
final class AnswerContext {
    private final SessionTask task;
    private final Answer answer;
    private final Timeline timeline;
    private final Gate gate;

    AnswerContext(SessionTask task, Answer answer, Timeline timeline, Gate gate) {
        this.task = task;
        this.answer = answer;
        this.timeline = timeline;
        this.gate = gate;
    }

    SessionTask task() {
        return task;
    }

    AnswerScript script() {
        return task.script();
    }

    Fault fault() {
        return task.encounter().fault();
    }

    Answer answer() {
        return answer;
    }

    Timeline timeline() {
        return timeline;
    }

    /** What is said, as it stands now: another task may have swapped it. */
    List<Token> tokens() {
        return fault() == Fault.OVERSIZE ? Performance.OVERSIZED : task.tokens();
    }

    /** The session's canary, if it has one, in whatever is said. */
    Canary canary() {
        return new Canary(task.encounter().settings().canary());
    }

    Duration gap() {
        return task.encounter().settings().gap();
    }

    /** Returns when the word of this number may be said. */
    void awaitTurn(int word) throws InterruptedException {
        gate.pass(word);
    }

    void write(byte[] bytes) throws InterruptedException, Timeline.GivenUp {
        if (fault() != Fault.DRIP) {
            answer.write(bytes);
            return;
        }
        for (byte drop : bytes) {
            timeline.pass(gap());
            answer.write(new byte[] {drop});
        }
    }

    /** Writes the last bytes of an answer. The session is free before they are out, so that a client that has read them may ask again. */
    void finish(byte[] bytes) throws InterruptedException, Timeline.GivenUp {
        int last = bytes.length - 1;
        if (fault() == Fault.DRIP) {
            write(Arrays.copyOf(bytes, last));
            task.end();
            write(Arrays.copyOfRange(bytes, last, bytes.length));
            return;
        }
        task.end();
        write(bytes);
    }

    /** Lets the time pass that saying it all would have taken, with nobody listening. */
    void liveOn() throws InterruptedException, Timeline.GivenUp {
        timeline.pass(gap().multipliedBy(tokens().size()));
    }
}
