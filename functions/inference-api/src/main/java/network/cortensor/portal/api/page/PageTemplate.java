package network.cortensor.portal.api.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of this package with named gaps, written as <code>{{name}}</code>. */
record PageTemplate(String name, String text) {
    private static final Pattern GAP = Pattern.compile("\\{\\{([a-zA-Z]+)}}");

    /** @throws IllegalStateException if there is no such file */
    static PageTemplate read(String name) {
        try (InputStream file = PageTemplate.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not in the package");
            }
            return new PageTemplate(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /** @throws IllegalStateException if a gap stays open */
    Markup with(Map<String, Markup> parts) {
        return new Markup(filled(gap -> Optional.ofNullable(parts.get(gap)).map(Markup::html)));
    }

    /** As plain text, for files that are no HTML. */
    String withText(Map<String, String> parts) {
        return filled(gap -> Optional.ofNullable(parts.get(gap)));
    }

    private String filled(Function<String, Optional<String>> parts) {
        return GAP.matcher(text)
                .replaceAll(gap -> Matcher.quoteReplacement(parts.apply(gap.group(1))
                        .orElseThrow(() -> new IllegalStateException(name + ": nothing for the gap " + gap.group(1)))));
    }
}
