package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.json.Unserved;
import network.cortensor.portal.api.wire.Asked;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.api.wire.Form;
import network.cortensor.portal.api.wire.WireFormat;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.dispatch.Job.Wish;
import network.cortensor.portal.model.Endpoint;

/** {@code POST /v1/chat/completions}. */
public final class ChatFormat implements WireFormat {
    private static final List<Unserved> UNSERVED = List.of(
            Unserved.unless("n", 1),
            Unserved.whenTrue("logprobs"),
            Unserved.unless("top_logprobs", 0),
            Unserved.always("logit_bias"),
            new Unserved("modalities", ChatFormat::textOnly),
            Unserved.always("audio"),
            Unserved.always("functions"),
            Unserved.unless("function_call", "none"),
            Unserved.always("web_search_options"));

    @Override
    public Endpoint endpoint() {
        return Endpoint.CHAT;
    }

    @Override
    public Asked read(JsonField body) throws Rejection {
        Unserved.refuse(body, UNSERVED);
        String model = body.need("model").text();
        FeatureFields features = new FeatureFields();
        Draft draft = new Draft(
                new Input.Chat(new ChatMessages(features).read(body)),
                CommonFields.maxTokens(body, "max_completion_tokens", "max_tokens"),
                CommonFields.sampling(body),
                CommonFields.stop(body),
                ToolFields.read(body, features),
                ResponseFormat.read(body, features),
                features);
        return new Asked(model, draft, form(body));
    }

    private static Form form(JsonField body) throws Rejection {
        return switch (StreamFields.read(body)) {
            case WHOLE -> new Form(Wish.WHOLE, WholeChat::new);
            case STREAM -> new Form(Wish.STREAM, StreamedChat::plain);
            case STREAM_WITH_USAGE -> new Form(Wish.STREAM, StreamedChat::withUsage);
        };
    }

    private static boolean textOnly(JsonNode modalities) {
        return modalities.isArray() && modalities.valueStream().allMatch(value -> "text".equals(value.textValue()));
    }
}
