package network.cortensor.portal.inference;

import java.time.InstantSource;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.tokens.TokenCounter;

/**
 * What a process gives to the function.
 *
 * @param clock for everything that is not a table's own time
 * @param tokens counts alike for everybody; its vocabulary is large, so that a process has it once
 * @param end of the worker, in good order
 * @param beside runs calls of one request beside each other
 */
public record ProcessContext(
        Journal journal, InstantSource clock, TokenCounter tokens, WorkerEnd end, SideBySide beside) {
    /** With virtual threads. */
    public ProcessContext(Journal journal, InstantSource clock, TokenCounter tokens, WorkerEnd end) {
        this(journal, clock, tokens, end, SideBySide.VIRTUAL_THREADS);
    }
}
