package network.cortensor.portal.exploration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Visits every state that a small world can get into, nearest first, each once. States that look the same by their key are the same.
 *
 * @param <S> a state of the world: a value
 */
public final class Explorer<S> {
    private final World<S> world;
    private final int most;

    /** @param most states beyond which the world is too large to be explored */
    public Explorer(World<S> world, int most) {
        this.world = world;
        this.most = most;
    }

    /** What is explored. */
    public interface World<S> {
        S beginning();

        /** Everything that can happen next. */
        List<Step<S>> steps(S state);

        /** A text that is equal for states from which the same can happen, but for the names of what is interchangeable. */
        String key(S state);

        /** @throws AssertionError if the state must not be */
        void judge(S state);
    }

    /**
     * One thing that happens.
     *
     * @param what in words
     */
    public record Step<S>(String what, S then) {}

    /**
     * What an exploration has found.
     *
     * @param states that were visited
     * @param steps that lead from one to another
     * @param violation the first state that must not be, with the shortest way to it; empty if there is none
     */
    public record Result(int states, int steps, Optional<String> violation) {}

    private record Visit<S>(S state, Optional<Visit<S>> from, String what) {}

    public Result explore() {
        Set<String> seen = new HashSet<>();
        ArrayDeque<Visit<S>> next = new ArrayDeque<>();
        Visit<S> first = new Visit<>(world.beginning(), Optional.empty(), "");
        seen.add(world.key(first.state()));
        next.add(first);
        int steps = 0;
        while (!next.isEmpty()) {
            Visit<S> here = next.remove();
            Optional<String> violation = violation(here);
            if (violation.isPresent()) {
                return new Result(seen.size(), steps, violation);
            }
            for (Step<S> step : world.steps(here.state())) {
                steps++;
                if (seen.add(world.key(step.then()))) {
                    next.add(new Visit<>(step.then(), Optional.of(here), step.what()));
                }
            }
            if (seen.size() > most) {
                throw new IllegalStateException("more than " + most + " states");
            }
        }
        return new Result(seen.size(), steps, Optional.empty());
    }

    private Optional<String> violation(Visit<S> visit) {
        try {
            world.judge(visit.state());
            return Optional.empty();
        } catch (AssertionError e) {
            List<String> way = new ArrayList<>();
            for (Optional<Visit<S>> at = Optional.of(visit);
                    at.isPresent();
                    at = at.get().from()) {
                way.add(at.get().what());
            }
            Collections.reverse(way);
            return Optional.of(String.join("\n", way) + "\n" + e.getMessage());
        }
    }
}
