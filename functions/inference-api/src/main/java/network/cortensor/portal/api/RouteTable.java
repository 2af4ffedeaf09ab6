package network.cortensor.portal.api;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import network.cortensor.portal.api.Parts.ModelsAccess;
import network.cortensor.portal.api.Route.Method;
import network.cortensor.portal.api.anthropic.AnthropicErrors;
import network.cortensor.portal.api.anthropic.MessagesFormat;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.ErrorShape;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Cors;
import network.cortensor.portal.api.http.HttpRequest;
import network.cortensor.portal.api.openai.ChatFormat;
import network.cortensor.portal.api.openai.CompletionsFormat;
import network.cortensor.portal.api.openai.OpenAiErrors;
import network.cortensor.portal.model.Endpoint;

/** Every path of the API with what is done there, each path once. */
record RouteTable(List<Route> routes) {
    private static final ErrorShape OPENAI = new OpenAiErrors();
    private static final ErrorShape ANTHROPIC = new AnthropicErrors();

    static RouteTable of(Parts parts) {
        KeyGate gate = new KeyGate(parts.keys());
        Operation chat = gate.guard(new Completions(new ChatFormat(), parts));
        Operation completions = gate.guard(new Completions(new CompletionsFormat(), parts));
        Operation messages = gate.guard(new Completions(new MessagesFormat(), parts));
        Models models = new Models(parts.catalog(), parts.clock());
        ModelsAccess access = parts.modelsAccess();
        Operation usage = gate.guard(new OwnUsage(parts.ledger()));
        return new RouteTable(List.of(
                new Route(Method.POST, Endpoint.CHAT.path(), OPENAI, chat),
                new Route(Method.POST, Endpoint.COMPLETIONS.path(), OPENAI, completions),
                new Route(Method.POST, Endpoint.MESSAGES.path(), ANTHROPIC, messages),
                new Route(Method.GET, "/v1/models", OPENAI, gate.guard(access, models::list)),
                new Route(Method.GET, "/v1/models/{model}", OPENAI, gate.guard(access, models::retrieve)),
                new Route(Method.GET, "/v1/usage", OPENAI, usage),
                new Route(Method.GET, "/health", OPENAI, new Health()),
                new Route(Method.GET, ApiDescription.PATH, OPENAI, new ApiDescription()),
                new Route(Method.GET, CatalogPage.PATH, OPENAI, new CatalogPage(models, access, parts.clock()))));
    }

    /** What answers a request; there always is something. */
    Route find(HttpRequest request) {
        Optional<Route> atPath = atPath(request.segments());
        Route route = atPath.orElseGet(() -> refusal("unknown", family(request), ApiError.unknownPath()));
        if (request.method().equals("OPTIONS")) {
            return new Route(Method.GET, route.pattern(), route.errors(), RouteTable::preflight);
        }
        if (atPath.isEmpty() || route.method().answers(request.method())) {
            return route;
        }
        ApiError wrongMethod = ApiError.methodNotAllowed(route.method().allowed());
        return refusal(route.pattern(), route.errors(), wrongMethod);
    }

    /**
     * Looks at the whole path first, then without its first segments, which may be a stage or the base path of a custom domain. The root
     * is the whole path or nothing, for otherwise it would be at the end of every path.
     */
    private Optional<Route> atPath(List<String> segments) {
        return IntStream.range(0, Math.max(1, segments.size()))
                .mapToObj(skipped -> segments.subList(skipped, segments.size()))
                .flatMap(rest -> routes.stream().filter(route -> route.matches(rest)))
                .findFirst();
    }

    /** Whose clients ask for paths that are not here: Anthropic's below {@code /v1/messages}, as for {@code /count_tokens}. */
    private static ErrorShape family(HttpRequest request) {
        return Collections.indexOfSubList(request.segments(), List.of("v1", "messages")) >= 0 ? ANTHROPIC : OPENAI;
    }

    private static Route refusal(String name, ErrorShape errors, ApiError error) {
        return new Route(Method.GET, name, errors, exchange -> {
            throw new Rejection(error);
        });
    }

    /** Browsers ask without a key, and see the error of a wrong path only if its preflight succeeds. */
    private static void preflight(Exchange exchange) throws IOException {
        exchange.reply().empty(204, Cors.PREFLIGHT);
    }
}
