package network.cortensor.portal.testkit.router;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import network.cortensor.portal.testkit.http.CannedReply;
import network.cortensor.portal.testkit.http.PeerRequest;

/**
 * Steers a running simulator over its own port. No key is needed.
 *
 * <pre>
 * PUT    /_control/sessions/{id}   {"fault":"hang","latencyMillis":200,"tokensPerSecond":50}
 * DELETE /_control/sessions/{id}
 * GET    /_control                 {"sessions":[{"sessionId":168,"served":3,"inFlight":0,"maxInFlight":1,"fault":"none","faultsHit":0}]}
 * PUT    /_control/power           {"state":"down"}
 * </pre>
 *
 * <p>PUT replaces all settings of the session: what the body leaves out is as at the start ({@link ControlBody} lists the fields).
 * DELETE takes them back. Power {@code down} is the nearest thing to a killed router that still takes orders: tasks die, and every
 * connection is reset as soon as its request shows that it is no control request; {@code up} revives it.
 */
final class Control {
    private static final String ROOT = "/_control";
    private static final String SESSIONS = ROOT + "/sessions/";
    private static final String POWER = ROOT + "/power";

    private final SimulatedSessions sessions;
    private final Keys keys;
    private final Consumer<Upstream.Power> power;

    Control(SimulatedSessions sessions, Keys keys, Consumer<Upstream.Power> power) {
        this.sessions = sessions;
        this.keys = keys;
        this.power = power;
    }

    /** What sessions are called, and which faults they know. */
    enum Keys {
        /** Cortensor: sessions are integers, and all faults occur. */
        NUMBERS,
        /** OpenAI-compatible: sessions are models' names, and what only a Cortensor router does cannot be set. */
        NAMES
    }

    static boolean isFor(PeerRequest request) {
        return request.path().equals(ROOT) || request.path().startsWith(ROOT + "/");
    }

    CannedReply answer(PeerRequest request) {
        try {
            return route(request);
        } catch (InvalidControl e) {
            return CannedReply.json("400 Bad Request", "{\"error\":" + PythonAsciiJson.quote(e.reason()) + "}");
        }
    }

    private CannedReply route(PeerRequest request) throws InvalidControl {
        String path = request.path();
        return switch (request.method()) {
            case "GET" -> path.equals(ROOT) ? ok(list()) : unknown();
            case "PUT" -> path.startsWith(SESSIONS) || path.equals(POWER) ? put(path, request.body()) : unknown();
            case "DELETE" -> path.startsWith(SESSIONS) ? clear(path) : unknown();
            default -> CannedReply.json("405 Method Not Allowed", "{\"error\":\"GET, PUT and DELETE only\"}");
        };
    }

    private CannedReply put(String path, String body) throws InvalidControl {
        if (path.equals(POWER)) {
            power.accept(ControlBody.power(body));
            return ok("{}");
        }
        String id = id(path);
        SessionSettings settings = ControlBody.settings(body, sessions.initial());
        if (keys == Keys.NAMES && ServerErrors.UNKNOWN_FAULTS.contains(settings.fault())) {
            throw new InvalidControl(
                    "fault: " + settings.fault().word() + " (expected: one that an OpenAI-compatible server can have)");
        }
        sessions.at(id).set(settings);
        return ok("{}");
    }

    private CannedReply clear(String path) throws InvalidControl {
        sessions.find(id(path)).ifPresent(SimulatedSession::clear);
        return ok("{}");
    }

    private String id(String path) throws InvalidControl {
        String id = URLDecoder.decode(path.substring(SESSIONS.length()), StandardCharsets.UTF_8);
        if (id.isEmpty() || (keys == Keys.NUMBERS && !id.matches("[0-9]{1,18}"))) {
            throw new InvalidControl(
                    "session: '" + id + "' (expected: " + (keys == Keys.NUMBERS ? "an integer)" : "a name)"));
        }
        return keys == Keys.NUMBERS ? Long.toString(Long.parseLong(id)) : id;
    }

    private String list() {
        return sessions.all().stream()
                .map(SimulatedSession::counts)
                .map(this::json)
                .collect(Collectors.joining(",", "{\"sessions\":[", "]}"));
    }

    private String json(SessionCounts counts) {
        String id = keys == Keys.NUMBERS ? counts.session() : PythonAsciiJson.quote(counts.session());
        return "{\"sessionId\":%s,\"served\":%d,\"inFlight\":%d,\"maxInFlight\":%d,\"fault\":\"%s\",\"faultsHit\":%d}"
                .formatted(
                        id,
                        counts.served(),
                        counts.inFlight(),
                        counts.maxInFlight(),
                        counts.fault().word(),
                        counts.faultsHit());
    }

    private static CannedReply ok(String body) {
        return CannedReply.json("200 OK", body);
    }

    private static CannedReply unknown() throws InvalidControl {
        throw new InvalidControl(
                "path (expected: GET /_control, PUT or DELETE /_control/sessions/{id}, PUT /_control/power)");
    }

    /** A control request that makes no sense; the message goes to its sender. */
    static final class InvalidControl extends Exception {
        private static final long serialVersionUID = 1;
        private final String reason;

        InvalidControl(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
