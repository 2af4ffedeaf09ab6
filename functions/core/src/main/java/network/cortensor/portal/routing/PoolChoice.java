package network.cortensor.portal.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;

/**
 * One pool as a place to send one request to.
 *
 * @param state the worse of the alias's and the pool's
 * @param failsOpen whether every open target that serves what the request needs is ejected, so that they are all tried, if nothing better is left
 * @param candidates every target of the pool with its verdict
 */
public record PoolChoice(PoolView pool, State state, boolean failsOpen, List<Judged> candidates) {

    /**
     * A target with what speaks against it.
     *
     * @param state effective: the worst of alias, pool and target
     * @param limitedUntil when its server may be asked again, if it has said that it wants no new requests
     */
    public record Judged(
            TargetView view, State state, TargetVerdict verdict, Trust trust, Optional<Instant> limitedUntil) {
        Judged but(TargetVerdict other) {
            return new Judged(view, state, other, trust, limitedUntil);
        }
    }

    /** @param aliasState of the alias that the request names */
    public static PoolChoice of(PoolView pool, State aliasState, Question question) {
        State state = aliasState.worst(pool.pool().state());
        List<Judged> judged = new ArrayList<>(pool.targets().size());
        boolean anyServes = false;
        boolean anyInRotation = false;
        for (TargetView view : pool.targets()) {
            State effective = aliasState.worst(view.target().stateIn(pool.pool()));
            TargetVerdict verdict = intent(view.target(), pool.pool(), effective, question);
            anyServes |= verdict.serves();
            anyInRotation |= verdict.serves() && view.standing() != Standing.EJECTED;
            judged.add(new Judged(view, effective, verdict, trust(view, question), limitedUntil(view, question)));
        }
        boolean failsOpen = anyServes && !anyInRotation;
        judged.replaceAll(one -> one.verdict().serves() ? evidence(one, question, failsOpen) : one);
        return new PoolChoice(pool, state, failsOpen, List.copyOf(judged));
    }

    /** What operators decided, and whether the target serves what the request needs. */
    private static TargetVerdict intent(Target target, Pool pool, State effective, Question question) {
        if (!effective.takesRequests()) {
            return TargetVerdict.STATE;
        }
        if (target.weight() == 0) {
            return TargetVerdict.WEIGHT;
        }
        if (target.endsWithinAttempt(pool, question.now())) {
            return TargetVerdict.SESSION_ENDS;
        }
        return question.features().stream().allMatch(feature -> feature.servedBy(target.protocol()))
                ? TargetVerdict.ELIGIBLE
                : TargetVerdict.FEATURE;
    }

    private static Optional<Instant> limitedUntil(TargetView view, Question question) {
        return Stream.concat(view.limitedUntil().stream(), question.seen().limited(view.target()).stream())
                .filter(until -> until.isAfter(question.now()))
                .max(Comparator.naturalOrder());
    }

    private static Trust trust(TargetView view, Question question) {
        if (view.standing() == Standing.EJECTED) {
            return Trust.EJECTED;
        }
        return question.seen().suspects(view.target()) ? Trust.SUSPECT : Trust.TRUSTED;
    }

    /** What health and this request's own past say. */
    private static Judged evidence(Judged judged, Question question, boolean failsOpen) {
        if (judged.view().standing() == Standing.EJECTED && !failsOpen) {
            return judged.but(TargetVerdict.EJECTED);
        }
        if (question.tried().contains(judged.view().target().id())) {
            return judged.but(TargetVerdict.TRIED);
        }
        if (judged.limitedUntil().isPresent()) {
            return judged.but(TargetVerdict.LIMITED);
        }
        return judged;
    }

    /** Whether requests like this one can be routed here at all: an open target serves what they need. */
    boolean open() {
        return candidates.stream().anyMatch(judged -> judged.verdict().serves());
    }

    /** Those of one trust that may be picked, best group first: live before degraded, and in each those of known good health before unknown. */
    List<List<Judged>> groups(Trust trust) {
        List<List<Judged>> groups = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Judged judged : candidates) {
            if (judged.verdict() == TargetVerdict.ELIGIBLE && judged.trust() == trust) {
                int tier = judged.state() == State.LIVE ? 0 : 2;
                int health = judged.view().standing() == Standing.GOOD ? 0 : 1;
                groups.get(tier + health).add(judged);
            }
        }
        return groups;
    }
}
