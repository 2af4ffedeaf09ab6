package network.cortensor.portal.api.limits;

import java.util.Optional;
import network.cortensor.portal.usage.Booking;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import network.cortensor.portal.usage.UsageUnavailable;

/** What is to be recorded of one request, if it was let in. Used by one thread. */
public final class Books {
    private Optional<Booking> booking = Optional.empty();

    void keep(Booking admitted) {
        booking = Optional.of(admitted);
    }

    /** Another model answers than the one that the request was let in for. */
    public void answeredBy(String alias) {
        booking.ifPresent(admitted -> admitted.answeredBy(alias));
    }

    /** What became of the record. */
    public enum End {
        /** There is nothing to record: the request was not let in. */
        NOTHING,
        SETTLED,
        /** The table did not take it; whoever looks later closes it. */
        LEFT_OPEN
    }

    /** Records how the request ended. For when its customer has the answer. */
    public End settle(Ending ending, Tokens used) {
        if (booking.isEmpty()) {
            return End.NOTHING;
        }
        try {
            booking.get().settle(ending, used);
            return End.SETTLED;
        } catch (UsageUnavailable e) {
            return End.LEFT_OPEN;
        }
    }
}
