package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.util.List;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.routing.Availability;

/** {@code model} and {@code list} objects: OpenAI's fields, and those by which a customer chooses. */
public final class ModelObject {
    private ModelObject() {}

    public static ObjectNode list(List<ObjectNode> models) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        list.putArray("data").addAll(models);
        return list;
    }

    public static ObjectNode of(ModelAlias alias, Availability availability) {
        ObjectNode model = JsonNodeFactory.instance
                .objectNode()
                .put("id", alias.name())
                .put("object", "model")
                .put(
                        "created",
                        alias.lifecycle()
                                .released()
                                .atStartOfDay(ZoneOffset.UTC)
                                .toEpochSecond())
                .put("owned_by", "cortensor")
                .put("display_name", alias.description().displayName())
                .put("family", alias.description().family())
                .put("description", alias.description().text())
                .put("context_length", alias.contextLength())
                .put("max_output_tokens", alias.maxOutputTokens())
                .put("status", availability.word())
                .put("stage", alias.lifecycle().stage().word());
        ArrayNode endpoints = model.putArray("endpoints");
        alias.endpoints().stream().sorted().map(Endpoint::path).forEach(endpoints::add);
        alias.lifecycle().shutdownDate().ifPresent(date -> model.put("shutdown_date", date.toString()));
        alias.lifecycle().successor().ifPresent(name -> model.put("successor", name));
        return model;
    }
}
