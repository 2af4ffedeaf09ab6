package network.cortensor.portal.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.Description.Described;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionEvent.End;
import network.cortensor.portal.completion.CompletionEvent.Reasoning;
import network.cortensor.portal.completion.CompletionEvent.Text;
import network.cortensor.portal.completion.CompletionEvent.ToolCallPiece;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.dispatch.Refusal;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.State;

/**
 * A call, and what is wrong on our side when it comes. {@link #all} are calls of every operation with every kind of answer.
 *
 * @param name of an error's row where the answer is one
 */
record AnsweredCall(String name, Call call, Consumer<ApiRig> setting) {
    @Override
    public String toString() {
        return name + ": " + call.method() + " " + call.path();
    }

    CustomerAnswer answer() {
        ApiRig rig = new ApiRig();
        rig.modelsAccess = ModelsAccess.ANYBODY;
        setting.accept(rig);
        return rig.call(call);
    }

    Described operation(Description description) {
        String path = call.path().startsWith("/v1/models/") ? "/v1/models/{model}" : call.path();
        return description.operation(call.method().toLowerCase(Locale.ROOT), path);
    }

    static Stream<AnsweredCall> all() {
        return Stream.of(
                        Stream.of(Endpoint.values()).flatMap(AnsweredCall::completions),
                        Stream.of(Endpoint.values()).flatMap(AnsweredCall::refusedCompletions),
                        Stream.of("/v1/models", "/v1/models/gemma-4-26b").flatMap(AnsweredCall::models),
                        counts(),
                        others())
                .flatMap(each -> each);
    }

    private static Stream<AnsweredCall> completions(Endpoint endpoint) {
        List<AnsweredCall> cases = new ArrayList<>();
        for (FinishReason reason : FinishReason.values()) {
            CompletionEvent[] said = {
                new Reasoning("Hm."),
                new Text("one"),
                new ToolCallPiece(0, Optional.of("c"), Optional.of("f"), "{\"a\""),
                new ToolCallPiece(0, Optional.empty(), Optional.empty(), ":1}"),
                new End(reason, Optional.of(new Usage(3, 4)))
            };
            for (String how : List.of(
                    "",
                    ",\"stream\":true",
                    ",\"stream\":true,\"stream_options\":{\"include_usage\":true}",
                    ",\"stream\":true,\"reasoning\":{\"summary\":\"auto\"},\"include\":[\"reasoning.encrypted_content\"]")) {
                cases.add(new AnsweredCall(
                        reason + how,
                        ask(endpoint, "gemma-4-26b", how),
                        rig -> rig.dispatcher = ApiRig.answering(said)));
            }
        }
        cases.add(new AnsweredCall(
                "calls alone",
                ask(endpoint, "gemma-4-26b", ""),
                rig -> rig.dispatcher = ApiRig.answering(
                        new ToolCallPiece(0, Optional.of("c"), Optional.of("f"), "{"),
                        new End(FinishReason.TOOL_CALLS, Optional.empty()))));
        cases.add(new AnsweredCall(
                "stopped",
                ask(endpoint, "gemma-4-26b", ",\"stop_sequences\":[\"END\"]"),
                rig -> rig.dispatcher = ApiRig.answering(
                        new Text("one"), new End(FinishReason.STOP, Optional.empty(), Optional.of("END")))));
        cases.add(new AnsweredCall(
                "kept alive",
                ask(endpoint, "gemma-4-26b", ",\"stream\":true"),
                rig -> rig.dispatcher = (job, delivery) -> {
                    delivery.keepAlive();
                    return ApiRig.answering(new Text("a"), new End(FinishReason.STOP, Optional.empty()))
                            .dispatch(job, delivery);
                }));
        cases.add(new AnsweredCall(
                "broken off",
                ask(endpoint, "gemma-4-26b", ",\"stream\":true"),
                rig -> rig.dispatcher = ApiRig.refusing(new Refusal.BrokenOff(), new Text("a"))));
        return cases.stream();
    }

    private static Stream<AnsweredCall> refusedCompletions(Endpoint endpoint) {
        Call call = ask(endpoint, "gpt-oss-20b", "");
        Stream<AnsweredCall> threads = endpoint == Endpoint.MESSAGES
                ? Stream.of(
                        new AnsweredCall(
                                "thread_not_found",
                                ask(endpoint, "gpt-oss-20b", ",\"thread\":{\"type\":\"continue\"}"),
                                rig -> {}),
                        new AnsweredCall(
                                "invalid_request",
                                ask(endpoint, "gpt-oss-20b", ",\"thread\":{\"type\":\"create\"}"),
                                rig -> {}))
                : Stream.of();
        return Stream.concat(
                threads,
                Stream.of(
                        new AnsweredCall(
                                "previous_response_not_found",
                                ask(endpoint, "gpt-oss-20b", ",\"previous_response_id\":\"resp_1\""),
                                rig -> {}),
                        new AnsweredCall("invalid_request", Call.post(endpoint.path(), "{}"), rig -> {}),
                        new AnsweredCall("context_length_exceeded", ask(endpoint, "gpt-oss-20b", "", 4_100), rig -> {}),
                        new AnsweredCall("content_policy_violation", call, refusing(new Refusal.ContentRejected())),
                        new AnsweredCall(
                                "request_too_large", Call.post(endpoint.path(), new byte[(1 << 20) + 1]), rig -> {}),
                        new AnsweredCall("invalid_api_key", call.withoutKey(), rig -> {}),
                        new AnsweredCall("model_not_found", ask(endpoint, "nowhere", ""), rig -> {}),
                        new AnsweredCall("model_retired", ask(endpoint, "old-model", ""), rig -> {}),
                        new AnsweredCall("model_unavailable", call, refusing(new Refusal.NoRouteOpen())),
                        new AnsweredCall(
                                "model_overloaded", call, refusing(new Refusal.AllBusy(Duration.ofSeconds(7)))),
                        new AnsweredCall("service_unavailable", call, rig -> rig.keysDown = true),
                        new AnsweredCall("upstream_error", call, refusing(new Refusal.AttemptsFailed())),
                        new AnsweredCall("upstream_timeout", call, refusing(new Refusal.TimedOut())),
                        new AnsweredCall(
                                "server_error",
                                call,
                                rig -> rig.dispatcher = ApiRig.breaking(new IllegalStateException()))));
    }

    private static Consumer<ApiRig> refusing(Refusal refusal) {
        return rig -> rig.dispatcher = ApiRig.refusing(refusal);
    }

    private static Stream<AnsweredCall> models(String path) {
        Stream<AnsweredCall> all = Stream.of(
                new AnsweredCall("models", Call.get(path), rig -> {}),
                new AnsweredCall("new models", Call.get("/v1/models"), AnsweredCall::withNewModels),
                new AnsweredCall(
                        "invalid_api_key",
                        Call.get(path).withoutKey(),
                        rig -> rig.modelsAccess = ModelsAccess.KEY_HOLDERS),
                new AnsweredCall("service_unavailable", Call.get(path), rig -> rig.catalogDown = true));
        return path.equals("/v1/models")
                ? all
                : Stream.concat(
                        all,
                        Stream.of(
                                new AnsweredCall("model_not_found", Call.get("/v1/models/nowhere"), rig -> {}),
                                new AnsweredCall("model_retired", Call.get("/v1/models/old-model"), rig -> {})));
    }

    private static void withNewModels(ApiRig rig) {
        rig.aliases =
                Stream.of(State.DEGRADED, State.PAUSED).map(Fixtures::preview).toList();
    }

    private static Stream<AnsweredCall> counts() {
        String path = "/v1/messages/count_tokens";
        String messages = ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        Call call = Call.post(path, "{\"model\":\"gpt-oss-20b\"" + messages + "}");
        return Stream.of(
                new AnsweredCall("count", call, rig -> {}),
                new AnsweredCall("invalid_request", Call.post(path, "{}"), rig -> {}),
                new AnsweredCall(
                        "previous_response_not_found",
                        Call.post(path, "{\"model\":\"gpt-oss-20b\",\"previous_response_id\":\"r\"" + messages + "}"),
                        rig -> {}),
                new AnsweredCall(
                        "thread_not_found",
                        Call.post(
                                path, "{\"model\":\"gpt-oss-20b\",\"thread\":{\"type\":\"continue\"}" + messages + "}"),
                        rig -> {}),
                new AnsweredCall("request_too_large", Call.post(path, new byte[(1 << 20) + 1]), rig -> {}),
                new AnsweredCall("invalid_api_key", call.withoutKey(), rig -> {}),
                new AnsweredCall("service_unavailable", call, rig -> rig.keysDown = true),
                new AnsweredCall(
                        "model_not_found", Call.post(path, "{\"model\":\"nowhere\"" + messages + "}"), rig -> {}),
                new AnsweredCall(
                        "model_retired", Call.post(path, "{\"model\":\"old-model\"" + messages + "}"), rig -> {}));
    }

    private static Stream<AnsweredCall> others() {
        return Stream.of(
                new AnsweredCall("usage", Call.get("/v1/usage"), rig -> rig.plan = limited()),
                new AnsweredCall("invalid_api_key", Call.get("/v1/usage").withoutKey(), rig -> {}),
                new AnsweredCall("service_unavailable", Call.get("/v1/usage"), rig -> rig.usage.failing = call -> true),
                new AnsweredCall("health", Call.get("/health"), rig -> {}),
                new AnsweredCall("description", Call.get("/openapi.json"), rig -> {}),
                new AnsweredCall("page", Call.get("/"), rig -> {}),
                new AnsweredCall("page without models", Call.get("/"), rig -> rig.catalogDown = true));
    }

    private static Plan limited() {
        OptionalLong most = OptionalLong.of(9);
        Limits limits = new Limits(most, most, most, most);
        return new Plan("limited", limits, limits);
    }

    private static Call ask(Endpoint endpoint, String model, String more) {
        return ask(endpoint, model, more.contains("max_tokens") ? more : more + ",\"max_tokens\":50", 1);
    }

    private static Call ask(Endpoint endpoint, String model, String more, int words) {
        String text = "\"" + "word ".repeat(words) + "\"";
        String input = switch (endpoint) {
            case COMPLETIONS -> "\"prompt\":" + text;
            case RESPONSES -> "\"input\":" + text;
            case CHAT, MESSAGES -> "\"messages\":[{\"role\":\"user\",\"content\":" + text + "}]";
        };
        return Call.post(endpoint.path(), "{\"model\":\"" + model + "\"," + input + more + "}");
    }
}
