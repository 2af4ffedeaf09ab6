package network.cortensor.portal.model;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A product model name that customers send as {@code model}, and what stands behind it.
 *
 * @param contextLength prompt and answer together, in tokens of the model
 * @param maxOutputTokens the longest answer that may be asked for, in tokens
 * @param routes where requests go, tried before the fallback pools
 * @param fallbackPools where requests spill to, in this order, when no route has room
 * @param aka further names that customers may send for it; they are listed nowhere, and an answer bears the name that was sent
 */
public record ModelAlias(
        String name,
        Description description,
        int contextLength,
        int maxOutputTokens,
        Set<Endpoint> endpoints,
        Lifecycle lifecycle,
        State state,
        List<Route> routes,
        List<String> fallbackPools,
        PromptFormat promptFormat,
        List<String> aka) {

    /** One that has no other name. */
    public ModelAlias(
            String name,
            Description description,
            int contextLength,
            int maxOutputTokens,
            Set<Endpoint> endpoints,
            Lifecycle lifecycle,
            State state,
            List<Route> routes,
            List<String> fallbackPools,
            PromptFormat promptFormat) {
        this(
                name,
                description,
                contextLength,
                maxOutputTokens,
                endpoints,
                lifecycle,
                state,
                routes,
                fallbackPools,
                promptFormat,
                List.of());
    }

    /** What customers read about a model before they call it. */
    public record Description(String displayName, String family, String text) {}

    /**
     * The product life of a model.
     *
     * @param released first day of service; {@code created} in answers is its midnight in UTC
     * @param successor the alias to move to
     */
    public record Lifecycle(
            LocalDate released, Stage stage, Optional<LocalDate> shutdownDate, Optional<String> successor) {}

    public ModelAlias {
        Names.require("alias", name);
        if (contextLength < 1) {
            throw new IllegalArgumentException("contextLength: " + contextLength + " (expected: >= 1)");
        }
        if (maxOutputTokens < 1) {
            throw new IllegalArgumentException("maxOutputTokens: " + maxOutputTokens + " (expected: >= 1)");
        }
        endpoints = Set.copyOf(endpoints);
        routes = List.copyOf(routes);
        fallbackPools = List.copyOf(fallbackPools);
        aka = List.copyOf(aka);
    }

    /** Every name that customers may send: its own, then the others. */
    public List<String> names() {
        return Stream.concat(Stream.of(name), aka.stream()).toList();
    }

    /** Where the model is served. A response is another form of a chat, and is served wherever chats are. */
    public Set<Endpoint> served() {
        EnumSet<Endpoint> served = EnumSet.noneOf(Endpoint.class);
        served.addAll(endpoints);
        if (endpoints.contains(Endpoint.CHAT)) {
            served.add(Endpoint.RESPONSES);
        }
        return served;
    }

    /** The names of all pools that its requests may go to, each once: its routes' in their order, then the fallback pools. */
    public List<String> pools() {
        return Stream.concat(routes.stream().map(Route::pool), fallbackPools.stream())
                .distinct()
                .toList();
    }

    public boolean retired() {
        return lifecycle.stage() == Stage.RETIRED;
    }
}
