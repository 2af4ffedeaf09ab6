package network.cortensor.portal.router;

import java.time.Duration;
import java.util.Optional;
import network.cortensor.portal.model.SpecialTokens;

/**
 * One attempt in progress. Used by one thread.
 *
 * <p>After {@link RouterEvent.Failed} or an end of the answer no event follows.
 */
public interface RouterCall extends AutoCloseable {
    /**
     * The next event, or empty when none came within {@code wait}.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Optional<RouterEvent> next(Duration wait) throws InterruptedException;

    /**
     * Whether the router has surely ended its task, so that the session's slot may be released. A stream's end reason does not show that, but
     * the end of the stream does: if the answer came without it, this reads on until the stream is over, has fallen silent, or has taken
     * too long, and discards what it reads. Only for a call whose answer has ended.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    boolean taskEnded() throws InterruptedException;

    /**
     * What the raw text of the answer showed of what the target's server does to special tokens. {@link SpecialTokens#UNKNOWN} before the
     * answer has ended, where it showed nothing, and for servers that hand over no raw text.
     */
    default SpecialTokens specialTokens() {
        return SpecialTokens.UNKNOWN;
    }

    /** Whether nothing has left for the router and nothing ever will. Known once the call is closed; else false. */
    default boolean unsent() {
        return false;
    }

    /**
     * Gives the attempt up where it stands: closes the connection and waits until no thread works on it. The router's task may go on.
     * Calling it again changes nothing.
     */
    @Override
    void close();
}
