package network.cortensor.portal.api.limits;

import java.util.Optional;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Pending;
import network.cortensor.portal.usage.AdmissionRequest;
import network.cortensor.portal.usage.Reservation;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import network.cortensor.portal.usage.UsageUnavailable;

/** What is to be recorded of one request: how it ended if it was let in, and otherwise that it was refused. Used by one thread. */
public final class Books {
    private Optional<AdmissionRequest> admissionRequest = Optional.empty();
    private Optional<Reservation> reservation = Optional.empty();
    private Optional<Pending<?, ?>> opening = Optional.empty();

    void looked(AdmissionRequest request) {
        admissionRequest = Optional.of(request);
    }

    void keep(Reservation admitted) {
        reservation = Optional.of(admitted);
    }

    /** The record is being opened: it is settled after that. */
    public void opening(Pending<?, ?> record) {
        opening = Optional.of(record);
    }

    /** Another model answers than the one that the request was let in for. */
    public void answeredBy(String alias) {
        reservation.ifPresent(admitted -> admitted.answeredBy(alias));
    }

    /** What became of the record. */
    public enum End {
        /** There is no record: the request was not let in. */
        NOTHING,
        SETTLED,
        /** The table did not take it. A later reader of the customer's counters closes it. */
        LEFT_OPEN
    }

    /** Records how the request ended. For when its customer has the answer. */
    public End settle(Ending ending, Tokens used) {
        opening.ifPresent(SideBySide::end);
        if (reservation.isEmpty()) {
            countIfRefused(ending);
            return End.NOTHING;
        }
        try {
            reservation.get().settle(ending, used);
            return End.SETTLED;
        } catch (UsageUnavailable e) {
            return End.LEFT_OPEN;
        }
    }

    /** What is our fault costs nothing. */
    private void countIfRefused(Ending ending) {
        boolean refused = ending.status() >= 400 && ending.status() < 500;
        if (admissionRequest.isEmpty() || !refused) {
            return;
        }
        try {
            admissionRequest.get().countRefused();
        } catch (UsageUnavailable e) {
            // Not counted. Nobody is let in either while the table does not answer.
            return;
        }
    }
}
