package network.cortensor.portal.health.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tallies of all scenarios as one page for people. */
final class FleetReport {
    private static final String REQUESTS = """
        # What the fleet is put through, and what comes of it

        60 targets of capacity 1 on 12 routers, in four pools of 15 over all routers: *busy* (a request every 25 s), *steady* (every 100 s), *seldom*
        (every 15 min) and *idle* (none). Each scenario lasts two days of virtual time; its trouble begins on the second. Fold, probe plan,
        freeze and routing are the real code; routers, customers and the clock are drawn from one seed. Answers take what was recorded of
        real routers: 8 s at least, 39 s in the middle, nine in ten within 63 s, 81 s at most. A hung task keeps its session busy for 240 s.

        ## Requests

        The goal: at least 99.9 % are answered while half of their pool works. Where one task in five hangs whatever was tried before, three attempts
        cannot reach it (1 − 0.2³ = 99.2 %); the hangs that were recorded were over at the first retry.

        | scenario | requests | answered | answered while half of the pool works | every attempt failed | broke off | overloaded |
        |---|---:|---:|---:|---:|---:|---:|
        """;

    private static final String ROTATION = """

        ## Rotation

        *Wrong* ejections are of targets that work. *To eject* counts from the death of a target: by probes alone in the pool without traffic, and in those
        with traffic; *failed attempts* are those of customers on one dead target until it was out. *To return* counts from when a target works
        again and its slot is free. The goals: none wrong while the prober is the sick one; out within 240 s by probes alone and after three failed
        attempts; back within 180 s.

        - A target that has failed is unknown and customers go elsewhere, so that few of them ever meet a dead one twice, and it is mostly the prober
          that counts to three.
        - Where hangs come by chance, three in a row do too; such a target is back after two passes.
        - When half of the fleet or more dies at once, the prober takes itself for the sick one: nothing is ejected but by traffic. That costs customers
          little, because an attempt of which nothing was sent costs a request none of its attempts; taking half of a healthy fleet out would.
        - A server that answers 429, a key that cannot be read, and an answer that is cut for its length are no evidence.
        - Whoever flaps stays out for longer each time, up to 300 s: its return is late on purpose.
        - While no tick runs, nothing counts as ejected, whatever the evidence says; while the table is throttled, failures are lost.
        - A return takes up to half a minute until the next look and two answers; with two of the longest, 192 s.

        | scenario | ejections | wrong | to eject by probes, median / max | to eject under traffic, median / max | failed attempts, most | to return, median / max |
        |---|---:|---:|---:|---:|---:|---:|
        """;

    private static final String COST = """

        ## Cost

        Deep probes are tasks on the network. *Idle* is the most that a target of the pool without traffic got within any hour; the goal is two, for
        one that works. Each finished tick writes a heartbeat beside the writes of evidence that are counted here.

        | scenario | deep probes a day | idle | writes of evidence a day | frozen ticks | broken ticks | lost observations |
        |---|---:|---:|---:|---:|---:|---:|
        """;

    private FleetReport() {}

    static String of(Map<Scenario, ScenarioTally> tallies) {
        StringBuilder page = new StringBuilder(REQUESTS);
        tallies.forEach((scenario, tally) -> row(
                page,
                scenario.name(),
                tally.requests(),
                percent(tally.answered()),
                percent(tally.answeredWhileHalfWorked()),
                tally.count(ScenarioTally.End.ATTEMPTS_FAILED),
                tally.count(ScenarioTally.End.BROKEN_OFF),
                tally.count(ScenarioTally.End.OVERLOADED)));
        page.append(ROTATION);
        tallies.forEach((scenario, tally) -> row(
                page,
                scenario.name(),
                tally.ejections(),
                tally.wrongEjections(),
                times(tally.toEjectByProbes()),
                times(tally.toEjectUnderTraffic()),
                tally.mostFailedAttempts(),
                times(tally.toReturn())));
        page.append(COST);
        tallies.forEach((scenario, tally) -> row(
                page,
                scenario.name(),
                tally.probesPerDay(),
                tally.mostProbesOfAWorkingIdleTargetInAnHour(),
                tally.writesPerDay(),
                tally.frozenTicks(),
                tally.brokenTicks(),
                tally.lostObservations()));
        return page.toString();
    }

    private static void row(StringBuilder page, Object... cells) {
        for (Object cell : cells) {
            page.append("| ").append(cell).append(' ');
        }
        page.append("|\n");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f %%", share * 100);
    }

    private static String times(List<Duration> times) {
        if (times.isEmpty()) {
            return "–";
        }
        List<Duration> sorted = times.stream().sorted().toList();
        return seconds(sorted.get(sorted.size() / 2)) + " / " + seconds(sorted.getLast());
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
