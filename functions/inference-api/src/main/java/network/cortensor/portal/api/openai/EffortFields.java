package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;

/**
 * How much the model is to think, in the words of the several servers that clients were written for: {@code reasoning_effort}, then
 * {@code reasoning}, {@code thinking}, {@code chat_template_kwargs} and {@code enable_thinking}. The first that says anything counts.
 */
final class EffortFields {
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh");
    private static final List<String> TEMPLATE_FIELDS = List.of("enable_thinking", "thinking", "reasoning_effort");

    private EffortFields() {}

    /** The one that OpenAI's own APIs have. */
    static Optional<String> plain(JsonField body) throws Rejection {
        return body.word("reasoning_effort", EFFORTS);
    }

    static Optional<String> read(JsonField body) throws Rejection {
        Optional<String> plain = plain(body);
        Optional<String> reasoning = reasoning(body);
        Optional<String> thinking = thinking(body);
        Optional<String> template = template(body);
        Optional<String> enabled = off(body, "enable_thinking");
        return plain.or(() -> reasoning).or(() -> thinking).or(() -> template).or(() -> enabled);
    }

    private static Optional<String> reasoning(JsonField body) throws Rejection {
        Optional<JsonField> reasoning = body.find("reasoning");
        if (reasoning.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> effort = reasoning.get().word("effort", EFFORTS);
        Optional<String> off = off(reasoning.get(), "enabled");
        if (reasoning.get().flag("exclude")) {
            throw reasoning.get().need("exclude").wrong("is not supported with this value; leave it out.");
        }
        return effort.or(() -> off);
    }

    private static Optional<String> thinking(JsonField body) throws Rejection {
        Optional<JsonField> thinking = body.find("thinking");
        if (thinking.isEmpty()) {
            return Optional.empty();
        }
        String type = thinking.get().need("type").word(List.of("enabled", "disabled", "auto", "adaptive"));
        return type.equals("disabled") ? Optional.of("none") : Optional.empty();
    }

    /** What else may be in there is a matter of templates that are not these models' own. */
    private static Optional<String> template(JsonField body) throws Rejection {
        Optional<JsonField> template = body.find("chat_template_kwargs");
        if (template.isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, JsonNode> member :
                template.get().object().value().properties()) {
            if (!TEMPLATE_FIELDS.contains(member.getKey()) && !member.getValue().isNull()) {
                throw template.get()
                        .wrong("has members that are not supported: only " + String.join(", ", TEMPLATE_FIELDS) + ".");
            }
        }
        Optional<String> effort = template.get().word("reasoning_effort", EFFORTS);
        Optional<String> enabled = off(template.get(), "enable_thinking");
        Optional<String> thinking = off(template.get(), "thinking");
        return effort.or(() -> enabled).or(() -> thinking);
    }

    /** Only "no" says how much; "yes" leaves it to the model. */
    private static Optional<String> off(JsonField object, String member) throws Rejection {
        return object.find(member).isPresent() && !object.flag(member) ? Optional.of("none") : Optional.empty();
    }
}
