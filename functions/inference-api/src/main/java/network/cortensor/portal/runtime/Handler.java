package network.cortensor.portal.runtime;

/**
 * What answers invocations. A loop calls it on its own thread for one invocation at a time, and waits until it returns; at the invocation's deadline Lambda ends the worker. In
 * Managed Instances as many loops call it as the environment has invocations at once, so it has to be safe for use by many threads there.
 */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one invocation. Returning or throwing is the end of it: the loop then ends the answer, unless the handler has ended
     * it before, and asks for the next invocation. Nothing of this invocation may still run by then, because Lambda freezes the process while it
     * waits.
     *
     * <p>What is thrown before {@link ResponseStream#begin} gives the customer the front's own 502; what is thrown after it cuts the
     * answer off. Either way only the name of the exception's class leaves the process.
     *
     * <p>A write that throws {@link InvocationOver} is to be the last: Lambda has closed the invocation, and what is still done for it is in
     * vain.
     */
    void handle(Invocation invocation, ResponseStream response) throws Exception;
}
