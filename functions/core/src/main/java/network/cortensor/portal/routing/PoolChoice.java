package network.cortensor.portal.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;

/**
 * One pool as a place to send one request to.
 *
 * @param state the worse of the alias's and the pool's
 * @param failsOpen whether every open target that serves what the request needs is ejected, so that they are all tried, if nothing better is left
 * @param tried to how many of its targets this request was sent, also of those that health has taken out since
 * @param candidates every target of the pool with its verdict
 */
public record PoolChoice(PoolView pool, State state, boolean failsOpen, int tried, List<Judged> candidates) {

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

    /** @param view of the alias that the request names */
    public static PoolChoice of(PoolView pool, AliasView view, Question question) {
        return of(pool, view.alias().state(), question.needs().of(view.served(pool.pool())), question);
    }

    /** For a request that needs nothing in particular. */
    public static PoolChoice ofAnyRequest(PoolView pool, State aliasState, Instant now) {
        return of(pool, aliasState, Optional.of(Set.of()), new Question("", Set.of(), Set.of(), now));
    }

    private static PoolChoice of(PoolView pool, State aliasState, Optional<Set<Feature>> needs, Question question) {
        State state = aliasState.worst(pool.pool().state());
        List<Judged> judged = new ArrayList<>(pool.targets().size());
        boolean anyServes = false;
        boolean anyInRotation = false;
        for (TargetView view : pool.targets()) {
            State effective = aliasState.worst(view.target().stateIn(pool.pool()));
            TargetVerdict verdict = intent(view.target(), pool.pool(), effective, question.now())
                    .orElseGet(() -> serving(view.target(), needs));
            anyServes |= verdict.serves();
            anyInRotation |= verdict.serves() && view.standing() != Standing.EJECTED;
            judged.add(new Judged(view, effective, verdict, trust(view, question), limitedUntil(view, question)));
        }
        boolean failsOpen = anyServes && !anyInRotation;
        judged.replaceAll(one -> one.verdict().serves() ? evidence(one, question, failsOpen) : one);
        int tried = (int) pool.targets().stream()
                .filter(view -> question.tried().contains(view.target().id()))
                .count();
        return new PoolChoice(pool, state, failsOpen, tried, List.copyOf(judged));
    }

    /** What operators decided against the target, if they did. */
    private static Optional<TargetVerdict> intent(Target target, Pool pool, State effective, Instant now) {
        if (!effective.takesRequests()) {
            return Optional.of(TargetVerdict.STATE);
        }
        if (target.weight() == 0) {
            return Optional.of(TargetVerdict.WEIGHT);
        }
        return target.endsWithinAttempt(pool, now) ? Optional.of(TargetVerdict.SESSION_ENDS) : Optional.empty();
    }

    private static TargetVerdict serving(Target target, Optional<Set<Feature>> needs) {
        if (needs.isEmpty()) {
            return TargetVerdict.MODEL;
        }
        return needs.get().stream().allMatch(feature -> feature.servedBy(target.protocol()))
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
