package network.cortensor.portal.api.fields;

import static network.cortensor.portal.api.fields.Harmless.empty;
import static network.cortensor.portal.api.fields.Harmless.itemsOnly;
import static network.cortensor.portal.api.fields.Harmless.nothing;
import static network.cortensor.portal.api.fields.Harmless.only;
import static network.cortensor.portal.model.Endpoint.CHAT;
import static network.cortensor.portal.model.Endpoint.COMPLETIONS;
import static network.cortensor.portal.model.Endpoint.MESSAGES;
import static network.cortensor.portal.model.Endpoint.RESPONSES;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.fields.FieldVerdict.Words;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.model.Endpoint;

/**
 * What becomes of each field that other APIs of this kind know and that could change what a request means. Such a field is served, refused
 * or harmless, and never ignored for want of a decision. The readers refuse by this table, and the API's description is written from it.
 */
public final class FieldTable {
    private static final Set<Endpoint> ALL = EnumSet.allOf(Endpoint.class);
    private static final Set<Endpoint> OPENAI = EnumSet.of(CHAT, COMPLETIONS);
    private static final Set<Endpoint> BUT_RESPONSES = EnumSet.complementOf(EnumSet.of(RESPONSES));

    /** A state of the conversation that the server would have to keep: without it the model would not see what was said before. */
    private static final List<FieldRule> MEMORIES = List.of(
            refused(Set.of(MESSAGES), "thread", nothing(), Words.THREAD),
            refused(EnumSet.of(CHAT, COMPLETIONS, RESPONSES), "thread", nothing(), Words.LEAVE_OUT),
            refused(Set.of(RESPONSES), "prompt", nothing(), Words.LEAVE_OUT),
            refused(Set.of(RESPONSES), "store", only(false), Words.LEAVE_OUT),
            refused(Set.of(RESPONSES), "background", only(false), Words.LEAVE_OUT),
            refused(ALL, "previous_response_id", only(""), Words.EARLIER_RESPONSE),
            refused(ALL, "conversation", nothing(), Words.LEAVE_OUT),
            refused(ALL, "conversation_id", nothing(), Words.LEAVE_OUT),
            refused(ALL, "thread_id", nothing(), Words.LEAVE_OUT),
            refused(Set.of(MESSAGES), "container", empty(), Words.LEAVE_OUT),
            ignored(BUT_RESPONSES, "store", "Nothing is stored."),
            ignored(Set.of(RESPONSES), "truncation", "What is too long is refused, and never cut."),
            ignored(EnumSet.of(MESSAGES, RESPONSES), "context_management", "Nothing is left out of the conversation."));

    /** Who is to answer. */
    private static final List<FieldRule> ROUTES = List.of(
            served(ALL, "models"),
            refused(ALL, "provider", empty(), Words.LEAVE_OUT),
            refused(ALL, "route", only("fallback"), Words.LEAVE_OUT),
            refused(ALL, "fallbacks", empty(), Words.LEAVE_OUT),
            refused(ALL, "inference_geo", only("global"), Words.LEAVE_OUT),
            ignored(ALL, "service_tier", "There is one tier."),
            ignored(ALL, "speed", "There is one speed."));

    /** What the model is given beside the conversation, and what it may use. */
    private static final List<FieldRule> ADDITIONS = List.of(
            refused(ALL, "plugins", empty(), Words.LEAVE_OUT),
            refused(ALL, "transforms", empty(), Words.LEAVE_OUT),
            refused(ALL, "documents", empty(), Words.LEAVE_OUT),
            refused(ALL, "moderation", empty(), Words.LEAVE_OUT),
            refused(ALL, "mcp_servers", empty(), Words.LEAVE_OUT),
            refused(ALL, "web_search_options", empty(), Words.LEAVE_OUT),
            refused(ALL, "chat_template", nothing(), Words.LEAVE_OUT),
            refused(Set.of(CHAT), "functions", empty(), Words.LEAVE_OUT),
            refused(Set.of(CHAT), "function_call", only("none"), Words.LEAVE_OUT),
            ignored(ALL, "safeguards", "Whether there are any does not depend on the request."),
            ignored(ALL, "prediction", "It would only make the answer faster."));

    /** What the answer is to be. */
    private static final List<FieldRule> ANSWERS = List.of(
            served(Set.of(CHAT), "response_format"),
            served(Set.of(MESSAGES), "output_config"),
            served(Set.of(MESSAGES), "output_format"),
            served(Set.of(MESSAGES), "thinking"),
            served(OPENAI, "reasoning_effort"),
            served(EnumSet.of(CHAT, RESPONSES), "reasoning"),
            served(Set.of(RESPONSES), "text"),
            served(Set.of(RESPONSES), "include"),
            served(Set.of(RESPONSES), "metadata"),
            served(Set.of(CHAT), "thinking"),
            served(Set.of(CHAT), "enable_thinking"),
            served(Set.of(CHAT), "chat_template_kwargs"),
            served(EnumSet.of(CHAT, RESPONSES), "parallel_tool_calls"),
            refused(Set.of(CHAT), "continue_final_message", only(false), Words.LEAVE_OUT),
            refused(Set.of(CHAT), "add_generation_prompt", only(true), Words.LEAVE_OUT),
            refused(OPENAI, "n", only(1), Words.LEAVE_OUT),
            refused(OPENAI, "best_of", only(1), Words.LEAVE_OUT),
            refused(OPENAI, "echo", only(false), Words.LEAVE_OUT),
            refused(Set.of(COMPLETIONS), "suffix", only(""), Words.LEAVE_OUT),
            refused(Set.of(CHAT), "logprobs", only(false), Words.LEAVE_OUT),
            refused(Set.of(COMPLETIONS), "logprobs", empty(), Words.LEAVE_OUT),
            refused(EnumSet.of(CHAT, RESPONSES), "top_logprobs", only(0), Words.LEAVE_OUT),
            refused(ALL, "prompt_logprobs", only(0), Words.LEAVE_OUT),
            refused(ALL, "logit_bias", empty(), Words.LEAVE_OUT),
            refused(Set.of(CHAT), "modalities", itemsOnly("text"), Words.LEAVE_OUT),
            refused(Set.of(CHAT), "audio", empty(), Words.LEAVE_OUT),
            refused(ALL, "grammar", only(""), Words.LEAVE_OUT),
            refused(ALL, "guided_json", empty(), Words.LEAVE_OUT),
            refused(ALL, "guided_regex", only(""), Words.LEAVE_OUT),
            refused(ALL, "guided_choice", empty(), Words.LEAVE_OUT),
            refused(ALL, "guided_grammar", only(""), Words.LEAVE_OUT),
            refused(ALL, "structured_outputs", empty(), Words.LEAVE_OUT),
            ignored(ALL, "user", "It groups requests and adds nothing to them."),
            ignored(ALL, "safety_identifier", "It groups requests and adds nothing to them."),
            ignored(ALL, "prompt_cache_key", "No prompt is kept."),
            ignored(ALL, "prompt_cache_retention", "No prompt is kept."),
            ignored(ALL, "client_metadata", "It groups requests and adds nothing to them."),
            ignored(Set.of(RESPONSES), "max_tool_calls", "It is about tools that are not here."),
            ignored(BUT_RESPONSES, "metadata", "It groups requests and adds nothing to them."),
            ignored(Set.of(CHAT), "verbosity", "The served models have no such setting."));

    private static final List<FieldRule> ROWS = Stream.of(MEMORIES, ROUTES, ADDITIONS, ANSWERS)
            .flatMap(List::stream)
            .toList();

    private FieldTable() {}

    public static List<FieldRule> rows() {
        return ROWS;
    }

    /** Refuses a request with a field that is not served. */
    public static void refuse(Endpoint endpoint, JsonField body) throws Rejection {
        for (FieldRule rule : ROWS) {
            if (rule.endpoints().contains(endpoint) && rule.verdict() instanceof FieldVerdict.Refused refused) {
                Optional<JsonField> field = body.find(rule.field());
                if (field.isPresent() && !refused.harmless().covers(field.get().value())) {
                    throw new Rejection(error(refused.words(), field.get()));
                }
            }
        }
    }

    /** Adds the fields that are not served or harmless to the description of a request. */
    public static void describe(Endpoint endpoint, ObjectNode properties) {
        for (FieldRule rule : ROWS) {
            if (rule.endpoints().contains(endpoint)) {
                switch (rule.verdict()) {
                    case FieldVerdict.Served ignored -> {}
                    case FieldVerdict.Refused refused ->
                        properties.set(rule.field(), refused.harmless().schema());
                    case FieldVerdict.Ignored ignored ->
                        properties.set(
                                rule.field(),
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("description", "Taken and ignored. " + ignored.why()));
                }
            }
        }
    }

    private static ApiError error(Words words, JsonField field) {
        return switch (words) {
            case LEAVE_OUT -> ApiError.invalid(field.name(), "is not supported with this value; leave it out.");
            case EARLIER_RESPONSE -> ApiError.previousResponseNotFound(field.name());
            case THREAD ->
                "continue".equals(field.value().path("type").textValue())
                        ? ApiError.threadNotFound()
                        : ApiError.threadUnsupported();
        };
    }

    private static FieldRule served(Set<Endpoint> endpoints, String field) {
        return new FieldRule(endpoints, field, new FieldVerdict.Served());
    }

    private static FieldRule refused(Set<Endpoint> endpoints, String field, Harmless harmless, Words words) {
        return new FieldRule(endpoints, field, new FieldVerdict.Refused(harmless, words));
    }

    private static FieldRule ignored(Set<Endpoint> endpoints, String field, String why) {
        return new FieldRule(endpoints, field, new FieldVerdict.Ignored(why));
    }
}
