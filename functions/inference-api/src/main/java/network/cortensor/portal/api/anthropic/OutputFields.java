package network.cortensor.portal.api.anthropic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.completion.JsonText;

/** {@code output_config}, {@code output_format} and {@code thinking}: how the model is to think, and in which format it is to answer. */
final class OutputFields {
    private static final List<String> EFFORTS = List.of("low", "medium", "high", "xhigh", "max");
    private static final List<String> THINKING = List.of("enabled", "disabled", "adaptive", "between_tools");

    /** Budgets of thinking below these are called low, and medium; Anthropic's own smallest budget is 1,024 tokens. */
    private static final int MEDIUM_BUDGET = 4_096;

    private static final int HIGH_BUDGET = 16_384;

    private OutputFields() {}

    /** The effort in the words of OpenAI's API. If thinking is switched off, that counts, whatever effort is asked for. */
    static Optional<String> effort(JsonField body) throws Rejection {
        Optional<String> thinking = thinking(body);
        Optional<JsonField> config = body.find("output_config");
        Optional<String> wished = config.isPresent() ? config.get().word("effort", EFFORTS) : Optional.empty();
        return thinking.filter("none"::equals)
                .or(() -> wished.map(OutputFields::known))
                .or(() -> thinking);
    }

    /** Servers know no word above high. */
    private static String known(String effort) {
        return effort.equals("xhigh") || effort.equals("max") ? "high" : effort;
    }

    private static Optional<String> thinking(JsonField body) throws Rejection {
        Optional<JsonField> thinking = body.find("thinking");
        if (thinking.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> budget = thinking.get().integer("budget_tokens", 1, Integer.MAX_VALUE);
        return switch (thinking.get().need("type").word(THINKING)) {
            case "disabled" -> Optional.of("none");
            case "enabled" -> budget.map(OutputFields::effortFor);
            default -> Optional.empty();
        };
    }

    private static String effortFor(int budget) {
        if (budget < MEDIUM_BUDGET) {
            return "low";
        }
        return budget < HIGH_BUDGET ? "medium" : "high";
    }

    /** The format in the words of OpenAI's API. */
    static Optional<JsonText> format(JsonField body, FeatureFields features) throws Rejection {
        Optional<JsonField> config = body.find("output_config");
        Optional<JsonText> newer = config.isPresent() ? format(config.get(), "format", features) : Optional.empty();
        Optional<JsonText> older = format(body, "output_format", features);
        return newer.or(() -> older);
    }

    private static Optional<JsonText> format(JsonField object, String member, FeatureFields features) throws Rejection {
        Optional<JsonField> format = object.find(member);
        if (format.isEmpty()) {
            return Optional.empty();
        }
        format.get().need("type").word(List.of("json_schema"));
        JsonField schema = format.get().need("schema").object();
        features.ask(Feature.RESPONSE_FORMAT, format.get());
        ObjectNode neutral = JsonNodeFactory.instance.objectNode().put("type", "json_schema");
        neutral.putObject("json_schema")
                .put("name", "answer")
                .put("strict", true)
                .set("schema", schema.value());
        return Optional.of(new JsonText(neutral.toString()));
    }
}
