package network.cortensor.portal.prober;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;
import network.cortensor.portal.slots.Take;

/**
 * Asks a target for a small completion as a customer's request would: streamed or buffered as the pool has it, with the pool's deadlines, and with a slot of the
 * session. The probe gives the slot back only when the router has surely ended the task; otherwise the slot stays taken until it expires.
 *
 * <p>Some formats give customers more where special tokens arrive. Where no operator has said of such a target whether they do, the probe asks the model to
 * reason: the first thing that the model writes is then a mark, or what a server leaves of one. That the thought may be mixed into the answer harms no customer here.
 */
final class DeepProbe {
    /** Reasoning models think before they say a word. */
    private static final int MOST_TOKENS = 256;

    private static final Input QUESTION =
            new Input.Chat(List.of(Message.of(Message.Role.USER, "Reply with the single word OK.")));

    private static final Sampling A_LITTLE_REASONING = new Sampling(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("low"));

    private static final Duration WAIT = Duration.ofMinutes(1);

    private final ProberParts parts;

    DeepProbe(ProberParts parts) {
        this.parts = parts;
    }

    /** What came of a probe. */
    sealed interface Result {
        /** @param took from the beginning to the end of the answer, or until it failed */
        record Observed(Observation observation, Duration took) implements Result {}

        /**
         * There was none, and nothing is to be concluded about the target.
         *
         * @param why a fixed word, for the log
         */
        record Skipped(String why) implements Result {}
    }

    Result of(Subject subject) throws InterruptedException {
        return switch (subject.target().capacity()) {
            case Capacity.Unlimited ignored ->
                judged(ask(subject, subject.pool().times().firstToken()).result());
            case Capacity.Slots slots -> {
                Duration attempt = subject.pool().times().attempt();
                yield switch (parts.stores()
                        .slots()
                        .pass()
                        .take(subject.target().session(), slots.count(), attempt)) {
                    case Take.Taken taken -> judged(askWith(taken, subject));
                    case Take.Busy ignored -> new Result.Skipped("busy");
                    case Take.Unreadable _, Take.Doubtful _, Take.Throttled _ ->
                        new Result.Skipped("slots_unavailable");
                };
            }
        };
    }

    private Result.Observed askWith(Take.Taken taken, Subject subject) throws InterruptedException {
        Asked asked = ask(subject, Duration.between(parts.clock().instant(), taken.sendBefore()));
        if (asked.taskEnded()) {
            taken.release();
        } else {
            taken.keep();
        }
        return asked.result();
    }

    /** @param taskEnded whether the router surely works on the probe no more */
    private record Asked(Result.Observed result, boolean taskEnded) {}

    /** @param connect how soon the first byte must have left */
    private Asked ask(Subject subject, Duration connect) throws InterruptedException {
        Instant start = parts.clock().instant();
        boolean reasons = subject.dependsOnSpecialTokens();
        Target target = reasons ? subject.target().seenWith(SpecialTokens.KEPT) : subject.target();
        CompletionRequest request = new CompletionRequest(
                QUESTION,
                subject.promptFormat(),
                MOST_TOKENS,
                reasons ? A_LITTLE_REASONING : Sampling.DEFAULT,
                List.of(),
                Optional.empty(),
                Optional.empty());
        CallTimes times = times(subject.pool(), connect);
        try (RouterCall call = parts.network().router().open(target, request, times)) {
            return hear(call, start);
        }
    }

    /** A customer's: a target that is too slow for customers has not passed. */
    private static CallTimes times(Pool pool, Duration connect) {
        return switch (pool.streaming()) {
            case NATIVE ->
                CallTimes.streamed(
                        pool.times(), pool.times().firstToken(), pool.times().attempt(), connect);
            case BUFFERED -> CallTimes.whole(pool.times(), connect);
        };
    }

    private Asked hear(RouterCall call, Instant start) throws InterruptedException {
        Optional<Duration> firstToken = Optional.empty();
        while (true) {
            Optional<RouterEvent> next = call.next(WAIT);
            if (next.isEmpty()) {
                continue;
            }
            switch (next.get()) {
                case RouterEvent.Failed failed -> {
                    Observation observation = new Observation.ProbeFailed(failed.failure());
                    return new Asked(
                            new Result.Observed(observation, since(start)),
                            failed.failure().taskEnded());
                }
                case RouterEvent.Said said -> {
                    switch (said.event()) {
                        case CompletionEvent.Content _ -> firstToken = firstToken.or(() -> Optional.of(since(start)));
                        case CompletionEvent.End _ -> {
                            Observation observation = firstToken
                                    .<Observation>map(time -> new Observation.ProbePassed(time, call.specialTokens()))
                                    .orElseGet(() -> new Observation.ProbeFailed(new Failure.NoResult()));
                            Result.Observed result = new Result.Observed(observation, since(start));
                            return new Asked(result, call.taskEnded());
                        }
                    }
                }
            }
        }
    }

    /**
     * Whether a failure counts against the target. One that is this deployment's or nobody's does not ({@link Failure.Blame}), so the probe counts as skipped. One
     * that would be a customer's does: the probe's request is known to be right, so a target that refuses it as wrong is at fault.
     */
    private static Result judged(Result.Observed observed) {
        if (!(observed.observation() instanceof Observation.ProbeFailed(Failure failure))) {
            return observed;
        }
        return switch (failure.blame()) {
            case TARGET, CUSTOMER -> observed;
            case OURS, NOBODY -> new Result.Skipped(failure.kind());
        };
    }

    private Duration since(Instant start) {
        return Duration.between(start, parts.clock().instant());
    }
}
