package network.cortensor.portal.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.ApiRoute.Method;
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
import network.cortensor.portal.api.responses.ResponsesErrors;
import network.cortensor.portal.api.responses.ResponsesFormat;
import network.cortensor.portal.model.Endpoint;

/** Every path of the API with what is done there, each path once. */
record RouteTable(List<ApiRoute> routes) {
    private static final String VERSION = "v1";
    private static final ErrorShape OPENAI = new OpenAiErrors();
    private static final ErrorShape RESPONSES = new ResponsesErrors();
    private static final ErrorShape ANTHROPIC = new AnthropicErrors();

    static RouteTable of(ApiParts parts) {
        KeyGate gate = new KeyGate(parts.keys());
        Operation chat = new Completions(new ChatFormat(), parts);
        Operation completions = new Completions(new CompletionsFormat(), parts);
        Operation messages = new Completions(new MessagesFormat(), parts);
        Operation counted = gate.guard(new CountedMessages(parts));
        Operation responses = new Completions(new ResponsesFormat(), parts);
        Models models = new Models(parts.catalog(), parts.activity(), parts.clock());
        ModelsAccess access = parts.modelsAccess();
        Operation usage = gate.guard(new OwnUsage(parts.ledger()));
        return new RouteTable(List.of(
                new ApiRoute(Method.POST, Endpoint.CHAT.path(), OPENAI, chat),
                new ApiRoute(Method.POST, Endpoint.COMPLETIONS.path(), OPENAI, completions),
                new ApiRoute(Method.POST, Endpoint.MESSAGES.path(), ANTHROPIC, messages),
                new ApiRoute(Method.POST, CountedMessages.PATH, ANTHROPIC, counted),
                new ApiRoute(Method.POST, Endpoint.RESPONSES.path(), RESPONSES, responses),
                new ApiRoute(Method.GET, "/v1/models", OPENAI, OpenPaths.guard(gate, access, models::list)),
                new ApiRoute(Method.GET, "/v1/models/{model}", OPENAI, OpenPaths.guard(gate, access, models::retrieve)),
                new ApiRoute(Method.GET, "/v1/usage", OPENAI, usage),
                new ApiRoute(Method.GET, "/health", OPENAI, new Health()),
                new ApiRoute(
                        Method.GET, ApiDescription.PATH, OPENAI, OpenPaths.guard(new ApiDescription(parts.clock()))),
                new ApiRoute(
                        Method.GET,
                        CatalogPage.PATH,
                        OPENAI,
                        OpenPaths.guard(new CatalogPage(models, access, parts.clock())))));
    }

    /** What answers a request; there always is something. */
    ApiRoute find(HttpRequest request) {
        Optional<ApiRoute> atPath = atPath(request).map(route -> inItsProtocol(route, request));
        ApiRoute route = atPath.orElseGet(() -> refusal("unknown", family(request), unknown(request)));
        if (request.method().equals("OPTIONS")) {
            return new ApiRoute(Method.GET, route.pattern(), route.errors(), RouteTable::preflight);
        }
        if (atPath.isEmpty() || route.method().answers(request.method())) {
            return route;
        }
        ApiError wrongMethod = ApiError.methodNotAllowed(route.method().allowed());
        return refusal(route.pattern(), route.errors(), wrongMethod);
    }

    private static ApiRoute inItsProtocol(ApiRoute route, HttpRequest request) {
        return switch (route.method()) {
            case GET -> route.with(spoken(request, route.errors()));
            case POST -> route;
        };
    }

    /** By the whole path; if that is unknown, by what stands behind a custom domain's base path. */
    private Optional<ApiRoute> atPath(HttpRequest request) {
        return Stream.of(request.segments(), request.ownSegments())
                .map(RouteTable::single)
                .flatMap(segments -> routes.stream().filter(route -> route.matches(segments)))
                .findFirst();
    }

    /** Some clients add {@code /v1} to a base URL that ends with it. */
    private static List<String> single(List<String> segments) {
        boolean doubled = segments.size() > 1
                && segments.getFirst().equals(VERSION)
                && segments.get(1).equals(VERSION);
        return doubled ? single(segments.subList(1, segments.size())) : segments;
    }

    private ApiError unknown(HttpRequest request) {
        return ApiError.unknownPath(meant(request.ownSegments())
                .map(path -> " Did you mean " + path + "?" + (isVersioned(path) ? " Base URLs end with /v1." : ""))
                .orElse(""));
    }

    /**
     * The known path that an unknown one ends with, the longest first, with and without the version: base URLs lack their {@code /v1}, have the path
     * of another provider, or are a whole endpoint's, as in {@code /v1/chat/completions/chat/completions}.
     */
    private Optional<String> meant(List<String> segments) {
        return IntStream.range(0, segments.size())
                .mapToObj(start -> segments.subList(start, segments.size()))
                .flatMap(end -> Stream.of(end, versioned(end)))
                .filter(path -> routes.stream().anyMatch(route -> route.matches(path)))
                .map(path -> "/" + String.join("/", path))
                .findFirst();
    }

    private static List<String> versioned(List<String> segments) {
        return Stream.concat(Stream.of(VERSION), segments.stream()).toList();
    }

    private static boolean isVersioned(String path) {
        return path.startsWith("/" + VERSION + "/");
    }

    /** Whose clients ask for paths that are not here: Anthropic's at and below {@code /messages}, as for {@code /batches}. */
    private static ErrorShape family(HttpRequest request) {
        return request.ownSegments().contains("messages") ? ANTHROPIC : spoken(request, OPENAI);
    }

    /** Paths that are no protocol's own answer in the client's: those of Anthropic's name its version. */
    private static ErrorShape spoken(HttpRequest request, ErrorShape usual) {
        return request.headers().first("anthropic-version").isPresent() ? ANTHROPIC : usual;
    }

    private static ApiRoute refusal(String name, ErrorShape errors, ApiError error) {
        return new ApiRoute(Method.GET, name, errors, exchange -> {
            throw new Rejection(error);
        });
    }

    /** Browsers ask without a key, and see the error of a wrong path only if its preflight succeeds. */
    private static void preflight(ApiExchange exchange) throws IOException {
        exchange.reply().empty(204, Cors.PREFLIGHT);
    }
}
