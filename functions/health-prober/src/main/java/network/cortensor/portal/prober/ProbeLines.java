package network.cortensor.portal.prober;

import java.time.Instant;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.RouterSight;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;

/** One line per probe, one when a target is seen to have become drained or when it will be, and one when its session seems to be used by others. */
record ProbeLines(Journal journal) {

    void looked(Subject subject, RouterSight sight, Liveness liveness) {
        Line line = probe(subject, "liveness").with("outcome", liveness.word());
        switch (sight) {
            case RouterSight.Silent silent -> line.with("why", silent.why());
            case RouterSight.Unreadable unreadable -> line.with("why", unreadable.why());
            case RouterSight.Seen ignored -> {}
        }
        journal.write(line.metric(Metric.PROBES, 1)
                .metric(Metric.PROBE_FAILURES, liveness.bad() ? 1 : 0)
                .metric(Metric.MISSING_CREDENTIALS, lacksCredential(sight) ? 1 : 0));
    }

    private static boolean lacksCredential(RouterSight sight) {
        return sight instanceof RouterSight.Unreadable(String why) && why.equals(RouterSight.NO_CREDENTIAL);
    }

    void probed(Subject subject, DeepProbe.Result result) {
        Line line = probe(subject, "deep");
        switch (result) {
            case DeepProbe.Result.Skipped skipped ->
                line.with("outcome", "skipped").with("why", skipped.why());
            case DeepProbe.Result.Observed observed -> {
                line.with("total_ms", observed.took());
                switch (observed.observation()) {
                    case Observation.ProbePassed passed ->
                        line.with("outcome", "ok").with("first_token_ms", passed.firstToken());
                    case Observation.ProbeFailed failed ->
                        line.with("outcome", failed.failure().kind());
                    case Observation.Served _,
                            Observation.Failed _,
                            Observation.Limited _,
                            Observation.Looked _,
                            Observation.Drained _,
                            Observation.InUse _ -> throw new IllegalStateException("no outcome of a deep probe");
                }
                line.metric(Metric.PROBES, 1)
                        .metric(Metric.PROBE_FAILURES, observed.observation().bad() ? 1 : 0);
            }
        }
        journal.write(line);
    }

    /** @param why {@code tasks} or {@code owner}: see {@link ForeignSessions} */
    void foreign(Subject subject, String why) {
        journal.write(Line.of("foreign_session")
                .dimension("pool", subject.pool().name())
                .with("target", subject.target().id().name())
                .with("why", why));
    }

    /** From {@code since} on nothing is in flight. */
    void drained(Subject subject, Instant since) {
        journal.write(drain("drained", subject).with("since", since.toString()));
    }

    /** What is in flight is not known, and over at {@code until}. */
    void draining(Subject subject, Instant until) {
        journal.write(drain("draining", subject).with("until", until.toString()));
    }

    private static Line drain(String event, Subject subject) {
        return Line.of(event)
                .dimension("pool", subject.pool().name())
                .with("target", subject.target().id().name());
    }

    private static Line probe(Subject subject, String kind) {
        return Line.of("probe")
                .dimension("pool", subject.pool().name())
                .with("target", subject.target().id().name())
                .with("kind", kind);
    }
}
