package network.cortensor.portal.prober;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.State;

/**
 * Notes which targets are drained: those that take no new requests and have no slot taken. A paused target keeps what was noted.
 *
 * <p>An operator who reads {@code drained} switches a router off. So the slots must be empty at an instant when no request can begin any more. For some seconds after an
 * edit, requests still go by the catalog from before it. So the slots of a target that seems to have become drained are read a second time, when the
 * edit is known everywhere. That costs a wait only in a tick that finds such a target, and seldom then, because deep probes take longer.
 *
 * <p>A target of unlimited capacity takes no slots, so no table shows what is in flight there. It counts as drained when the longest request is
 * over that may have begun before the edit was known everywhere.
 */
final class Drains {
    private static final int WRITES_AT_ONCE = 16;

    private final ProberParts parts;
    private final ProbeLines lines;
    private final View view;
    private final Instant previous;

    /** @param previous when a tick was last over: what has become drained since then has not been said yet */
    Drains(ProberParts parts, ProbeLines lines, View view, Instant previous) {
        this.parts = parts;
        this.lines = lines;
        this.view = view;
        this.previous = previous;
    }

    void run() throws InterruptedException {
        view.targetList().all().forEach(this::sayIfOver);
        List<Subject> inUse = view.targetList()
                .all()
                .filter(subject -> inUse(subject, view.slots()))
                .toList();
        Abreast.map(inUse, WRITES_AT_ONCE, this::noteInUse);
        List<Subject> maybe = view.targetList()
                .all()
                .filter(subject -> drained(subject, view.slots()))
                .filter(subject -> known(subject).drained().isEmpty())
                .toList();
        if (!maybe.isEmpty()) {
            settle();
            SlotView now = SlotView.read(parts, maybe);
            Abreast.map(
                    maybe.stream().filter(subject -> drained(subject, now)).toList(),
                    WRITES_AT_ONCE,
                    this::noteDrained);
        }
    }

    private static boolean inUse(Subject subject, SlotView slots) {
        return switch (subject.state()) {
            case LIVE, DEGRADED -> true;
            case DRAINING -> slots.taken(subject.target()).orElse(0) > 0;
            case PAUSED -> false;
        };
    }

    private static boolean drained(Subject subject, SlotView slots) {
        return subject.state() == State.DRAINING
                && slots.taken(subject.target()).filter(taken -> taken == 0).isPresent();
    }

    private void settle() throws InterruptedException {
        Duration left = Duration.between(parts.clock().instant(), settled());
        if (left.isPositive()) {
            Thread.sleep(left);
        }
    }

    private TargetHealth noteInUse(Subject subject) {
        return view.learn(subject.target(), new Observation.InUse());
    }

    private TargetHealth noteDrained(Subject subject) {
        TargetHealth learned = view.learn(subject.target(), new Observation.Drained(since(subject)));
        learned.drained().ifPresent(since -> {
            if (since.isAfter(parts.clock().instant())) {
                lines.draining(subject, since);
            } else {
                lines.drained(subject, since);
            }
        });
        return learned;
    }

    /** What was ahead when it was noted. */
    private void sayIfOver(Subject subject) {
        if (subject.state() == State.DRAINING && subject.target().capacity() instanceof Capacity.Unlimited) {
            known(subject)
                    .drainedBy(parts.clock().instant())
                    .filter(previous::isBefore)
                    .ifPresent(since -> lines.drained(subject, since));
        }
    }

    private Instant since(Subject subject) {
        return switch (subject.target().capacity()) {
            case Capacity.Slots ignored -> parts.clock().instant();
            case Capacity.Unlimited ignored ->
                settled().plus(subject.pool().times().total());
        };
    }

    private Instant settled() {
        return view.targetList().readAt().plus(parts.limits().spans().settling());
    }

    private TargetHealth known(Subject subject) {
        return view.evidence().of(subject.target());
    }
}
