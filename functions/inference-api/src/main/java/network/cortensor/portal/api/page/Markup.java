package network.cortensor.portal.api.page;

import java.util.List;
import java.util.stream.Collectors;

/**
 * HTML that is safe to show: what others wrote gets in by {@link #text} only, which leaves no character a meaning beyond itself, between
 * tags and in quoted attributes.
 */
record Markup(String html) {
    static final Markup NONE = new Markup("");

    /** Somebody's words. */
    static Markup text(String words) {
        return new Markup(words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
    }

    static Markup join(List<Markup> parts) {
        return new Markup(parts.stream().map(Markup::html).collect(Collectors.joining()));
    }
}
