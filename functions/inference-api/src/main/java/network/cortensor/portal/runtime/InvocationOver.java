package network.cortensor.portal.runtime;

/**
 * Lambda has closed an invocation that is still being answered: its time ran out, or another has its request id by now. Nobody will read
 * the rest, so its work is to be stopped; the environment is as good as before.
 */
public final class InvocationOver extends Refused {
    InvocationOver() {
        super(410);
    }
}
