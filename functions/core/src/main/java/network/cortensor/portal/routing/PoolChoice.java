package network.cortensor.portal.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;

/**
 * One pool as a place to send one request to.
 *
 * @param state the worse of the alias's and the pool's
 * @param failsOpen whether every open target is ejected, so that health is ignored
 * @param candidates every target of the pool with its verdict
 */
public record PoolChoice(PoolView pool, State state, boolean failsOpen, List<Judged> candidates) {

    /**
     * A target with what speaks against it.
     *
     * @param state effective: the worst of alias, pool and target
     */
    public record Judged(TargetView view, State state, Verdict verdict) {}

    static PoolChoice of(PoolView pool, State aliasState, Question question) {
        State state = aliasState.worst(pool.pool().state());
        Duration attempt = pool.pool().times().attempt();
        List<Judged> opened = new ArrayList<>(pool.targets().size());
        boolean anyOpen = false;
        boolean anyInRotation = false;
        for (TargetView view : pool.targets()) {
            State effective = state.worst(view.target().state());
            Verdict verdict = openness(view.target(), effective, question.now(), attempt);
            anyOpen |= verdict.open();
            anyInRotation |= verdict.open() && view.standing() != Standing.EJECTED;
            opened.add(new Judged(view, effective, verdict));
        }
        boolean failsOpen = anyOpen && !anyInRotation;
        opened.replaceAll(judged -> judged.verdict().open() ? refine(judged, question, failsOpen) : judged);
        return new PoolChoice(pool, state, failsOpen, List.copyOf(opened));
    }

    private static Verdict openness(Target target, State effective, Instant now, Duration attempt) {
        if (!effective.takesRequests()) {
            return Verdict.STATE;
        }
        if (target.weight() == 0) {
            return Verdict.WEIGHT;
        }
        if (target.sessionExpiresAt()
                .filter(end -> !end.isAfter(now.plus(attempt)))
                .isPresent()) {
            return Verdict.SESSION_ENDS;
        }
        return Verdict.ELIGIBLE;
    }

    private static Judged refine(Judged judged, Question question, boolean failsOpen) {
        Target target = judged.view().target();
        if (!question.features().stream().allMatch(feature -> feature.servedBy(target.protocol()))) {
            return new Judged(judged.view(), judged.state(), Verdict.FEATURE);
        }
        if (judged.view().standing() == Standing.EJECTED && !failsOpen) {
            return new Judged(judged.view(), judged.state(), Verdict.EJECTED);
        }
        if (question.tried().contains(target.id())) {
            return new Judged(judged.view(), judged.state(), Verdict.TRIED);
        }
        return judged;
    }

    /** Whether requests like this one can be routed here at all: an open target serves what they need. */
    boolean open() {
        return candidates.stream().anyMatch(judged -> judged.verdict().open() && judged.verdict() != Verdict.FEATURE);
    }

    /** Those that may be picked, best group first: live before degraded, and in each those of known good health before unknown. */
    List<List<TargetView>> groups() {
        List<List<TargetView>> groups =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Judged judged : candidates) {
            if (judged.verdict() == Verdict.ELIGIBLE) {
                int tier = judged.state() == State.LIVE ? 0 : 2;
                int health = judged.view().standing() == Standing.GOOD ? 0 : 1;
                groups.get(tier + health).add(judged.view());
            }
        }
        return groups;
    }
}
