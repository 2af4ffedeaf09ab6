package network.cortensor.portal.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.ProblemReports;

/** Logs bad items, each problem at most once a minute, since the catalog is read every few seconds. Safe for use by many threads. */
public final class BadItems implements ProblemReports {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /** Beyond it, what was said is forgotten: better said twice than kept for ever. */
    private static final int MOST = 1_000;

    private final Journal journal;
    private final InstantSource clock;
    private final ConcurrentHashMap<Problem, Instant> said = new ConcurrentHashMap<>();

    public BadItems(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void report(List<Problem> problems) {
        problems.forEach(this::report);
    }

    private void report(Problem problem) {
        Instant now = clock.instant();
        if (said.size() > MOST) {
            said.clear();
        }
        Instant last = said.putIfAbsent(problem, now);
        boolean due = last == null || (!now.isBefore(last.plus(SILENCE)) && said.replace(problem, last, now));
        if (due) {
            journal.write(Line.of("bad_item")
                    .with("item", problem.item())
                    .with("field", problem.field())
                    .with("complaint", problem.complaint())
                    .metric(Metric.BAD_ITEMS, 1));
        }
    }
}
