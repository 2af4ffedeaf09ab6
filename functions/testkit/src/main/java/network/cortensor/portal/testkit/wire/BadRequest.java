package network.cortensor.portal.testkit.wire;

import java.io.IOException;

/** What came is no HTTP/1.1 request; the connection cannot be read any further. */
public final class BadRequest extends IOException {
    private final int status;

    BadRequest(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The status that says so to the client. */
    public int status() {
        return status;
    }
}
