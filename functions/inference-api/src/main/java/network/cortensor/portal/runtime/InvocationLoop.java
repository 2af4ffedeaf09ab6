package network.cortensor.portal.runtime;

import java.io.IOException;
import java.util.Optional;
import network.cortensor.portal.runtime.Incident.Step;
import network.cortensor.portal.runtime.RuntimeLoop.End;
import network.cortensor.portal.time.Pause;

/**
 * Serves one invocation after the other: {@code (/invocation/next → handle → end of the answer)*}, all of it on one thread, so nothing of an
 * invocation is left when the next one is asked for.
 */
final class InvocationLoop {
    private final RuntimeApi api;
    private final Handler handler;
    private final Incidents incidents;
    private final Backoff backoff;
    private final Pause pause;

    InvocationLoop(RuntimeApi api, Handler handler, Incidents incidents, Backoff backoff, Pause pause) {
        this.api = api;
        this.handler = handler;
        this.incidents = incidents;
        this.backoff = backoff;
        this.pause = pause;
    }

    End run() {
        int failures = 0;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Invocation invocation = api.next();
                failures = 0;
                serve(invocation);
            } catch (Parking.Closed e) {
                return End.STOPPED;
            } catch (IOException e) {
                failures++;
                if (!Thread.currentThread().isInterrupted() && !patient(e, failures)) {
                    return End.API_GONE;
                }
            }
        }
        return End.STOPPED;
    }

    /** Reports the first failure in a row, and the last one if it is one too many. Otherwise waits before the next try. */
    private boolean patient(IOException failure, int failures) {
        boolean gone = !(failure instanceof Refused) && failures >= backoff.tries();
        if (failures == 1 || gone) {
            incidents.happened(new Incident(Step.API, Optional.empty(), failure));
        }
        if (gone) {
            return false;
        }
        try {
            pause.pause(backoff.wait(failures));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private void serve(Invocation invocation) {
        InvocationAnswer answer = new InvocationAnswer(api, invocation);
        Optional<FunctionError> error = handled(invocation, answer);
        try {
            if (error.isPresent()) {
                answer.fail(error.get());
            } else {
                answer.finish();
            }
        } catch (IOException e) {
            // This invocation is over, whatever became of it. If the Runtime API as a whole is gone, asking for the
            // next one says so.
            incidents.happened(new Incident(Step.RESPOND, Optional.of(invocation.requestId()), e));
        }
    }

    private Optional<FunctionError> handled(Invocation invocation, InvocationAnswer answer) {
        try {
            handler.handle(invocation, answer);
            if (answer.begun()) {
                return Optional.empty();
            }
            throw new NoAnswer();
        } catch (Throwable e) {
            // Errors too: a stack that overflowed is unwound by now, and the JVM ends by itself when its memory is
            // gone.
            incidents.happened(new Incident(Step.HANDLE, Optional.of(invocation.requestId()), e));
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(FunctionError.of(e));
        }
    }
}
