package network.cortensor.portal.api.page;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.model.Endpoint;

/**
 * How a model is called from one language.
 *
 * @param language as people write it
 * @param code complete: it runs as it stands once the key is in {@code PORTAL_API_KEY}
 */
record CodeExample(String language, String code) {
    private static final Map<Endpoint, List<Source>> SOURCES = Map.of(
            Endpoint.CHAT, sources("chat"),
            Endpoint.COMPLETIONS, sources("completions"),
            Endpoint.MESSAGES, sources("messages"));

    private static final Pattern QUOTED = Pattern.compile("&quot;.*?&quot;|&#39;.*?&#39;");

    private record Source(String language, PageTemplate code) {}

    private static List<Source> sources(String endpoint) {
        return List.of(
                new Source("curl", PageTemplate.read("examples/" + endpoint + ".sh")),
                new Source("Python", PageTemplate.read("examples/" + endpoint + ".py")),
                new Source("JavaScript", PageTemplate.read("examples/" + endpoint + ".mjs")),
                new Source("Java", PageTemplate.read("examples/" + endpoint + ".java")));
    }

    /**
     * One for each language.
     *
     * @param base the API's URL without {@code /v1}
     * @param endpoints of the model; the example is for the one that most programs want
     */
    static List<CodeExample> of(String base, String model, Set<Endpoint> endpoints) {
        Map<String, String> parts = Map.of("base", base, "model", model);
        return endpoints.stream().min(Comparator.naturalOrder()).stream()
                .flatMap(endpoint -> SOURCES.getOrDefault(endpoint, List.of()).stream())
                .map(source -> new CodeExample(
                        source.language(), source.code().withText(parts).strip()))
                .toList();
    }

    /** The code with its quoted texts set apart. */
    Markup markup() {
        String escaped = Markup.text(code).html();
        return new Markup(
                QUOTED.matcher(escaped).replaceAll(text -> Matcher.quoteReplacement("<i>" + text.group() + "</i>")));
    }
}
