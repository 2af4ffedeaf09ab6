package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.health.ProberSoundness;
import network.cortensor.portal.health.Rotation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** What happened in one run of a scenario. */
final class ScenarioTally {
    /** What a target must have worked for before its ejection counts as wrong: an attempt may have begun while it did not. */
    private static final Duration CERTAINLY_WELL = Duration.ofMinutes(4);

    /** How a request ended. */
    enum End {
        ANSWERED,
        ATTEMPTS_FAILED,
        BROKEN_OFF,
        OVERLOADED
    }

    /** One time that one target does not work. */
    private static final class Outage {
        private final Scenario.Span span;
        private Optional<Instant> ejected = Optional.empty();
        private Optional<Instant> usable = Optional.empty();
        private int failedAttempts;

        private Outage(Scenario.Span span) {
            this.span = span;
        }
    }

    private final Scenario scenario;
    private final SimulationFleet fleet;
    private final SessionUse sessions;
    private final SimulatedTime time;
    private final Map<TargetId, List<Outage>> outages = new HashMap<>();
    private final Map<TargetId, List<Instant>> probes = new HashMap<>();
    private final Map<End, Integer> ends = new EnumMap<>(End.class);
    private final Map<End, Integer> endsWhileHalfWorked = new EnumMap<>(End.class);
    private final List<Duration> toEjectByProbes = new ArrayList<>();
    private final List<Duration> toEjectUnderTraffic = new ArrayList<>();
    private final List<Duration> toReturn = new ArrayList<>();
    private int mostFailedAttempts;
    private int ejections;
    private int wrongEjections;
    private int writes;
    private int probed;
    private int frozenTicks;
    private int brokenTicks;
    private int lostObservations;

    ScenarioTally(Scenario scenario, SimulationFleet fleet, SessionUse sessions, SimulatedTime time) {
        this.scenario = scenario;
        this.fleet = fleet;
        this.sessions = sessions;
        this.time = time;
    }

    /** Notes when each outage is over for each target: when it works again and its slot is free. */
    void watchOutages() {
        for (Target target : fleet.targets()) {
            List<Outage> mine = new ArrayList<>();
            for (Scenario.Trouble trouble : scenario.troubles()) {
                if (trouble.where().test(target) && !trouble.condition().works()) {
                    Outage outage = new Outage(trouble.when());
                    mine.add(outage);
                    time.at(trouble.when().to(), () -> outage.usable = Optional.of(usableFrom(target)));
                }
            }
            outages.put(target.id(), mine);
        }
    }

    private Instant usableFrom(Target target) {
        Instant free = sessions.freeAt(target);
        return free.isAfter(time.now()) ? free : time.now();
    }

    void request(String pool, Instant receivedAt, End end) {
        ends.merge(end, 1, Integer::sum);
        long working = fleet.targets(pool).stream()
                .filter(target -> scenario.at(target, receivedAt).works())
                .count();
        if (working * 2 >= SimulationFleet.TARGETS_PER_POOL) {
            endsWhileHalfWorked.merge(end, 1, Integer::sum);
        }
    }

    void failedAttempt(Target target) {
        outage(target.id()).filter(outage -> outage.ejected.isEmpty()).ifPresent(outage -> outage.failedAttempts++);
    }

    void writes(TargetId target, Optional<TargetHealth> before, TargetHealth after) {
        writes++;
        boolean wasOut = before.filter(health -> health.rotation() instanceof Rotation.Ejected)
                .isPresent();
        if (!wasOut && after.rotation() instanceof Rotation.Ejected) {
            ejected(target);
        }
        if (wasOut && after.rotation() instanceof Rotation.Returned returned) {
            returned(target, returned.from().isAfter(time.now()) ? returned.from() : time.now());
        }
    }

    private void ejected(TargetId target) {
        ejections++;
        Optional<Outage> outage = outage(target);
        outage.filter(first -> first.ejected.isEmpty()).ifPresent(first -> {
            first.ejected = Optional.of(time.now());
            boolean idle = target.pool().equals("idle");
            (idle ? toEjectByProbes : toEjectUnderTraffic).add(Duration.between(first.span.from(), time.now()));
            mostFailedAttempts = Math.max(mostFailedAttempts, first.failedAttempts);
        });
        boolean recently = outages.get(target).stream()
                .anyMatch(past -> !past.span.from().isAfter(time.now())
                        && past.span.to().plus(CERTAINLY_WELL).isAfter(time.now()));
        if (!recently) {
            wrongEjections++;
        }
    }

    private void returned(TargetId target, Instant at) {
        outages.get(target).stream()
                .filter(outage -> outage.ejected.isPresent() && outage.usable.isPresent())
                .reduce((earlier, later) -> later)
                .flatMap(outage -> outage.usable)
                .filter(usable -> !usable.isAfter(at))
                .ifPresent(usable -> {
                    if (outage(target).isEmpty()) {
                        toReturn.add(Duration.between(usable, at));
                    }
                });
    }

    private Optional<Outage> outage(TargetId target) {
        return outages.get(target).stream()
                .filter(outage -> outage.span.holds(time.now()))
                .findFirst();
    }

    void probe(Target target) {
        probed++;
        probes.computeIfAbsent(target.id(), ignored -> new ArrayList<>()).add(time.now());
    }

    void tick(ProberSoundness soundness) {
        frozenTicks += soundness.frozen() ? 1 : 0;
    }

    void brokenTick() {
        brokenTicks++;
    }

    void lostObservation() {
        lostObservations++;
    }

    int requests() {
        return ends.values().stream().mapToInt(Integer::intValue).sum();
    }

    int count(End end) {
        return ends.getOrDefault(end, 0);
    }

    double answered() {
        return share(ends);
    }

    double answeredWhileHalfWorked() {
        return share(endsWhileHalfWorked);
    }

    private static double share(Map<End, Integer> ends) {
        int all = ends.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0 ? 1 : ends.getOrDefault(End.ANSWERED, 0) / (double) all;
    }

    /** The most deep probes that any idle target got within any hour, if it is one that always works. */
    int mostProbesOfAWorkingIdleTargetInAnHour() {
        int most = 0;
        for (Target target : fleet.targets("idle")) {
            if (outages.get(target.id()).isEmpty()) {
                most = Math.max(most, mostInAnHour(probes.getOrDefault(target.id(), List.of())));
            }
        }
        return most;
    }

    private static int mostInAnHour(List<Instant> times) {
        int most = 0;
        for (int first = 0; first < times.size(); first++) {
            Instant end = times.get(first).plus(Duration.ofHours(1));
            int within = 0;
            while (first + within < times.size() && times.get(first + within).isBefore(end)) {
                within++;
            }
            most = Math.max(most, within);
        }
        return most;
    }

    List<Duration> toEjectByProbes() {
        return toEjectByProbes;
    }

    List<Duration> toEjectUnderTraffic() {
        return toEjectUnderTraffic;
    }

    List<Duration> toReturn() {
        return toReturn;
    }

    int mostFailedAttempts() {
        return mostFailedAttempts;
    }

    int ejections() {
        return ejections;
    }

    int wrongEjections() {
        return wrongEjections;
    }

    long writesPerDay() {
        return writes / Scenario.LENGTH.toDays();
    }

    long probesPerDay() {
        return probed / Scenario.LENGTH.toDays();
    }

    int frozenTicks() {
        return frozenTicks;
    }

    int brokenTicks() {
        return brokenTicks;
    }

    int lostObservations() {
        return lostObservations;
    }
}
