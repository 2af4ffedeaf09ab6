package network.cortensor.portal.prober;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.ProbePlan.Candidate;
import network.cortensor.portal.health.ProbePlan.PoolCandidates;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.TargetId;

/**
 * One deep probe at once, because an operator asks for it: also of a target that takes no requests, so that it can be tried before it is
 * resumed. It takes a slot like any other, and leaves a pool's last free one to customers.
 */
final class OperatorProbe {
    private final ProberParts parts;
    private final Instant end;

    /** @param end by which it must be over */
    OperatorProbe(ProberParts parts, Instant end) {
        this.parts = parts;
        this.end = end;
    }

    /**
     * What came of it, as JSON has it: {@code outcome}, and with it {@code why}, {@code first_token_ms} or {@code total_ms} where they are
     * known. The words are those of the log.
     */
    Map<String, Object> of(TargetId target) throws CatalogUnavailable, HealthUnavailable, InterruptedException {
        TargetList targetList =
                TargetList.of(parts.stores().fleet().read(), parts.clock().instant());
        Optional<Map.Entry<Pool, List<Subject>>> pool = targetList.pools().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(target.pool()))
                .findFirst();
        Optional<Subject> subject = pool.flatMap(entry -> entry.getValue().stream()
                .filter(one -> one.target().id().equals(target))
                .findFirst());
        return subject.isEmpty()
                ? answer("unknown_target")
                : probe(subject.get(), targetList.only(pool.get().getKey()));
    }

    private Map<String, Object> probe(Subject subject, TargetList pool) throws HealthUnavailable, InterruptedException {
        Evidence evidence = Evidence.read(pool, parts.stores().health(), parts.clock());
        DeepProbe.Result result = result(subject, pool.all().toList(), evidence);
        new ProbeLines(parts.journal()).probed(subject, result);
        if (result instanceof DeepProbe.Result.Observed observed) {
            evidence.learn(subject.target(), observed.observation());
        }
        return answer(result);
    }

    private DeepProbe.Result result(Subject subject, List<Subject> all, Evidence evidence) throws InterruptedException {
        Duration attempt = subject.pool().times().attempt();
        if (parts.clock().instant().plus(attempt).isAfter(end)) {
            return new DeepProbe.Result.Skipped("no_time");
        }
        SlotView slots = SlotView.read(parts, all);
        PoolCandidates candidates = new PoolCandidates(
                subject.pool(),
                all.stream()
                        .map(one -> new Candidate(
                                one.target(),
                                evidence.of(one.target()),
                                Liveness.UNREADABLE,
                                slots.surelyTaken(one.target())))
                        .toList());
        return candidates.canSpare(subject.target().id(), parts.clock().instant())
                ? new DeepProbe(parts).of(subject)
                : new DeepProbe.Result.Skipped("last_free_slot");
    }

    private static Map<String, Object> answer(DeepProbe.Result result) {
        return switch (result) {
            case DeepProbe.Result.Skipped skipped -> {
                Map<String, Object> answer = answer("skipped");
                answer.put("why", skipped.why());
                yield answer;
            }
            case DeepProbe.Result.Observed observed -> {
                Map<String, Object> answer = answer(outcome(observed.observation()));
                if (observed.observation() instanceof Observation.ProbePassed passed) {
                    answer.put("first_token_ms", passed.firstToken().toMillis());
                }
                answer.put("total_ms", observed.took().toMillis());
                yield answer;
            }
        };
    }

    private static String outcome(Observation observation) {
        return observation instanceof Observation.ProbeFailed failed
                ? failed.failure().kind()
                : "ok";
    }

    static Map<String, Object> answer(String outcome) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("outcome", outcome);
        return answer;
    }
}
