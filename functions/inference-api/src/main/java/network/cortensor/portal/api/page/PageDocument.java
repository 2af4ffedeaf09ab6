package network.cortensor.portal.api.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import network.cortensor.portal.api.http.Reached;

/**
 * The catalog page as one HTML document: style and script are in it, so that one request brings all of it, and it works without the
 * script. Safe for use by many threads.
 *
 * @param reached where links and examples lead
 * @param prefix what stands before the API's own paths
 * @param now what the page says about its age
 */
public record PageDocument(Reached reached, String prefix, Instant now) {
    private static final PageTemplate PAGE = PageTemplate.read("page.html");
    private static final PageTemplate MODELS = PageTemplate.read("models.html");
    private static final PageTemplate FAMILY = PageTemplate.read("family.html");
    private static final PageTemplate NOTE = PageTemplate.read("note.html");
    private static final Markup STYLE = new Markup(PageTemplate.read("page.css").text());
    private static final Markup SCRIPT = new Markup(PageTemplate.read("page.js").text());
    private static final DateTimeFormatter AS_OF = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String POLICY = new ContentPolicy(STYLE.html(), SCRIPT.html()).header();

    /**
     * What every answer with a page has.
     *
     * @param goodFor how long a copy may be shown; zero for none
     */
    public static Map<String, String> headers(Duration goodFor) {
        return Map.of(
                "content-security-policy",
                POLICY,
                "x-content-type-options",
                "nosniff",
                "referrer-policy",
                "no-referrer",
                "cache-control",
                goodFor.isZero() ? "no-store" : "public, max-age=" + goodFor.toSeconds());
    }

    /** The models that customers may call. */
    public String of(List<OfferedModel> offers) {
        return offers.isEmpty() ? page(noModels()) : page(models(offers));
    }

    /** Where only those with a key may know the models: what anybody may know, and how to ask with a key. */
    public String forKeyHolders() {
        return page(note(
                "The models are shown to key holders",
                "This list is for those who have a key. With yours, ask for it:",
                new Markup("<pre tabindex=\"0\" role=\"group\" aria-label=\"How to list the models\"><code>curl "
                        + base()
                        + "/v1/models -H <i>&quot;Authorization: Bearer $PORTAL_API_KEY&quot;</i></code></pre>")));
    }

    /** The catalog cannot be read. */
    public String unavailable() {
        return page(note(
                "The models cannot be shown at the moment",
                "Try again in a few seconds. Nothing is known to be wrong with the models themselves.",
                new Markup("<p><a href=\"" + prefix + "/\">Try again</a></p>")));
    }

    private static Markup noModels() {
        return note("There are no models yet", "As soon as there is a model to call, it is shown here.", Markup.NONE);
    }

    private Markup models(List<OfferedModel> offers) {
        return MODELS.with(Map.of(
                "families",
                families(offers),
                "count",
                new Markup(offers.size() + (offers.size() == 1 ? " model" : " models")),
                "models",
                Markup.join(offers.stream()
                        .map(offer -> ModelCard.of(offer, reached.origin() + prefix))
                        .toList())));
    }

    private static Markup families(List<OfferedModel> offers) {
        Map<String, Long> counts = offers.stream()
                .collect(Collectors.groupingBy(
                        offer -> offer.alias().description().family(), TreeMap::new, Collectors.counting()));
        return Markup.join(counts.entrySet().stream()
                .map(family -> FAMILY.with(Map.of(
                        "family",
                        Markup.text(family.getKey()),
                        "count",
                        new Markup(family.getValue().toString()))))
                .toList());
    }

    private static Markup note(String title, String text, Markup more) {
        return NOTE.with(Map.of("title", Markup.text(title), "text", Markup.text(text), "more", more));
    }

    private String page(Markup content) {
        return PAGE.with(Map.of(
                        "style", STYLE,
                        "script", SCRIPT,
                        "base", new Markup(base()),
                        "prefix", new Markup(prefix),
                        // HTML takes no more than three digits of a second.
                        "instant",
                                new Markup(now.truncatedTo(ChronoUnit.SECONDS).toString()),
                        "asOf", new Markup(AS_OF.format(now)),
                        "content", content))
                .html();
    }

    private String base() {
        return Markup.text(reached.origin() + prefix).html();
    }
}
