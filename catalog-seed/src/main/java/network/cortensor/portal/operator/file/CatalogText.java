package network.cortensor.portal.operator.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.edit.FieldOrder;
import network.cortensor.portal.operator.edit.StoredCatalog;

/** A catalog as {@link CatalogFile} reads it. */
record CatalogText(StoredCatalog stored, String environment) implements Report {
    /** {@code 1:30.5} is the number 90.5 to YAML. */
    private static final Pattern SEXAGESIMAL = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-9]+)+\\.?[0-9_]*");

    /** Jackson's own generator leaves such a text without the quotes that its parser needs. */
    private static final StringQuotingChecker QUOTED = new StringQuotingChecker.Default() {
        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || SEXAGESIMAL.matcher(value).matches();
        }
    };

    private static final ObjectMapper YAML = new YAMLMapper.Builder(new YAMLMapper(
                    YAMLFactory.builder().stringQuotingChecker(QUOTED).build()))
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    String yaml() {
        return "# The catalog of " + environment + ", as it stood in its tables.\n\n" + text(YAML);
    }

    String pretty() {
        return text(JSON) + "\n";
    }

    private String text(ObjectMapper mapper) {
        try {
            return mapper.writeValueAsString(json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a catalog that cannot be written", e);
        }
    }

    @Override
    public void print(Console console) {
        console.terminal().out().print(yaml());
    }

    @Override
    public Object json() {
        Map<String, Map<String, Object>> byPool = new LinkedHashMap<>();
        for (CatalogKey key : stored.keys(CatalogTable.TARGETS)) {
            byPool.computeIfAbsent(key.values().getFirst(), pool -> new LinkedHashMap<>())
                    .put(key.values().getLast(), fields(key));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("models", named(CatalogTable.MODELS));
        json.put("pools", named(CatalogTable.POOLS));
        json.put("targets", byPool);
        if (!stored.keys(CatalogTable.PLANS).isEmpty()) {
            json.put("plans", named(CatalogTable.PLANS));
        }
        return json;
    }

    private Map<String, Object> named(CatalogTable table) {
        Map<String, Object> named = new LinkedHashMap<>();
        stored.keys(table).forEach(key -> named.put(key.name(), fields(key)));
        return named;
    }

    private Map<String, Object> fields(CatalogKey key) {
        Map<String, ItemValue> plain = stored.plain(key);
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String field : FieldOrder.of(key.table())) {
            if (plain.containsKey(field) && !ItemFields.EDIT.contains(field)) {
                fields.put(field, written(plain.get(field)).plain());
            }
        }
        return fields;
    }

    /** A dollar before a brace would be read as a variable. */
    private static ItemValue written(ItemValue value) {
        return switch (value) {
            case ItemValue.Text(String text) -> ItemValue.of(text.replace("${", "$${"));
            case ItemValue.Listed(List<ItemValue> values) ->
                new ItemValue.Listed(values.stream().map(CatalogText::written).toList());
            case ItemValue.Mapped(Map<String, ItemValue> fields) -> {
                Map<String, ItemValue> nested = new LinkedHashMap<>();
                fields.forEach((name, inner) -> nested.put(name, written(inner)));
                yield new ItemValue.Mapped(nested);
            }
            case ItemValue.Decimal number -> number;
            case ItemValue.Flag flag -> flag;
            case ItemValue.Foreign ignored -> ItemValue.of("a value of a type that files do not hold");
        };
    }
}
