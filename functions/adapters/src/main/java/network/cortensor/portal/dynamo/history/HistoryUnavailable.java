package network.cortensor.portal.dynamo.history;

import software.amazon.awssdk.core.exception.SdkException;

/** The table of history cannot be read or written now, or what stands there is not of the form that is written there. */
public final class HistoryUnavailable extends Exception {
    HistoryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the table answered, and what stands there was spoiled by hand: to try again is of no use. */
    public boolean spoiled() {
        return !(getCause() instanceof SdkException);
    }

    HistoryUnavailable(String message) {
        super(message);
    }
}
