package network.cortensor.portal.api.openai;

import java.util.List;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.fields.FieldTable;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.Asked;
import network.cortensor.portal.api.wire.AskedModels;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.api.wire.Form;
import network.cortensor.portal.api.wire.WireFormat;
import network.cortensor.portal.dispatch.Job.Wish;
import network.cortensor.portal.model.Endpoint;

/** {@code POST /v1/chat/completions}. */
public final class ChatFormat implements WireFormat {
    @Override
    public Endpoint endpoint() {
        return Endpoint.CHAT;
    }

    @Override
    public Asked read(JsonField body) throws Rejection {
        FieldTable.refuse(endpoint(), body);
        List<String> models = AskedModels.read(body);
        FeatureFields features = new FeatureFields();
        Draft draft = new Draft(
                "messages",
                new ChatMessages(features).read(body),
                CommonFields.maxTokens(body, "max_completion_tokens", "max_tokens"),
                CommonFields.sampling(body, EffortFields.read(body)),
                CommonFields.stop(body),
                OpenAiToolFields.read(body, features),
                ResponseFormat.read(body, features),
                features);
        return new Asked(models, draft, form(body));
    }

    private static Form form(JsonField body) throws Rejection {
        return switch (StreamFields.read(body)) {
            case WHOLE -> new Form(Wish.WHOLE, WholeChat::new);
            case STREAM -> new Form(Wish.STREAM, StreamedChat::plain);
            case STREAM_WITH_USAGE -> new Form(Wish.STREAM, StreamedChat::withUsage);
        };
    }
}
