package network.cortensor.portal.testkit.router;

import java.net.URI;
import java.util.Optional;
import network.cortensor.portal.testkit.http.Answer;
import network.cortensor.portal.testkit.http.CannedReply;
import network.cortensor.portal.testkit.http.HttpHandler;
import network.cortensor.portal.testkit.http.HttpServer;
import network.cortensor.portal.testkit.http.PeerRequest;

/** What both simulators are made of: a server, its sessions, their control, and the work on tasks. Safe for use by many threads. */
final class Upstream {
    private final SimulatedSessions sessions;
    private final Control control;
    private final SimulatorSurroundings surroundings;
    private final HttpHandler routes;
    private final HttpServer server;
    private volatile Power power = Power.UP;

    /** Whether it answers anything but control requests. */
    enum Power {
        UP,
        DOWN
    }

    /** @param routes what it serves beside its control */
    Upstream(
            int port,
            SimulatedSessions sessions,
            Control.Keys keys,
            SimulatorSurroundings surroundings,
            HttpHandler routes) {
        this.sessions = sessions;
        this.control = new Control(sessions, keys, this::power);
        this.surroundings = surroundings;
        this.routes = routes;
        this.server = HttpServer.start(port, this::handle);
    }

    /** Lets a session work on a request, until its task ends. */
    static void serve(SimulatedSession session, AnswerScript script, Answer answer, SimulatorSurroundings surroundings)
            throws InterruptedException {
        Encounter encounter = session.receive(script.shape());
        Fault fault = encounter.fault();
        if (fault == Fault.REFUSE) {
            answer.hangUp();
        } else if (fault.strikesBeforeTask()) {
            CannedReply refusal = script.barren(fault, new TaskId(session.id(), 0), encounter.turn());
            answer.send(new Canary(encounter.settings().canary()).in(refusal));
        } else {
            Performance.run(session.begin(script, encounter), session, answer, surroundings.pause());
        }
    }

    static boolean admits(Optional<String> key, PeerRequest request) {
        return key.isEmpty()
                || request.header("Authorization")
                        .filter(("Bearer " + key.get())::equals)
                        .isPresent();
    }

    SimulatedSessions sessions() {
        return sessions;
    }

    HttpServer server() {
        return server;
    }

    URI url() {
        return server.url();
    }

    private void power(Power value) {
        power = value;
        if (value == Power.DOWN) {
            sessions.abortTasks();
        }
    }

    private void handle(PeerRequest request, Answer answer) throws InterruptedException {
        if (Control.isFor(request)) {
            answer.send(control.answer(request));
        } else if (power == Power.DOWN) {
            answer.reset();
        } else {
            surroundings.listener().received(request);
            routes.handle(request, answer);
        }
    }
}
