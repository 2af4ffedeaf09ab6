package network.cortensor.portal.testkit.router;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a router says of itself, its miners, sessions and tasks. {@code info}, {@code ping}, {@code about}, the list of a session's
 * tasks, {@code active_tasks} and the nodes' fields are assumed; the others are recorded.
 */
final class HealthPayloads {
    private static final String ROOT = "/api/v1/";
    private static final Pattern SESSION = Pattern.compile("sessions/([^/]+)");
    private static final Pattern TASKS = Pattern.compile("tasks/([^/]+)(?:/([^/]+))?");
    private static final String MINER = "0x00000000000000000000000000000000000000%02x";
    private static final int MINERS_PER_SESSION = 2;
    private static final int DONE = 4;
    private static final int COMMITTED = 3;

    private final SimulatedSessions sessions;

    HealthPayloads(SimulatedSessions sessions) {
        this.sessions = sessions;
    }

    /** Empty if there is no such route or thing. */
    Optional<String> at(String path) {
        if (!path.startsWith(ROOT)) {
            return Optional.empty();
        }
        String route = path.substring(ROOT.length());
        return switch (route) {
            case "info" -> Optional.of("{\"name\":\"cortensor-router\",\"version\":\"simulated\"}");
            case "ping" -> Optional.of("{\"message\":\"pong\"}");
            case "about" -> Optional.of("{\"about\":\"A simulated Cortensor router\"}");
            case "status" -> Optional.of(status());
            case "miners" -> Optional.of(miners());
            case "sessions" -> Optional.of(sessions(sessions.all()));
            default -> single(route);
        };
    }

    private Optional<String> single(String route) {
        Matcher session = SESSION.matcher(route);
        if (session.matches()) {
            return sessions.find(session.group(1)).map(List::of).map(HealthPayloads::sessions);
        }
        Matcher tasks = TASKS.matcher(route);
        if (!tasks.matches()) {
            return Optional.empty();
        }
        List<SessionTask> known =
                sessions.find(tasks.group(1)).map(SimulatedSession::tasks).orElse(List.of());
        if (tasks.group(2) == null) {
            return Optional.of(known.stream()
                    .map(HealthPayloads::task)
                    .collect(Collectors.joining(",", "{\"count\":" + known.size() + ",\"tasks\":[", "]}")));
        }
        return known.stream()
                .filter(task -> Long.toString(task.id().number()).equals(tasks.group(2)))
                .findFirst()
                .map(HealthPayloads::task);
    }

    private String status() {
        long active = sessions.all().stream().filter(HealthPayloads::isActive).count();
        return ("{\"active_sessions\":%d,\"connected_miners\":%d,\"cpu_usage\":1.0,\"memory_usage\":2.0,"
                        + "\"uptime\":86400}")
                .formatted(active, minerCount());
    }

    private String miners() {
        int count = minerCount();
        String nodes = IntStream.rangeClosed(1, count)
                .mapToObj(i -> "\"" + MINER.formatted(i) + "\":{\"type\":\"dedicated\"}")
                .collect(Collectors.joining(","));
        return "{\"nodes\":{%s},\"stats\":{\"dedicated_count\":%d,\"ephemeral_count\":0,\"total_count\":%d}}"
                .formatted(nodes, count, count);
    }

    /** A router without sessions has miners all the same. */
    private int minerCount() {
        List<SimulatedSession> all = sessions.all();
        return all.isEmpty()
                ? MINERS_PER_SESSION
                : all.stream().mapToInt(HealthPayloads::miners).sum();
    }

    private static String sessions(List<SimulatedSession> listed) {
        return listed.stream()
                .map(session -> "{\"id\":\"%s\",\"active\":%s,\"miners_count\":%d,\"owner\":\"%s\"%s}"
                        .formatted(
                                session.id(),
                                isActive(session),
                                miners(session),
                                session.settings().owner(),
                                tasks(session)))
                .collect(Collectors.joining(",", "{\"count\":" + listed.size() + ",\"sessions\":[", "]}"));
    }

    /** As recorded, a session without tasks says nothing of them. */
    private static String tasks(SimulatedSession session) {
        int tasks = session.counts().inFlight();
        return tasks == 0 ? "" : ",\"active_tasks\":" + tasks;
    }

    private static boolean isActive(SimulatedSession session) {
        return session.settings().activity() == SessionSettings.Activity.ACTIVE;
    }

    private static int miners(SimulatedSession session) {
        return session.counts().fault() == Fault.NO_MINERS ? 0 : MINERS_PER_SESSION;
    }

    private static String task(SessionTask task) {
        String miner = "\"" + MINER.formatted(1) + "\"";
        Optional<Instant> ended = task.ended();
        String data = ended.isPresent() ? PythonAsciiJson.quote(RouterSpeech.text(task.tokens())) : "";
        return ("{\"assigned_miners\":[%s],\"created_at\":%d,\"finished_at\":%d,"
                        + "\"results\":{\"data\":[%s],\"miners\":[%s]},\"status\":%d}")
                .formatted(
                        miner,
                        task.began().getEpochSecond(),
                        ended.map(Instant::getEpochSecond).orElse(0L),
                        data,
                        ended.isPresent() ? miner : "",
                        ended.isPresent() ? DONE : COMMITTED);
    }
}
