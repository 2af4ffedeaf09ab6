package network.cortensor.portal.runtime;

/** What answers invocations. One loop calls it for one invocation at a time. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one invocation. Returning or throwing is the end of it: the loop then ends the answer, unless the handler has ended
     * it before, and asks for the next invocation. Nothing of this invocation may still run by then, because Lambda freezes the process while it
     * waits.
     *
     * <p>What is thrown before {@link ResponseStream#begin} gives the customer the front's own 502; what is thrown after it cuts the
     * answer off. Either way only the name of the exception's class leaves the process.
     */
    void handle(Invocation invocation, ResponseStream response) throws Exception;
}
