package network.cortensor.portal.testkit.router;

import java.time.Duration;
import java.util.List;
import network.cortensor.portal.testkit.http.CannedReply;

/** One request and how its answer is written in the bytes of a protocol. Immutable. */
interface AnswerScript {
    Shape shape();

    /** How long the upstream works on it at most. */
    Duration timeout();

    /** What is to be said. */
    List<Token> tokens();

    /** The whole answer in one piece. */
    CannedReply whole(TaskId task, List<Token> tokens);

    /** Events of a stream that come just before the first token; often none. */
    List<String> opening(TaskId task);

    /** The event of a stream that brings a token. */
    String event(TaskId task, Token token);

    /** The events of a stream that end it. */
    List<String> closing(TaskId task, List<Token> tokens);

    /**
     * The answer of a fault that brings no text, in the shape that was asked for.
     *
     * @param fault one that is an answer by itself
     * @param turn how often the fault was met, from 1; such answers come in several forms, in turn
     */
    CannedReply barren(Fault fault, TaskId task, long turn);
}
