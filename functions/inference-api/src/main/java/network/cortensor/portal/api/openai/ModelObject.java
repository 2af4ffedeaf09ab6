package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import network.cortensor.portal.api.page.Capabilities;
import network.cortensor.portal.api.page.OfferedModel;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;

/** {@code model} and {@code list} objects: OpenAI's fields, those that Anthropic's clients read, and those by which a customer chooses. */
public final class ModelObject {
    private ModelObject() {}

    public static ObjectNode list(List<ObjectNode> models) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        list.putArray("data").addAll(models);
        list.put("has_more", false);
        list.set(
                "first_id",
                models.isEmpty() ? list.nullNode() : models.getFirst().get("id"));
        list.set(
                "last_id", models.isEmpty() ? list.nullNode() : models.getLast().get("id"));
        return list;
    }

    /** @param id the name that the customer knows it by */
    public static ObjectNode of(String id, OfferedModel offer) {
        ModelAlias alias = offer.alias();
        ObjectNode model = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "model")
                .put("type", "model")
                .put("created", released(alias).toEpochSecond())
                .put("created_at", released(alias).toInstant().toString())
                .put("owned_by", "cortensor")
                .put("display_name", alias.description().displayName())
                .put("family", alias.description().family())
                .put("description", alias.description().text())
                .put("context_length", alias.contextLength())
                .put("max_output_tokens", alias.maxOutputTokens())
                .put("status", offer.availability().word())
                .put("stage", alias.lifecycle().stage().word());
        ArrayNode endpoints = model.putArray("endpoints");
        alias.served().stream().sorted().map(Endpoint::path).forEach(endpoints::add);
        putCapabilities(offer.capabilities(), model.putObject("capabilities"));
        ActivityObject.put(offer.activity(), model.putObject("activity"));
        alias.lifecycle().shutdownDate().ifPresent(date -> model.put("shutdown_date", date.toString()));
        alias.lifecycle().successor().ifPresent(name -> model.put("successor", name));
        return model;
    }

    private static void putCapabilities(Capabilities capabilities, ObjectNode json) {
        json.put("tools", capabilities.tools())
                .put("parallel_tool_calls", capabilities.parallelToolCalls())
                .put("json", capabilities.json())
                .put("images", capabilities.images())
                .put("reasoning", capabilities.reasoning());
    }

    private static ZonedDateTime released(ModelAlias alias) {
        return alias.lifecycle().released().atStartOfDay(ZoneOffset.UTC);
    }
}
