package network.cortensor.portal.dynamo.history;

/** The table of history cannot be read or written now, or what stands there is not of the form that is written there. */
public final class HistoryUnavailable extends Exception {
    HistoryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    HistoryUnavailable(String message) {
        super(message);
    }
}
