package network.cortensor.portal.dynamo.slots;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.Slots;

/**
 * What is wrong with a slot's item that no program wrote so. Its session stays closed all the same, because a task may be in it. The problem is
 * reported, so that an operator who knows better can delete the item ({@code portalctl slots delete}).
 */
public final class SlotProblems {
    /** No attempt lasts longer than its pool's whole time, and clocks differ by no more than the skew. */
    private static final Duration FURTHEST =
            PoolTimes.LONGEST_TOTAL.plus(Slots.MARGIN).plus(Slots.CLOCK_SKEW);

    private SlotProblems() {}

    /** @param now by a clock that is right */
    public static Optional<Problem> of(Lease lease, Instant now) {
        if (SlotItem.isUnreadable(lease)) {
            return Optional.of(problem(
                    lease,
                    lease.owner().substring(SlotItem.UNREADABLE.length()),
                    "unreadable, so that its session is closed for good (expected: as a function writes it)"));
        }
        return lease.expiresAt().isAfter(now.plus(FURTHEST))
                ? Optional.of(problem(
                        lease,
                        SlotItem.EXPIRES_AT,
                        lease.expiresAt() + ", and its session is closed until then (expected: at most "
                                + FURTHEST.toSeconds() + " s ahead)"))
                : Optional.empty();
    }

    private static Problem problem(Lease lease, String field, String complaint) {
        return new Problem(name(lease), field, complaint, Problem.Severity.ERROR);
    }

    /** As in {@code slot router.example:5010 101#0}. */
    private static String name(Lease lease) {
        String number = lease.number() == SlotItem.NO_NUMBER ? "" : "#" + lease.number();
        return "slot " + lease.session().router() + " " + lease.session().id() + number;
    }
}
