package network.cortensor.portal.api;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/** A small catalog: one model behind prompt-only routers, one behind an OpenAI-compatible server, one retired, one for messages only. */
final class Fixtures {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    static final String PROMPT_ONLY = "gpt-oss-20b";

    /** Another name of {@link #PROMPT_ONLY}. */
    static final String ALSO_PROMPT_ONLY = "oss-20b";

    static final String WITH_TOOLS = "gemma-4-26b";
    static final String ALSO_WITH_TOOLS = "gemma";
    static final String RETIRED = "old-model";
    static final String MESSAGES_ONLY = "messages-only";

    static final int CONTEXT = 4000;
    static final int MAX_OUTPUT = 1000;

    private Fixtures() {}

    /** The same models, written for in this format. */
    static List<AliasView> catalog(PromptFormat format) {
        return catalog().stream().map(view -> in(format, view)).toList();
    }

    private static AliasView in(PromptFormat format, AliasView view) {
        ModelAlias alias = view.alias();
        ModelAlias other = new ModelAlias(
                alias.name(),
                alias.description(),
                alias.contextLength(),
                alias.maxOutputTokens(),
                alias.endpoints(),
                alias.lifecycle(),
                alias.state(),
                alias.routes(),
                alias.fallbackPools(),
                format,
                alias.aka());
        return new AliasView(other, view.pools(), view.readAt());
    }

    /** The catalog with a further name for one of its models. */
    static List<AliasView> withAlso(String alias, String further) {
        return edited(alias, old -> named(old, old.name(), List.of(further)));
    }

    /** The catalog with another name for one of its models, which keeps its old one. */
    static List<AliasView> renamed(String alias, String name) {
        return edited(alias, old -> named(old, name, List.of(old.name())));
    }

    private static List<AliasView> edited(String alias, UnaryOperator<ModelAlias> edit) {
        return catalog().stream()
                .map(view -> view.alias().name().equals(alias)
                        ? new AliasView(edit.apply(view.alias()), view.pools(), view.readAt())
                        : view)
                .toList();
    }

    private static ModelAlias named(ModelAlias old, String name, List<String> aka) {
        return new ModelAlias(
                name,
                old.description(),
                old.contextLength(),
                old.maxOutputTokens(),
                old.endpoints(),
                old.lifecycle(),
                old.state(),
                old.routes(),
                old.fallbackPools(),
                old.promptFormat(),
                aka);
    }

    static List<AliasView> catalog() {
        return List.of(
                view(alias(WITH_TOOLS, Stage.DEPRECATED, EnumSet.allOf(Endpoint.class)), new Protocol.OpenAi("gemma")),
                view(alias(PROMPT_ONLY, Stage.AVAILABLE, EnumSet.allOf(Endpoint.class)), cortensor()),
                view(alias(MESSAGES_ONLY, Stage.AVAILABLE, Set.of(Endpoint.MESSAGES)), cortensor()),
                view(alias(RETIRED, Stage.RETIRED, EnumSet.allOf(Endpoint.class)), cortensor()));
    }

    private static Protocol cortensor() {
        return new Protocol.Cortensor(3, SessionForm.BODY, 168);
    }

    /** A model of that format, with a target for each protocol. */
    static AliasView served(PromptFormat format, Protocol... targets) {
        return view(alias("of-a-format", Stage.AVAILABLE, Set.of(), format), targets);
    }

    /** An alias of which nothing but its name matters. */
    static ModelAlias named(String name) {
        return alias(name, Stage.AVAILABLE, Set.of());
    }

    private static ModelAlias alias(String name, Stage stage, Set<Endpoint> endpoints) {
        return alias(name, stage, endpoints, PromptFormat.QWEN3);
    }

    private static ModelAlias alias(String name, Stage stage, Set<Endpoint> endpoints, PromptFormat format) {
        return alias(name, stage, endpoints, format, CONTEXT, MAX_OUTPUT);
    }

    /** One whose model has these terms. */
    static ModelAlias alias(String name, PromptFormat format, int context, int maxOutput) {
        return alias(name, Stage.AVAILABLE, Set.of(), format, context, maxOutput);
    }

    private static ModelAlias alias(
            String name, Stage stage, Set<Endpoint> endpoints, PromptFormat format, int context, int maxOutput) {
        boolean ends = stage == Stage.DEPRECATED || stage == Stage.RETIRED;
        return new ModelAlias(
                name,
                new ModelAlias.Description("Shown as " + name, "family-of-it", "A model."),
                context,
                maxOutput,
                endpoints,
                new ModelAlias.Lifecycle(
                        LocalDate.of(2026, 3, 1),
                        stage,
                        ends ? Optional.of(LocalDate.of(2027, 1, 31)) : Optional.empty(),
                        ends ? Optional.of(PROMPT_ONLY) : Optional.empty()),
                State.LIVE,
                List.of(new Route("secret-pool", 100)),
                List.of(),
                format,
                Map.of(PROMPT_ONLY, List.of(ALSO_PROMPT_ONLY), WITH_TOOLS, List.of(ALSO_WITH_TOOLS))
                        .getOrDefault(name, List.of()));
    }

    /** A new model whose pool is in that state. */
    static AliasView preview(State state) {
        ModelAlias alias = alias("preview-" + state.name().toLowerCase(Locale.ROOT), Stage.PREVIEW, Set.of());
        return view(alias, state, cortensor());
    }

    private static AliasView view(ModelAlias alias, Protocol... protocols) {
        return view(alias, State.LIVE, protocols);
    }

    private static AliasView view(ModelAlias alias, State state, Protocol... protocols) {
        Pool pool = new Pool("secret-pool", state, PoolTimes.DEFAULTS, 3, Streaming.NATIVE);
        List<TargetView> targets = Stream.of(protocols).map(Fixtures::target).toList();
        return new AliasView(alias, Map.of("secret-pool", new PoolView(pool, targets)), NOW.minusSeconds(2));
    }

    private static TargetView target(Protocol protocol) {
        Target target = new Target(
                new TargetId("secret-pool", "secret-target"),
                URI.create("https://secret-router.example:5010"),
                protocol,
                Capacity.ONE,
                1,
                State.LIVE,
                Optional.empty());
        return new TargetView(target, Standing.GOOD, Optional.empty());
    }
}
