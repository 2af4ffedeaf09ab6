package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.Router;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;
import network.cortensor.portal.time.Pause;

/** Does what its scripts say: a target's next script for its next attempt, the last one for all that follow. */
final class ScriptedRouter implements Router {
    private final Map<String, Deque<AttemptScript>> scripts = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private Optional<Sent> interrupting = Optional.empty();
    private final InstantSource clock;
    private final Pause pause;

    ScriptedRouter(InstantSource clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** What has left for a router when a worker ends. */
    enum Sent {
        NOTHING,
        A_BYTE
    }

    /** The worker ends while an attempt waits. */
    void interrupting(Sent sent) {
        interrupting = Optional.of(sent);
    }

    ScriptedRouter on(String target, AttemptScript... next) {
        scripts.computeIfAbsent(target, absent -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    /** All calls so far, in the order in which they were opened. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<String> called() {
        return calls.stream().map(Call::target).toList();
    }

    @Override
    public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
        String name = target.id().name();
        Deque<AttemptScript> left = scripts.getOrDefault(name, new ArrayDeque<>());
        if (left.isEmpty()) {
            throw new AssertionError("nothing is scripted for " + name);
        }
        AttemptScript script = left.size() == 1 ? left.peek() : left.remove();
        Call call = new Call(name, request, times, script.under(times));
        calls.add(call);
        return call;
    }

    /** One attempt as the router sees it. */
    final class Call implements RouterCall {
        private final String target;
        private final CompletionRequest request;
        private final CallTimes times;
        private final Instant openedAt = clock.instant();
        private final Deque<AttemptScript.Step> steps;
        private boolean closed;

        private Call(String target, CompletionRequest request, CallTimes times, List<AttemptScript.Step> steps) {
            this.target = target;
            this.request = request;
            this.times = times;
            this.steps = new ArrayDeque<>(steps);
        }

        String target() {
            return target;
        }

        CompletionRequest request() {
            return request;
        }

        CallTimes times() {
            return times;
        }

        Instant openedAt() {
            return openedAt;
        }

        boolean closed() {
            return closed;
        }

        @Override
        public Optional<RouterEvent> next(Duration wait) throws InterruptedException {
            if (interrupting.isPresent()) {
                throw new InterruptedException("the worker ends");
            }
            AttemptScript.Step next = steps.element();
            Duration until = Duration.between(clock.instant(), openedAt.plus(next.after()));
            if (until.compareTo(wait) > 0) {
                pause.pause(wait);
                return Optional.empty();
            }
            if (until.isPositive()) {
                pause.pause(until);
            }
            return Optional.of(steps.remove().event());
        }

        @Override
        public boolean taskEnded() throws InterruptedException {
            Optional<AttemptScript.Step> over = Optional.ofNullable(steps.poll());
            if (over.isPresent()) {
                pause.pause(Duration.between(
                        clock.instant(), openedAt.plus(over.get().after())));
            }
            return over.isEmpty();
        }

        @Override
        public boolean unsent() {
            return closed && interrupting.filter(Sent.NOTHING::equals).isPresent();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
