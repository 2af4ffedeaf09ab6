package network.cortensor.portal.runtime;

/** One call of the Runtime API, version 2018-06-01: sent whole, or streamed. */
sealed interface ApiCall {
    String BASE = "/2018-06-01/runtime";

    String path();

    /** A question, or a report that is known when it is sent. */
    sealed interface Whole extends ApiCall {}

    /** Asks for something and waits for it without limit: Lambda may freeze the process meanwhile. */
    sealed interface Question extends Whole {}

    /** Says that something failed. */
    sealed interface Report extends Whole {
        FunctionError error();
    }

    /** The next invocation. */
    record NextInvocation() implements Question {
        @Override
        public String path() {
            return BASE + "/invocation/next";
        }
    }

    /** Ready for the snapshot; answered once the environment has been restored from it. */
    record NextRestore() implements Question {
        @Override
        public String path() {
            return BASE + "/restore/next";
        }
    }

    /** An error instead of a response. */
    record InvocationError(String requestId, FunctionError error) implements Report {
        @Override
        public String path() {
            return BASE + "/invocation/" + requestId + "/error";
        }
    }

    /** The environment could not start, or could not be made ready for its snapshot. */
    record InitError(FunctionError error) implements Report {
        @Override
        public String path() {
            return BASE + "/init/error";
        }
    }

    /** The environment could not go on after the restore. */
    record RestoreError(FunctionError error) implements Report {
        @Override
        public String path() {
            return BASE + "/restore/error";
        }
    }

    /** A response whose chunks go out as they are written. */
    record Response(String requestId) implements ApiCall {
        @Override
        public String path() {
            return BASE + "/invocation/" + requestId + "/response";
        }
    }
}
