package network.cortensor.portal.api.responses;

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

/** {@code POST /v1/responses}. */
public final class ResponsesFormat implements WireFormat {
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh");
    private static final List<String> SUMMARIES = List.of("auto", "concise", "detailed", "none");

    @Override
    public Endpoint endpoint() {
        return Endpoint.RESPONSES;
    }

    @Override
    public Asked read(JsonField body) throws Rejection {
        FieldTable.refuse(endpoint(), body);
        List<String> models = AskedModels.read(body);
        FeatureFields features = new FeatureFields();
        OfferedTools tools = OfferedTools.read(body, features);
        TextFormat format = TextFormat.read(body, features);
        Sampling sampling = sampling(body);
        Draft draft = new Draft(
                "input",
                new InputItems(features).read(body),
                body.integer("max_output_tokens", 1, Integer.MAX_VALUE)
                        .map(count -> new MaxTokens(count, "max_output_tokens", Beyond.CLIPPED)),
                sampling,
                List.of(),
                tools.tools(),
                format.neutral(),
                features);
        return new Asked(models, draft, form(body, new Echo(body, sampling, tools, format, shown(body))));
    }

    private static Sampling sampling(JsonField body) throws Rejection {
        Optional<JsonField> reasoning = body.find("reasoning");
        return new Sampling(
                body.number("temperature", 0, 2),
                body.number("top_p", 0, 1),
                body.integer("top_k", 1, Integer.MAX_VALUE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reasoning.isPresent() ? reasoning.get().word("effort", EFFORTS) : Optional.empty());
    }

    /** Clients that ask for a summary show nothing else; the reasoning itself is all the summary that there is. */
    private static ShownReasoning shown(JsonField body) throws Rejection {
        Optional<JsonField> reasoning = body.find("reasoning");
        Optional<String> summary =
                reasoning.isPresent() ? reasoning.get().word("summary", SUMMARIES) : Optional.empty();
        ShownReasoning.Place place =
                summary.filter(word -> !word.equals("none")).isPresent()
                        ? ShownReasoning.Place.SUMMARY
                        : ShownReasoning.Place.CONTENT;
        return new ShownReasoning(place, Included.read(body));
    }

    private static Form form(JsonField body, Echo echo) throws Rejection {
        return body.flag("stream")
                ? new Form(
                        Wish.STREAM,
                        (head, tally, reply) ->
                                new ResponseDelivery(new ResponseObject(head, echo, tally), new EventOutlet(reply)))
                : new Form(
                        Wish.WHOLE,
                        (head, tally, reply) ->
                                new ResponseDelivery(new ResponseObject(head, echo, tally), new WholeOutlet(reply)));
    }
}
