package network.cortensor.portal.runtime;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import network.cortensor.portal.runtime.Incident.Step;

/**
 * The life of one Lambda environment:
 *
 * <pre>
 *   wire → [hooks before the checkpoint → /restore/next → hooks after the restore] → (/invocation/next → handle → end of the answer)*
 * </pre>
 *
 * <p>What stands in brackets happens under SnapStart only. One thread does all of it, so nothing of an invocation is left when the next
 * one is asked for. A process may hold many environments, each with a loop and a thread of its own.
 */
public final class RuntimeLoop {

    /** Why a loop ended. */
    public enum End {
        /** Its thread was interrupted. */
        STOPPED(0),
        /** The Runtime API refused or no longer answers. */
        API_GONE(1),
        /** The wiring or a hook before the checkpoint failed. */
        INIT_FAILED(1),
        /** A hook after the restore failed. */
        RESTORE_FAILED(1);

        private final int exitStatus;

        End(int exitStatus) {
            this.exitStatus = exitStatus;
        }

        /** What the process says when it ends for this. */
        public int exitStatus() {
            return exitStatus;
        }
    }

    private final RuntimeConfig config;
    private final RuntimeApi api;
    private final Incidents incidents;
    private final Hooks hooks = new Hooks();

    public RuntimeLoop(RuntimeConfig config, InstantSource clock, Incidents incidents) {
        this.config = config;
        this.api = new RuntimeApi(config, clock);
        this.incidents = incidents;
    }

    /** Wires the function and serves it on this thread. Never returns where all is well. Called once. */
    public End run(Wiring wiring) {
        try {
            return initialised(wiring);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                return End.STOPPED;
            }
            incidents.happened(new Incident(Step.API, Optional.empty(), e));
            return End.API_GONE;
        }
    }

    private End initialised(Wiring wiring) throws IOException {
        Handler handler;
        try {
            handler = wiring.wire(hooks);
        } catch (Throwable e) {
            return failed(Step.INIT, e);
        }
        return switch (config.initialization()) {
            case DIRECT -> serve(handler);
            case SNAP_START -> restored(handler);
        };
    }

    private End restored(Handler handler) throws IOException {
        try {
            hooks.runBeforeCheckpoint();
        } catch (Throwable e) {
            return failed(Step.CHECKPOINT, e);
        }
        api.call(new ApiCall.NextRestore());
        try {
            hooks.runAfterRestore();
        } catch (Throwable e) {
            incidents.happened(new Incident(Step.RESTORE, Optional.empty(), e));
            api.call(new ApiCall.RestoreError(FunctionError.of(e)));
            return End.RESTORE_FAILED;
        }
        return serve(handler);
    }

    private End failed(Step step, Throwable cause) throws IOException {
        incidents.happened(new Incident(step, Optional.empty(), cause));
        api.call(new ApiCall.InitError(FunctionError.of(cause)));
        return End.INIT_FAILED;
    }

    private End serve(Handler handler) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            serve(handler, api.next());
        }
        return End.STOPPED;
    }

    private void serve(Handler handler, Invocation invocation) {
        Answer answer = new Answer(api, invocation);
        Optional<FunctionError> error = handled(handler, invocation, answer);
        try {
            if (error.isPresent()) {
                answer.fail(error.get());
            } else {
                answer.finish();
            }
        } catch (IOException e) {
            // If the Runtime API as a whole is gone, asking for the next invocation says so.
            incidents.happened(new Incident(Step.RESPOND, Optional.of(invocation.requestId()), e));
        }
    }

    private Optional<FunctionError> handled(Handler handler, Invocation invocation, Answer answer) {
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
