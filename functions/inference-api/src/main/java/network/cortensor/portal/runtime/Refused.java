package network.cortensor.portal.runtime;

import java.io.IOException;

/** The Runtime API said no to a call. */
class Refused extends IOException {
    private static final int GONE = 410;

    Refused(int status) {
        super("the Runtime API answered " + status);
    }

    /** What a status that is no success means. */
    static Refused by(int status) {
        return status == GONE ? new InvocationOver() : new Refused(status);
    }
}
