package network.cortensor.portal.operator.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.operator.edit.Change;
import network.cortensor.portal.operator.edit.Changes;
import network.cortensor.portal.operator.edit.StoredCatalog;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A catalog as a YAML file: {@code models} and {@code pools} by name, {@code targets} by pool and name, each with the fields of its table;
 * beside them the {@code plans} that customers' keys may be on. A <code>${name}</code> in a text is a variable; <code>$${name}</code> is the
 * text <code>${name}</code>.
 *
 * @param items as written, ready for the tables
 * @param catalog the same, understood
 * @param plans as written, by name, ready for the table of keys
 */
public record CatalogFile(WholeCatalog.Items items, WholeCatalog catalog, Map<String, Map<String, ItemValue>> plans) {
    private static final String PLANS = "plans";
    private static final Set<String> SECTIONS = Set.of("models", "pools", "targets", PLANS);

    private static final Pattern VARIABLE = Pattern.compile("(?<escaped>\\$)?\\$\\{(?<name>[^}]*)}");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /**
     * Reads and checks a file.
     *
     * @param variables values of the <code>${names}</code> that stand in the file's texts
     * @throws BadCatalogFile naming file, item, field and expectation for each error
     */
    public static CatalogFile read(Path file, Map<String, String> variables) throws BadCatalogFile {
        String name = Objects.requireNonNullElse(file.getFileName(), file).toString();
        try {
            return parse(name, Files.readString(file, StandardCharsets.UTF_8), variables);
        } catch (IOException e) {
            throw new BadCatalogFile.Unreadable(file);
        }
    }

    static CatalogFile parse(String file, String text, Map<String, String> variables) throws BadCatalogFile {
        List<String> errors = new ArrayList<>();
        JsonNode root = tree(file, text, errors);
        root.fieldNames().forEachRemaining(section -> {
            if (!SECTIONS.contains(section)) {
                errors.add(file + ": " + section + ": unknown (expected: models, pools, targets, plans)");
            }
        });
        Values values = new Values(file, variables, errors);
        Map<String, Map<String, Map<String, ItemValue>>> targets = new LinkedHashMap<>();
        values.section(root, "targets")
                .forEach((pool, named) -> targets.put(pool, values.items("targets." + pool, named)));
        WholeCatalog.Items items = new WholeCatalog.Items(
                values.items("models", values.section(root, "models")),
                values.items("pools", values.section(root, "pools")),
                targets);
        Map<String, Map<String, ItemValue>> plans = root.has(PLANS) ? values.items(PLANS, root.path(PLANS)) : Map.of();
        Stream.concat(UnknownFields.complaints(items), UnknownFields.ofPlans(plans))
                .forEach(complaint -> errors.add(file + ": " + complaint));
        WholeCatalog catalog = WholeCatalog.of(items);
        catalog.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .forEach(problem -> errors.add(file + ": " + problem));
        plans.forEach((name, item) -> problems(name, item).forEach(problem -> errors.add(file + ": " + problem)));
        if (!errors.isEmpty()) {
            throw new BadCatalogFile(errors);
        }
        return new CatalogFile(items, catalog, plans);
    }

    private static List<Problem> problems(String plan, Map<String, ItemValue> item) {
        return Names.isName(plan) ? PlanItems.parse(plan, item).problems() : List.of(Problem.noName("plan", plan));
    }

    /**
     * The tables as far as this file is about them: the whole catalog, and of the table of keys the plans that it names.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if a table cannot be read
     */
    public StoredCatalog stored(DynamoDbClient client, TableNames tables) {
        return StoredCatalog.read(client, tables)
                .with(plans.keySet().stream().map(CatalogKey::plan).toList(), client, tables);
    }

    /**
     * What has to change for the tables to be as the file says.
     *
     * @param stored as {@link #stored} reads them
     */
    public List<Change> changesOf(StoredCatalog stored, Changes.Rest rest) {
        Map<CatalogKey, Map<String, ItemValue>> wanted = new LinkedHashMap<>();
        items.pools().forEach((pool, item) -> wanted.put(CatalogKey.pool(pool), item));
        items.targets()
                .forEach((pool, targets) ->
                        targets.forEach((target, item) -> wanted.put(CatalogKey.target(pool, target), item)));
        items.models().forEach((alias, item) -> wanted.put(CatalogKey.model(alias), item));
        plans.forEach((plan, item) -> wanted.put(CatalogKey.plan(plan), item));
        return Changes.between(stored, wanted, rest);
    }

    private static JsonNode tree(String file, String text, List<String> errors) throws BadCatalogFile {
        try {
            PlainScalars.complaints(YAML.getFactory(), text).forEach(complaint -> errors.add(file + ": " + complaint));
            JsonNode root = YAML.readTree(text);
            if (root == null || !root.isObject()) {
                errors.add(file + ": empty or no map (expected: models, pools, targets)");
                throw new BadCatalogFile(errors);
            }
            return root;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
            String what = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
            errors.add(file + where + ": " + what);
            throw new BadCatalogFile(errors);
        }
    }

    /** Turns YAML's values into items' values. */
    private record Values(String file, Map<String, String> variables, List<String> errors) {

        Map<String, JsonNode> section(JsonNode root, String name) {
            return named(name, root.path(name));
        }

        Map<String, Map<String, ItemValue>> items(String section, JsonNode named) {
            return items(section, named(section, named));
        }

        Map<String, Map<String, ItemValue>> items(String section, Map<String, JsonNode> nodes) {
            Map<String, Map<String, ItemValue>> items = new LinkedHashMap<>();
            nodes.forEach((name, node) -> {
                Map<String, ItemValue> item = new LinkedHashMap<>();
                Map<String, JsonNode> fields = named(section + "." + name, node);
                fields.forEach((field, value) -> put(item, field, value));
                Set<String> empty = new TreeSet<>(fields.keySet());
                empty.removeAll(item.keySet());
                UnknownFields.ofSection(section, name, empty).forEach(complaint -> errors.add(file + ": " + complaint));
                items.put(name, item);
            });
            return items;
        }

        private Map<String, JsonNode> named(String where, JsonNode node) {
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            if (node.isMissingNode()) {
                errors.add(file + ": " + where + ": missing (expected: a map)");
            } else if (!node.isObject()) {
                errors.add(file + ": " + where + ": no map (expected: a map)");
            } else {
                node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            }
            return fields;
        }

        private void put(Map<String, ItemValue> item, String field, JsonNode value) {
            if (!value.isNull()) {
                item.put(field, plain(value));
            }
        }

        private ItemValue plain(JsonNode value) {
            return switch (value.getNodeType()) {
                case STRING -> ItemValue.of(resolved(value.textValue()));
                case NUMBER -> ItemValue.of(value.decimalValue());
                case BOOLEAN -> ItemValue.of(value.booleanValue());
                case ARRAY ->
                    new ItemValue.Listed(value.valueStream().map(this::plain).toList());
                case OBJECT -> {
                    Map<String, ItemValue> nested = new LinkedHashMap<>();
                    value.properties().forEach(field -> put(nested, field.getKey(), field.getValue()));
                    yield new ItemValue.Mapped(nested);
                }
                case NULL, MISSING, BINARY, POJO -> ItemValue.of("");
            };
        }

        private String resolved(String text) {
            Matcher variable = VARIABLE.matcher(text);
            return variable.replaceAll(match -> {
                if (match.group("escaped") != null) {
                    return Matcher.quoteReplacement("${" + match.group("name") + "}");
                }
                String value = variables.get(match.group("name"));
                if (value == null) {
                    errors.add(file + ": ${" + match.group("name") + "}: unknown here (expected: one of "
                            + variables.keySet().stream().sorted().toList() + ")");
                    return "";
                }
                return Matcher.quoteReplacement(value);
            });
        }
    }
}
