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
        if (lease.expiresAt().plus(Slots.CLOCK_SKEW).isBefore(now)) {
            return Optional.empty();
        }
        if (SlotItem.isUnreadable(lease)) {
            String closed = lease.expiresAt().equals(SlotItem.NEVER) ? "for good" : "until " + lease.expiresAt();
            return Optional.of(problem(
                    lease,
                    unreadable(lease)[0],
                    "unreadable, so that its session is closed " + closed + " (expected: as a function writes it)"));
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

    /** As in {@code slot router.example:5010 101#0}: by what stands in the table, which is what {@code portalctl slots delete} wants. */
    private static String name(Lease lease) {
        String slot = lease.number() == SlotItem.NO_NUMBER
                ? unreadable(lease)[1]
                : lease.session().id() + "#" + lease.number();
        return "slot " + lease.session().router() + " " + slot;
    }

    /** The field, and the key if it is that. */
    private static String[] unreadable(Lease lease) {
        return lease.owner().substring(SlotItem.UNREADABLE.length()).split(" ", 2);
    }
}
