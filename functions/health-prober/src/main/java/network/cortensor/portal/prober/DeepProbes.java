package network.cortensor.portal.prober;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.ProbePlan;
import network.cortensor.portal.health.ProbePlan.Candidate;
import network.cortensor.portal.health.ProbePlan.PoolCandidates;
import network.cortensor.portal.health.Rotation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/**
 * The deep probes of one tick, side by side. What each shows is learnt at once. An ejected target that passes is asked a second time
 * right away, so that it need not wait for the next tick to come back.
 */
final class DeepProbes {
    private final ProberParts parts;
    private final ProbeLines lines;
    private final View view;
    private final Instant end;
    private final DeepProbe probe;
    private final Semaphore allowance;
    private final AtomicInteger probed = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();

    /** @param end by which all must be over */
    DeepProbes(ProberParts parts, ProbeLines lines, View view, Instant end) {
        this.parts = parts;
        this.lines = lines;
        this.view = view;
        this.end = end;
        this.probe = new DeepProbe(parts);
        this.allowance = new Semaphore(parts.limits().deepProbes());
    }

    /**
     * @param probed that were answered or failed
     * @param skipped that were wanted and not made
     */
    record Count(int probed, int skipped) {
        static final Count NONE = new Count(0, 0);

        Count and(Count more) {
            return new Count(probed + more.probed, skipped + more.skipped);
        }
    }

    /** As the plan says. */
    Count run() throws InterruptedException {
        return run(plan());
    }

    /** What of the plan is ejected: the idle have had their turn. */
    Count runAgain() throws InterruptedException {
        return run(plan().stream()
                .filter(target -> view.evidence().of(target).rotation() instanceof Rotation.Ejected)
                .toList());
    }

    private Count run(List<Target> planned) throws InterruptedException {
        Map<TargetId, Subject> subjects = new HashMap<>();
        view.targetList().all().forEach(subject -> subjects.put(subject.target().id(), subject));
        List<Subject> plan = planned.stream()
                .map(target -> subjects.get(target.id()))
                .flatMap(Stream::ofNullable)
                .toList();
        Abreast.map(plan, Math.max(1, plan.size()), this::probe);
        return new Count(probed.get(), skipped.get());
    }

    private List<Target> plan() {
        List<PoolCandidates> pools = view.targetList().pools().entrySet().stream()
                .map(pool -> new PoolCandidates(
                        pool.getKey(),
                        pool.getValue().stream().map(this::candidate).toList()))
                .toList();
        return ProbePlan.of(pools, parts.limits().deepProbes(), parts.clock().instant());
    }

    private Candidate candidate(Subject subject) {
        Target target = subject.target();
        return new Candidate(
                target,
                view.evidence().of(target),
                view.look(target).orElse(Liveness.UNREADABLE),
                view.slots().surelyTaken(target),
                subject.dependsOnSpecialTokens());
    }

    private Subject probe(Subject subject) throws InterruptedException {
        boolean wanted = true;
        while (wanted && allowance.tryAcquire()) {
            DeepProbe.Result result = hasTime(subject) ? probe.of(subject) : new DeepProbe.Result.Skipped("no_time");
            lines.probed(subject, result);
            wanted = wantsAnother(subject, result);
        }
        return subject;
    }

    private boolean wantsAnother(Subject subject, DeepProbe.Result result) {
        return switch (result) {
            case DeepProbe.Result.Skipped ignored -> {
                skipped.incrementAndGet();
                yield false;
            }
            case DeepProbe.Result.Observed observed -> {
                probed.incrementAndGet();
                TargetHealth learned = view.learn(subject.target(), observed.observation());
                yield !observed.observation().bad() && learned.rotation() instanceof Rotation.Ejected;
            }
        };
    }

    private boolean hasTime(Subject subject) {
        Duration attempt = subject.pool().times().attempt();
        return !parts.clock().instant().plus(attempt).isAfter(end);
    }
}
