package network.cortensor.portal.testkit.lambda;

/** What environments do at the Runtime API, as it happens. */
public sealed interface RuntimeCall {
    /** An environment is free and waits for an invocation. */
    record NextAsked() implements RuntimeCall {}

    /** An environment got this invocation. */
    record NextAnswered(String requestId) implements RuntimeCall {}

    /** The head of a response has come; its body follows. */
    record ResponseBegun(String requestId) implements RuntimeCall {}

    /** The body has come to its end without error trailers. */
    record ResponseEnded(String requestId) implements RuntimeCall {}

    /** The body has ended with error trailers, or its connection was lost. */
    record ResponseBroken(String requestId, ReportedError error) implements RuntimeCall {}

    /** An error instead of a response. */
    record ErrorPosted(String requestId, ReportedError error) implements RuntimeCall {}

    /** The environment could not start, or could not be made ready for its snapshot. */
    record InitFailed(ReportedError error) implements RuntimeCall {}

    /** The environment is ready for its snapshot and waits to be restored. */
    record RestoreAsked() implements RuntimeCall {}

    /** The environment was told that it has been restored. */
    record Restored() implements RuntimeCall {}

    /** The environment could not go on after the restore. */
    record RestoreFailed(ReportedError error) implements RuntimeCall {}

    /** The environment's process has become an extension, too. */
    record ExtensionRegistered(String name) implements RuntimeCall {}

    /** The extension waits for its events. */
    record ExtensionReady(String name) implements RuntimeCall {}

    /** A call for an invocation that is over, or that another invocation has taken the request id of: it was told 410. */
    record Gone(String requestId) implements RuntimeCall {}
}
