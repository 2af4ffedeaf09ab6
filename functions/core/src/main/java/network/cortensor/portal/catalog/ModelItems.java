package network.cortensor.portal.catalog;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;

/** The rules for items of the table of models. An alias exists whatever is wrong with it; a broken one counts as paused. */
public final class ModelItems {
    private static final LocalDate UNKNOWN_RELEASE = LocalDate.of(2026, 1, 1);
    private static final String ROUTES = "a list of {pool: name, weight: whole number >= 0}, each pool once";

    private ModelItems() {}

    /** @param name the item's key, known to be a name */
    public static Parsed<ModelAlias> parse(String name, Map<String, ItemValue> item) {
        Fields fields = new Fields("model " + name, item);

        State state = fields.word("state", State.class).required(State.PAUSED);
        int contextLength = fields.wholeNumber("contextLength", 1).required(1);
        int maxOutputTokens = fields.wholeNumber("maxOutputTokens", 1).required(1);
        PromptFormat promptFormat = promptFormat(fields);
        List<Route> routes = distinct(
                fields, fields.maps("routes", ROUTES, ModelItems::route).required(List.of()));

        String displayName = fields.text("displayName", 80).orElse(name);
        String family = fields.text("family", 80).orElse(name);
        String description = fields.text("description", 1_000).orElse("");
        Set<Endpoint> endpoints = fields.words("endpoints", Endpoint.class).orElse(EnumSet.allOf(Endpoint.class));
        LocalDate released = fields.date("released").orElse(UNKNOWN_RELEASE);
        Stage stage = fields.word("stage", Stage.class).orElse(Stage.AVAILABLE);
        Optional<LocalDate> shutdownDate = fields.date("shutdownDate").optional();
        Optional<String> successor = fields.name("successor").optional();
        List<String> fallbackPools = fields.names("fallbackPools").orElse(List.of());

        List<String> aka = fields.names("aka").orElse(List.of());

        ModelAlias alias = new ModelAlias(
                name,
                new ModelAlias.Description(displayName, family, description),
                contextLength,
                maxOutputTokens,
                endpoints,
                new ModelAlias.Lifecycle(released, stage, shutdownDate, successor),
                fields.broken() ? State.PAUSED : state,
                routes,
                fallbackPools,
                promptFormat,
                aka);
        return new Parsed<>(alias, fields.problems());
    }

    private static PromptFormat promptFormat(Fields fields) {
        Optional<String> word = fields.field(
                        "promptFormat",
                        "one of " + PromptFormat.words(),
                        value -> value.asText()
                                .filter(text -> PromptFormat.of(text).isPresent()))
                .required();
        PromptFormat format = word.flatMap(PromptFormat::of).orElse(PromptFormat.PLAIN);
        if (word.isPresent() && word.equals(format.formerWord())) {
            fields.advise(
                    "promptFormat", Shown.of(ItemValue.of(word.get())) + " is the former word for " + format.word());
        }
        return format;
    }

    private static Route route(Fields fields) {
        String pool = fields.name("pool").required("unknown");
        int weight = fields.wholeNumber("weight", 0).required(0);
        return new Route(pool, weight);
    }

    private static List<Route> distinct(Fields fields, List<Route> routes) {
        if (routes.stream().map(Route::pool).distinct().count() == routes.size()) {
            return routes;
        }
        return fields.<List<Route>>field("routes", ROUTES, doubled -> Optional.empty())
                .required(List.of());
    }
}
