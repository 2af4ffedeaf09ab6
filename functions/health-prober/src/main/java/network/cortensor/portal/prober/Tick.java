package network.cortensor.portal.prober;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.health.ProberSoundness;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;

/**
 * One tick of the prober:
 *
 * <ol>
 *   <li>read the catalog and the evidence;
 *   <li>look at every router, judge whether what was seen can be believed, read the slots, and say which sessions others seem to use;
 *   <li>add it to the evidence, say how each pool stands;
 *   <li>probe deeply where the plan says, as long as the function lives; look at what is ejected again half a minute later, and every quarter of a minute where it is a
 *       server of protocol {@code openai}, and probe that;
 *   <li>note which targets are drained;
 *   <li>write the heartbeat.
 * </ol>
 *
 * <p>What changes nothing is not written. The tick waits for its slowest probe, up to the time of a customer's attempt, so ticks overlap;
 * they meet in slots and in versions of evidence, and nowhere else.
 */
final class Tick {
    private static final int WRITES_AT_ONCE = 16;

    private final ProberParts parts;
    private final ProbeLines lines;
    private final Instant start;
    private final Instant end;
    private final Line said = Line.of("tick");

    /** @param end by which everything must be over */
    Tick(ProberParts parts, Instant end) {
        this.parts = parts;
        this.lines = new ProbeLines(parts.journal());
        this.start = parts.clock().instant();
        this.end = end;
    }

    Prober.Outcome run() throws CatalogUnavailable, HealthUnavailable, InterruptedException {
        Optional<Instant> previous = parts.stores().health().heartbeat();
        said.metric(Metric.STALE_HEALTH, healthIsStale(previous) ? 1 : 0);
        View view = look();
        Abreast.map(view.targetList().watched(), WRITES_AT_ONCE, subject -> learn(subject, view));
        view.targetList()
                .pools()
                .forEach((pool, subjects) -> parts.journal()
                        .write(PoolLine.of(pool, subjects, view, parts.clock().instant())));
        DeepProbes.Count deep = probe(view);
        new Drains(parts, lines, view, previous.orElse(Instant.MIN)).run();
        parts.stores().health().beat(parts.clock().instant());
        return report(view, deep);
    }

    /** All rounds, side by side: one may still wait for its slowest probe when the next begins. */
    private DeepProbes.Count probe(View view) throws InterruptedException {
        return Abreast.map(List.of(Round.values()), Round.values().length, round -> probe(view, round)).stream()
                .reduce(DeepProbes.Count.NONE, DeepProbes.Count::and);
    }

    /**
     * When deep probes are made: by the plan at once, and again of what is ejected, so that it comes back soon after it works again. A server of protocol
     * {@code openai} ends its work with a connection, and a probe leaves nothing behind there, so it is asked twice as often as a router.
     */
    private enum Round {
        PLANNED,
        EJECTED_SERVERS,
        EJECTED,
        EJECTED_SERVERS_AGAIN
    }

    private DeepProbes.Count probe(View view, Round round) throws InterruptedException {
        Duration again = parts.limits().spans().again();
        return switch (round) {
            case PLANNED -> new DeepProbes(parts, lines, view, end).run();
            case EJECTED_SERVERS -> probeAgain(view, again.dividedBy(2), Tick::isServer);
            case EJECTED -> probeAgain(view, again, everything -> true);
            case EJECTED_SERVERS_AGAIN -> probeAgain(view, again.multipliedBy(3).dividedBy(2), Tick::isServer);
        };
    }

    private static boolean isServer(Subject subject) {
        return subject.target().protocol().endsWithConnection();
    }

    private DeepProbes.Count probeAgain(View view, Duration after, Predicate<Subject> which)
            throws InterruptedException {
        Instant again = start.plus(after);
        Duration wait = Duration.between(parts.clock().instant(), again);
        if (view.ejected().stream().noneMatch(which) || wait.isNegative() || !again.isBefore(end)) {
            return DeepProbes.Count.NONE;
        }
        Thread.sleep(wait);
        List<Subject> ejected = view.ejected().stream().filter(which).toList();
        Map<TargetId, Liveness> looks = new LivenessProbes(
                        parts, lines, again.plus(parts.limits().spans().looking()))
                .at(ejected);
        View later = view.with(SlotView.read(parts, ejected), looks);
        return new DeepProbes(parts, lines, later, end).runAgain();
    }

    private View look() throws CatalogUnavailable, HealthUnavailable, InterruptedException {
        TargetList targetList =
                TargetList.of(parts.stores().fleet().read(), parts.clock().instant());
        List<Subject> watched = targetList.watched();
        Evidence evidence = Evidence.read(targetList, parts.stores().health(), parts.clock());
        Instant lookingEnds = start.plus(parts.limits().spans().looking());
        LivenessProbes looks = new LivenessProbes(parts, lines, lookingEnds);
        Map<TargetId, Liveness> seen = looks.at(watched);
        // After the looks, which may take their time: who probes by an old view takes the slot that customers need.
        SlotView slots = SlotView.read(parts, watched);
        report(new ForeignSessions(parts, lines, lookingEnds).among(watched, looks.sessions(), slots));
        return View.of(targetList, evidence, slots, seen);
    }

    private void report(Set<String> foreign) {
        said.metric(Metric.FOREIGN_SESSIONS, foreign.size());
        if (!foreign.isEmpty()) {
            said.with("foreign_sessions", String.join(" ", foreign));
        }
    }

    private static TargetHealth learn(Subject subject, View view) {
        return view.look(subject.target())
                .map(look -> view.learn(subject.target(), new Observation.Looked(look)))
                .orElseGet(() -> view.evidence().of(subject.target()));
    }

    /** Whether no tick was finished for so long that health counts as unknown. */
    private boolean healthIsStale(Optional<Instant> previous) {
        return new PoolHealth(Map.of(), previous).stale(start);
    }

    private Prober.Outcome report(View view, DeepProbes.Count deep) {
        ProberSoundness soundness = view.soundness();
        Prober.Outcome outcome = soundness.frozen() ? Prober.Outcome.FROZEN : Prober.Outcome.FINISHED;
        parts.journal()
                .write(said.with("outcome", outcome.word())
                        .with("targets", view.looks().size())
                        .with("turned_bad", soundness.turnedBad())
                        .with("turned_bad_routers", soundness.routers())
                        .with("deep_probes", deep.probed())
                        .with("deep_probes_skipped", deep.skipped())
                        .with("evidence_written", view.evidence().written())
                        .with("evidence_lost", view.evidence().lost())
                        .with("total_ms", Duration.between(start, parts.clock().instant()))
                        .metric(Metric.TICKS, 1)
                        .metric(Metric.FROZEN_TICKS, soundness.frozen() ? 1 : 0));
        return outcome;
    }
}
