package network.cortensor.portal.dynamo.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.EditVerdict;
import network.cortensor.portal.catalog.Problem;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The attributes of an entry's item beside its images: {@code item}, {@code sequence} (its key), {@code at}, {@code kind}, {@code by},
 * {@code reason}, {@code verdict} ({@code good} or {@code bad}), {@code looked} (at the {@code catalog}, or at the {@code item} alone),
 * {@code problems}.
 */
final class EntryItem {
    static final String ITEM = "item";
    static final String SEQUENCE = "sequence";

    /** One edit may break a hundred items; what is wrong with each of them now is for the operators' tool to say. */
    private static final int MOST_PROBLEMS = 50;

    /** Stamps are short; the whole text is in the image. */
    private static final int LONGEST_STAMP = 500;

    private EntryItem() {}

    static Map<String, AttributeValue> key(HistoryEntry.Id id) {
        return Map.of(
                ITEM, text(id.item().stored()),
                SEQUENCE, text(id.sequence().digits()));
    }

    static Map<String, AttributeValue> withoutImages(HistoryEntry entry) {
        Map<String, AttributeValue> item = new HashMap<>(key(entry.id()));
        item.put("at", text(entry.edit().at().toString()));
        item.put("kind", text(word(entry.images().kind())));
        entry.edit().by().ifPresent(by -> item.put("by", text(shortened(by))));
        entry.edit().reason().ifPresent(reason -> item.put("reason", text(shortened(reason))));
        item.put("verdict", text(entry.verdict().bad() ? "bad" : "good"));
        item.put("looked", text(word(entry.verdict().scope())));
        item.put("problems", problems(entry.verdict().problems()));
        return item;
    }

    static HistoryEntry entry(CatalogKey key, Map<String, AttributeValue> item, HistoryEntry.Images images)
            throws HistoryUnavailable {
        try {
            Sequence sequence =
                    Sequence.parse(textOf(item, SEQUENCE).orElse("")).orElseThrow();
            Instant at = Instant.parse(textOf(item, "at").orElse(""));
            return new HistoryEntry(
                    new HistoryEntry.Id(key, sequence),
                    new HistoryEntry.Edit(at, textOf(item, "by"), textOf(item, "reason")),
                    images,
                    new EditVerdict(
                            word(EditVerdict.Scope.CATALOG)
                                            .equals(textOf(item, "looked").orElse(""))
                                    ? EditVerdict.Scope.CATALOG
                                    : EditVerdict.Scope.ITEM,
                            problems(item)));
        } catch (DateTimeException | java.util.NoSuchElementException e) {
            throw new HistoryUnavailable("an entry of " + key + " is not of the form that is written here", e);
        }
    }

    private static AttributeValue problems(List<Problem> problems) {
        List<AttributeValue> listed = new ArrayList<>();
        problems.stream().limit(MOST_PROBLEMS).map(EntryItem::problem).forEach(listed::add);
        if (problems.size() > MOST_PROBLEMS) {
            listed.add(problem(new Problem(
                    "catalog",
                    "items",
                    (problems.size() - MOST_PROBLEMS) + " more problems than an entry lists",
                    Problem.Severity.ERROR)));
        }
        return AttributeValue.fromL(listed);
    }

    private static AttributeValue problem(Problem problem) {
        return AttributeValue.fromM(Map.of(
                "item", text(problem.item()),
                "field", text(problem.field()),
                "complaint", text(problem.complaint()),
                "severity", text(word(problem.severity()))));
    }

    private static List<Problem> problems(Map<String, AttributeValue> item) {
        return Optional.ofNullable(item.get("problems")).map(AttributeValue::l).orElse(List.of()).stream()
                .map(AttributeValue::m)
                .map(problem -> new Problem(
                        textOf(problem, "item").orElse(""),
                        textOf(problem, "field").orElse(""),
                        textOf(problem, "complaint").orElse(""),
                        textOf(problem, "severity").orElse("").equals(word(Problem.Severity.ADVICE))
                                ? Problem.Severity.ADVICE
                                : Problem.Severity.ERROR))
                .toList();
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static Optional<String> textOf(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_STAMP
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_STAMP)) + "…";
    }
}
