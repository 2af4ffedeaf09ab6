package network.cortensor.portal.api.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.fields.FieldTable;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.Asked;
import network.cortensor.portal.api.wire.AskedModels;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.Draft.MaxTokens;
import network.cortensor.portal.api.wire.Draft.MaxTokens.Beyond;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.api.wire.Form;
import network.cortensor.portal.api.wire.WireFormat;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.dispatch.Job.Wish;
import network.cortensor.portal.model.Endpoint;

/** {@code POST /v1/messages}. */
public final class MessagesFormat implements WireFormat {
    private static final int MOST_STOPS = 32;

    /** Text is held back for as long as it could be the beginning of a stop text; nobody means one that is longer. */
    private static final int LONGEST_STOP = 1_000;

    @Override
    public Endpoint endpoint() {
        return Endpoint.MESSAGES;
    }

    @Override
    public Asked read(JsonField body) throws Rejection {
        FieldTable.refuse(endpoint(), body);
        body.need("max_tokens");
        return asked(body);
    }

    /** A request of which only the prompt's length is asked for: an answer's length need not be said. */
    public Asked readToCount(JsonField body) throws Rejection {
        FieldTable.refuse(endpoint(), body);
        return asked(body);
    }

    private static Asked asked(JsonField body) throws Rejection {
        List<String> models = AskedModels.read(body);
        FeatureFields features = new FeatureFields();
        Draft draft = new Draft(
                "messages",
                new Turns(features).read(body),
                body.integer("max_tokens", 1, Integer.MAX_VALUE)
                        .map(count -> new MaxTokens(count, "max_tokens", Beyond.CLIPPED)),
                sampling(body),
                stop(body),
                AnthropicToolFields.read(body, features),
                OutputFields.format(body, features),
                features);
        return new Asked(models, draft, form(body));
    }

    private static Sampling sampling(JsonField body) throws Rejection {
        return new Sampling(
                body.number("temperature", 0, 1),
                body.number("top_p", 0, 1),
                body.integer("top_k", 1, Integer.MAX_VALUE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OutputFields.effort(body));
    }

    private static List<String> stop(JsonField body) throws Rejection {
        Optional<JsonField> stop = body.find("stop_sequences");
        List<String> texts = new ArrayList<>();
        if (stop.isPresent()) {
            for (JsonField text : stop.get().items(MOST_STOPS)) {
                texts.add(text.nonEmptyText(LONGEST_STOP));
            }
        }
        return texts;
    }

    private static Form form(JsonField body) throws Rejection {
        return body.flag("stream")
                ? new Form(Wish.STREAM, StreamedMessage::new)
                : new Form(Wish.WHOLE, WholeMessage::new);
    }
}
