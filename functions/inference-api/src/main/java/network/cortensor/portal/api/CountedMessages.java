package network.cortensor.portal.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Map;
import network.cortensor.portal.api.anthropic.MessagesFormat;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonBody;
import network.cortensor.portal.api.wire.Asked;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.tokens.PromptTokens;
import network.cortensor.portal.tokens.TokenCounter;

/**
 * {@code POST /v1/messages/count_tokens}: how many tokens a request's prompt has. It asks no model, and counts for no limit.
 *
 * <p>{@value #BASIS} says how exact the number is: {@code exact} where the model's own vocabulary is known here, and {@code estimated} otherwise.
 */
final class CountedMessages implements Operation.ForCustomer {
    static final String PATH = "/v1/messages/count_tokens";
    static final String BASIS = "x-token-count";

    private final MessagesFormat format = new MessagesFormat();
    private final AliasLookup aliases;
    private final PromptTokens tokens;

    CountedMessages(ApiParts parts) {
        this.aliases = new AliasLookup(parts.catalog());
        this.tokens = new PromptTokens(parts.counter());
    }

    @Override
    public void perform(ApiExchange exchange, Customer customer) throws Rejection, IOException {
        Asked asked = format.readToCount(JsonBody.read(exchange.request().body()));
        String name = asked.models().getFirst();
        AliasView view = aliases.find(name, customer.models());
        exchange.log().resolved(name, view);
        new AliasTerms(view).requireEndpoint(Endpoint.MESSAGES);
        long count = tokens.of(asked.draft().within(1, view.alias().promptFormat()));
        exchange.reply()
                .json(
                        200,
                        Map.of(BASIS, basis(view, asked)),
                        JsonNodeFactory.instance.objectNode().put("input_tokens", count));
    }

    private static String basis(AliasView view, Asked asked) {
        return TokenCounter.exact(view.alias().promptFormat())
                        && !asked.draft().input().hasImages()
                ? "exact"
                : "estimated";
    }
}
