package network.cortensor.portal.api.page;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.ModelAlias.Lifecycle;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.routing.Availability;

/** One model on the page. */
final class ModelCard {
    private static final PageTemplate MODEL = PageTemplate.read("model.html");
    private static final PageTemplate EXAMPLE = PageTemplate.read("example.html");
    private static final PageTemplate RETIREMENT = PageTemplate.read("retirement.html");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private ModelCard() {}

    /** @param base the API's URL without {@code /v1} */
    static Markup of(OfferedModel offer, String base) {
        ModelAlias alias = offer.alias();
        return MODEL.with(Map.ofEntries(
                Map.entry("key", Markup.text(key(alias.name()))),
                Map.entry("alias", Markup.text(alias.name())),
                Map.entry("name", Markup.text(alias.description().displayName())),
                Map.entry("family", Markup.text(alias.description().family())),
                Map.entry("description", Markup.text(alias.description().text())),
                Map.entry("stage", stage(alias.lifecycle().stage())),
                Map.entry("retirement", retirement(alias.lifecycle())),
                Map.entry("status", new Markup(offer.availability().word())),
                Map.entry("statusText", new Markup(statusText(offer.availability()))),
                Map.entry("context", count(alias.contextLength())),
                Map.entry("output", count(alias.maxOutputTokens())),
                Map.entry("apis", apis(alias)),
                Map.entry("can", can(offer.capabilities())),
                Map.entry(
                        "day",
                        Strip.of(offer.activity().hours(), offer.activity().lastDay())),
                Map.entry(
                        "month",
                        Strip.of(offer.activity().days(), offer.activity().lastMonth())),
                Map.entry("examples", examples(alias, base))));
    }

    /** Of the model's element; no id of another element, and no part of a name, holds a colon. */
    private static String key(String alias) {
        return "model:" + alias;
    }

    private static Markup stage(Stage stage) {
        return switch (stage) {
            case PREVIEW -> new Markup("<span class=\"stage\">Preview</span>");
            case DEPRECATED -> new Markup("<span class=\"stage deprecated\">Deprecated</span>");
            case AVAILABLE, RETIRED -> Markup.NONE;
        };
    }

    private static String statusText(Availability availability) {
        return switch (availability) {
            case AVAILABLE -> "Available";
            case DEGRADED -> "Degraded";
            case UNAVAILABLE -> "Unavailable";
        };
    }

    private static Markup retirement(Lifecycle lifecycle) {
        Markup successor = lifecycle.successor().map(ModelCard::successor).orElse(Markup.NONE);
        return lifecycle.shutdownDate().map(date -> retirement(date, successor)).orElse(Markup.NONE);
    }

    private static Markup retirement(LocalDate date, Markup successor) {
        return RETIREMENT.with(Map.of(
                "date", new Markup(date.toString()), "day", new Markup(DAY.format(date)), "successor", successor));
    }

    private static Markup successor(String alias) {
        String name = Markup.text(alias).html();
        return new Markup(" Move to <a href=\"#" + key(name) + "\">" + name + "</a>.");
    }

    private static Markup count(int tokens) {
        return new Markup(String.format(Locale.ENGLISH, "%,d", tokens));
    }

    private static Markup apis(ModelAlias alias) {
        return new Markup(alias.served().stream().sorted().map(ModelCard::api).collect(Collectors.joining(", ")));
    }

    private static String api(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT -> "Chat Completions";
            case COMPLETIONS -> "Completions";
            case MESSAGES -> "Messages";
            case RESPONSES -> "Responses";
        };
    }

    private static Markup can(Capabilities capabilities) {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("Text", true);
        words.put("Tools", capabilities.tools());
        words.put("JSON", capabilities.json());
        words.put("Images", capabilities.images());
        words.put("Reasoning", capabilities.reasoning());
        return new Markup(words.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", ")));
    }

    private static Markup examples(ModelAlias alias, String base) {
        List<Markup> examples = CodeExample.of(base, alias.name(), alias.endpoints()).stream()
                .map(example -> example(example, alias.name()))
                .toList();
        return Markup.join(examples);
    }

    private static Markup example(CodeExample example, String model) {
        return EXAMPLE.with(Map.of(
                "language", new Markup(example.language()),
                "id", Markup.text(key(model) + ":" + example.language().toLowerCase(Locale.ROOT)),
                "model", Markup.text(model),
                "code", example.markup()));
    }
}
