package network.cortensor.portal.api.openai;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.fields.FieldTable;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.wire.Asked;
import network.cortensor.portal.api.wire.AskedModels;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.FeatureFields;
import network.cortensor.portal.api.wire.Form;
import network.cortensor.portal.api.wire.WireFormat;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.dispatch.Job.Wish;
import network.cortensor.portal.model.Endpoint;

/** {@code POST /v1/completions}: a bare prompt is continued. */
public final class CompletionsFormat implements WireFormat {
    @Override
    public Endpoint endpoint() {
        return Endpoint.COMPLETIONS;
    }

    @Override
    public Asked read(JsonField body) throws Rejection {
        FieldTable.refuse(endpoint(), body);
        List<String> models = AskedModels.read(body);
        Draft draft = new Draft(
                "prompt",
                new Input.Prompt(prompt(body.need("prompt"))),
                CommonFields.maxTokens(body, "max_tokens"),
                CommonFields.sampling(body, EffortFields.plain(body)),
                CommonFields.stop(body),
                Optional.empty(),
                Optional.empty(),
                new FeatureFields());
        return new Asked(models, draft, form(body));
    }

    /** A text, or an array of exactly one: several would be several requests. */
    private static String prompt(JsonField prompt) throws Rejection {
        if (prompt.value().isTextual()) {
            return prompt.nonEmptyText();
        }
        return prompt.someItems(1).getFirst().nonEmptyText();
    }

    private static Form form(JsonField body) throws Rejection {
        return switch (StreamFields.read(body)) {
            case WHOLE -> new Form(Wish.WHOLE, WholeText::new);
            case STREAM -> new Form(Wish.STREAM, StreamedText::plain);
            case STREAM_WITH_USAGE -> new Form(Wish.STREAM, StreamedText::withUsage);
        };
    }
}
