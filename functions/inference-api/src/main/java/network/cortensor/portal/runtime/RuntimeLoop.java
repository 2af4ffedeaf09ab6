package network.cortensor.portal.runtime;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import network.cortensor.portal.runtime.Incident.Step;
import network.cortensor.portal.runtime.RuntimeConfig.Compute;
import network.cortensor.portal.time.Pause;

/**
 * The life of one Lambda environment:
 *
 * <pre>
 *   on demand           wire → invocations
 *   SnapStart           wire → hooks before the checkpoint → /restore/next → hooks after the restore → invocations
 *   Managed Instances   wire → /extension/register → N × invocations, each on a thread of its own
 *   invocations         (/invocation/next → handle → end of the answer)*
 * </pre>
 *
 * <p>A process may hold many environments, each with a loop and a thread of its own.
 */
public final class RuntimeLoop {

    /** Why a loop ended. */
    public enum End {
        /** It was shut down, or its thread was interrupted. */
        STOPPED(0),
        /** The Runtime API can no longer be reached. */
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
    private final Pause pause;
    private final Hooks hooks = new Hooks();
    private final CountDownLatch over = new CountDownLatch(1);

    public RuntimeLoop(RuntimeConfig config, InstantSource clock, Incidents incidents) {
        this(config, clock, incidents, Thread::sleep);
    }

    /** @param pause where the waits between two tries are spent */
    RuntimeLoop(RuntimeConfig config, InstantSource clock, Incidents incidents, Pause pause) {
        this.config = config;
        this.api = new RuntimeApi(config, clock);
        this.incidents = incidents;
        this.pause = pause;
    }

    /** Wires the function and serves it, on this thread or on threads that end before it. Never returns where all is well. Called once. */
    public End run(Wiring wiring) {
        try {
            return initialised(wiring);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                return End.STOPPED;
            }
            incidents.happened(new Incident(Step.API, Optional.empty(), e));
            return End.API_GONE;
        } finally {
            over.countDown();
        }
    }

    /**
     * Ends the environment in good order: asks for no further invocation, runs the hooks at the end, which make running invocations come to
     * theirs, and waits until they have. Called from another thread than {@link #run}, at any time.
     *
     * @param within the wait's bound
     */
    public void shutDown(Duration within) throws InterruptedException {
        api.close();
        try {
            hooks.runAtEnd();
        } catch (Throwable e) {
            incidents.happened(new Incident(Step.END, Optional.empty(), e));
        }
        if (!over.await(within.toNanos(), TimeUnit.NANOSECONDS)) {
            incidents.happened(new Incident(Step.END, Optional.empty(), new StillRunning()));
        }
    }

    /** Invocations were running when the time for their end was over. */
    static final class StillRunning extends IllegalStateException {
        StillRunning() {
            super("invocations still run");
        }
    }

    private End initialised(Wiring wiring) throws IOException {
        Handler handler;
        try {
            handler = wiring.wire(hooks);
        } catch (Throwable e) {
            return failed(Step.INIT, e);
        }
        return switch (config.compute()) {
            case Compute.OnDemand() -> invocations(handler).run();
            case Compute.SnapStart() -> restored(handler);
            case Compute.ManagedInstances(int concurrency) -> {
                becomeExtension();
                yield Lanes.run(concurrency, invocations(handler), api::close);
            }
        };
    }

    private InvocationLoop invocations(Handler handler) {
        return new InvocationLoop(api, handler, incidents, Backoff.PRODUCTION, pause);
    }

    /** Without it Lambda would kill this process with all its streams, and say nothing before. It serves all the same. */
    private void becomeExtension() {
        try {
            String identifier = api.registerExtension();
            Thread.ofVirtual().name("extension").start(() -> beReady(identifier));
        } catch (IOException e) {
            incidents.happened(new Incident(Step.API, Optional.empty(), e));
        }
    }

    private void beReady(String identifier) {
        try {
            api.awaitExtensionEvent(identifier);
        } catch (Parking.Closed e) {
            // The environment ends; that is what it waited for.
            return;
        } catch (IOException e) {
            incidents.happened(new Incident(Step.API, Optional.empty(), e));
        }
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
        return invocations(handler).run();
    }

    private End failed(Step step, Throwable cause) throws IOException {
        incidents.happened(new Incident(step, Optional.empty(), cause));
        api.call(new ApiCall.InitError(FunctionError.of(cause)));
        return End.INIT_FAILED;
    }
}
