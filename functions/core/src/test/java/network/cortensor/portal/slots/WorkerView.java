package network.cortensor.portal.slots;

import java.time.Instant;
import network.cortensor.portal.model.Session;

/** What a broken rule looks at to be broken. */
interface WorkerView {
    Instant instant();

    /** When a lease's row was written; long ago if it never was. */
    Instant writtenAt(String owner);

    /** How many tasks a session may have at once, as of now. */
    int capacity(Session session);
}
