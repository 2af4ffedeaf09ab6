package network.cortensor.portal.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import network.cortensor.portal.health.RouterSight;
import network.cortensor.portal.health.RouterSight.SessionSeen;
import network.cortensor.portal.health.RouterSight.SessionSeen.Activity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.NotSent.Cause;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.router.RouterKeys.RouterKey;
import network.cortensor.portal.wire.Exchange;
import network.cortensor.portal.wire.ExchangeOutcome;
import network.cortensor.portal.wire.Request;
import network.cortensor.portal.wire.ResponseBody;
import network.cortensor.portal.wire.WireSettings;

/**
 * Takes looks at routers without asking for a completion: {@code /status} and {@code /sessions} of a Cortensor router, {@code /v1/models} of
 * an OpenAI-compatible server, each on a connection of its own. Safe for use by many threads.
 *
 * <p>What a router says is [client] knowledge and may be absent: many publish their completions only. So nothing but silence, and the
 * errors of what stands in front of it, means that a router is down.
 */
public final class LivenessProber {
    /** A list of some thousand sessions. */
    private static final int MOST_BYTES = 1024 * 1024;

    private final WireSettings wire;
    private final RouterKeys keys;
    private final Duration patience;

    /** @param patience for each of the at most two requests, from the look-up of the name to the end of the answer */
    public LivenessProber(WireSettings wire, RouterKeys keys, Duration patience) {
        this.wire = wire;
        this.keys = keys;
        this.patience = patience;
    }

    /** What one request brought. */
    private sealed interface Fetched {
        record Json(JsonNode json) implements Fetched {}

        record Nothing(RouterSight why) implements Fetched {}
    }

    /**
     * Looks once; blocks while it does.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public RouterSight look(URI routerUrl, Protocol protocol) throws InterruptedException {
        return switch (protocol) {
            case Protocol.Cortensor ignored -> cortensor(routerUrl);
            case Protocol.OpenAi ignored -> openAi(routerUrl);
        };
    }

    /** If the status cannot be read, the sessions may be readable. If nothing answers, nothing is asked again. */
    private RouterSight cortensor(URI routerUrl) throws InterruptedException {
        Fetched status = fetch(RouterPaths.health(routerUrl, "status"));
        if (status instanceof Fetched.Nothing(RouterSight why) && why instanceof RouterSight.Silent) {
            return why;
        }
        Fetched sessions = fetch(RouterPaths.health(routerUrl, "sessions"));
        return switch (status) {
            case Fetched.Json read -> new RouterSight.Seen(number(read.json(), "connected_miners"), sessions(sessions));
            case Fetched.Nothing nothing ->
                sessions(sessions)
                        .<RouterSight>map(listed -> new RouterSight.Seen(OptionalInt.empty(), Optional.of(listed)))
                        .orElse(nothing.why());
        };
    }

    private RouterSight openAi(URI routerUrl) throws InterruptedException {
        return switch (fetch(RouterPaths.openAi(routerUrl, "/models"))) {
            case Fetched.Json read -> new RouterSight.Seen(OptionalInt.empty(), models(read.json()));
            case Fetched.Nothing nothing -> nothing.why();
        };
    }

    /** Empty unless every session is listed: one that is on another page is not missing. */
    private static Optional<Map<String, SessionSeen>> sessions(Fetched fetched) {
        if (!(fetched instanceof Fetched.Json(JsonNode json))
                || !json.path("sessions").isArray()) {
            return Optional.empty();
        }
        JsonNode list = json.path("sessions");
        if (json.path("count").asInt(list.size()) != list.size()) {
            return Optional.empty();
        }
        Map<String, SessionSeen> sessions = new HashMap<>();
        for (JsonNode session : list) {
            Activity activity = session.path("active").asBoolean(true) ? Activity.ACTIVE : Activity.INACTIVE;
            sessions.put(
                    session.path("id").asText(),
                    new SessionSeen(
                            activity,
                            number(session, "miners_count"),
                            number(session, "active_tasks"),
                            owner(session)));
        }
        return Optional.of(sessions);
    }

    private static Optional<String> owner(JsonNode session) {
        return Optional.of(session.path("owner").asText("").strip().toLowerCase(Locale.ROOT))
                .filter(owner -> !owner.isEmpty());
    }

    private static Optional<Map<String, SessionSeen>> models(JsonNode json) {
        if (!json.path("data").isArray()) {
            return Optional.empty();
        }
        Map<String, SessionSeen> models = new HashMap<>();
        for (JsonNode model : json.path("data")) {
            models.put(model.path("id").asText(), new SessionSeen(Activity.ACTIVE, OptionalInt.empty()));
        }
        return Optional.of(models);
    }

    private static OptionalInt number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
    }

    private Fetched fetch(URI url) throws InterruptedException {
        return switch (keys.keyFor(url)) {
            case RouterKey.Bearer key ->
                fetch(Request.get(url, Map.of()).with("Authorization", "Bearer " + key.value()));
            case RouterKey.NotNeeded ignored -> fetch(Request.get(url, Map.of()));
            case RouterKey.Unavailable ignored -> unreadable(RouterSight.NO_CREDENTIAL);
        };
    }

    private Fetched fetch(Request request) throws InterruptedException {
        Instant by = wire.clock().instant().plus(patience);
        try (Exchange exchange = wire.exchange()) {
            Thread watch = Thread.ofVirtual().name("patience").start(() -> closeInTime(exchange));
            try {
                return read(exchange.send(request, by), request.url());
            } finally {
                watch.interrupt();
            }
        }
    }

    private void closeInTime(Exchange exchange) {
        try {
            Thread.sleep(patience);
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Fetched read(ExchangeOutcome reply, URI url) {
        return switch (reply) {
            case ExchangeOutcome.Failed failed -> nothing(failed.failure());
            case ExchangeOutcome.Answered answered when answered.status() == 200 -> json(answered.body());
            case ExchangeOutcome.Answered answered -> refused(answered.status(), url);
        };
    }

    private static Fetched json(ResponseBody body) {
        return switch (body.whole(MOST_BYTES)) {
            case ResponseBody.Whole.Text text ->
                Json.object(text.text()).<Fetched>map(Fetched.Json::new).orElseGet(() -> unreadable("no_json"));
            case ResponseBody.Whole.Broken broken -> nothing(broken.failure());
        };
    }

    private Fetched refused(int status, URI url) {
        if (status == 401) {
            keys.refused(url);
        }
        return switch (status) {
            case 502, 503, 504 -> silent("gateway_" + status);
            default -> unreadable("http_" + status);
        };
    }

    private static Fetched nothing(Failure failure) {
        return switch (failure) {
            case Failure.NotSent notSent when notSent.cause() == Cause.FORBIDDEN_ADDRESS -> unreadable(failure.kind());
            case Failure.NotSent _ -> silent(failure.kind());
            case Failure.ConnectionLost _, Failure.Cut _, Failure.DeadlinePassed _, Failure.GatewayError _ ->
                silent(failure.kind());
            case Failure.Unavailable _ -> silent(failure.kind());
            case Failure.Refused _,
                    Failure.Limited _,
                    Failure.RequestRejected _,
                    Failure.RouterError _,
                    Failure.NoResult _,
                    Failure.Pending _,
                    Failure.UnknownEnd _,
                    Failure.Mismatch _,
                    Failure.Oversized _,
                    Failure.InvalidCall _,
                    Failure.InvalidForm _,
                    Failure.Unintelligible _ -> unreadable(failure.kind());
        };
    }

    private static Fetched silent(String why) {
        return new Fetched.Nothing(new RouterSight.Silent(why));
    }

    private static Fetched unreadable(String why) {
        return new Fetched.Nothing(new RouterSight.Unreadable(why));
    }
}
