package network.cortensor.portal.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One call of Lambda's APIs, sent whole, or streamed: the Runtime API, version 2018-06-01, and the Extensions API, version 2020-01-01. */
sealed interface ApiCall {
    String RUNTIME = "/2018-06-01/runtime";
    String EXTENSION = "/2020-01-01/extension";

    String path();

    /** The header fields that only this call has, each with its line end. */
    default String fields() {
        return "";
    }

    /** A question, or a report that is known when it is sent. */
    sealed interface Whole extends ApiCall {}

    /** Asks for something and waits for it without limit: Lambda may freeze the process meanwhile. */
    sealed interface Question extends Whole {}

    /** Tells something. */
    sealed interface Report extends Whole {
        byte[] json();
    }

    /** Says that something failed. */
    sealed interface ErrorReport extends Report {
        FunctionError error();

        @Override
        default byte[] json() {
            return error().json();
        }

        @Override
        default String fields() {
            return "Lambda-Runtime-Function-Error-Type: " + error().type() + "\r\n";
        }
    }

    /** The next invocation. */
    record NextInvocation() implements Question {
        @Override
        public String path() {
            return RUNTIME + "/invocation/next";
        }
    }

    /** Ready for the snapshot; answered once the environment has been restored from it. */
    record NextRestore() implements Question {
        @Override
        public String path() {
            return RUNTIME + "/restore/next";
        }
    }

    /**
     * This process is an extension, too, which wants no events: an internal extension may have none, and its presence is enough for Lambda to
     * say that the environment ends (SIGTERM) before it kills.
     */
    record RegisterExtension() implements Report {
        @Override
        public String path() {
            return EXTENSION + "/register";
        }

        @Override
        public String fields() {
            return "Lambda-Extension-Name: portal\r\n";
        }

        @Override
        public byte[] json() {
            return "{\"events\":[]}".getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * The extension is ready. Not answered as long as the environment lives.
     *
     * @param identifier from the registration
     */
    record NextExtensionEvent(String identifier) implements Question {
        @Override
        public String path() {
            return EXTENSION + "/event/next";
        }

        @Override
        public String fields() {
            return "Lambda-Extension-Identifier: " + identifier + "\r\n";
        }
    }

    /** An error instead of a response. */
    record InvocationError(Invocation invocation, FunctionError error) implements ErrorReport {
        @Override
        public String path() {
            return RUNTIME + "/invocation/" + invocation.requestId() + "/error";
        }

        @Override
        public String fields() {
            return ErrorReport.super.fields() + echo(invocation.invocationId());
        }
    }

    /** The environment could not start, or could not be made ready for its snapshot. */
    record InitError(FunctionError error) implements ErrorReport {
        @Override
        public String path() {
            return RUNTIME + "/init/error";
        }
    }

    /** The environment could not go on after the restore. */
    record RestoreError(FunctionError error) implements ErrorReport {
        @Override
        public String path() {
            return RUNTIME + "/restore/error";
        }
    }

    /** A response whose chunks go out as they are written. */
    record Response(Invocation invocation) implements ApiCall {
        @Override
        public String path() {
            return RUNTIME + "/invocation/" + invocation.requestId() + "/response";
        }

        @Override
        public String fields() {
            return echo(invocation.invocationId());
        }
    }

    private static String echo(Optional<String> invocationId) {
        return invocationId
                .map(id -> "Lambda-Runtime-Invocation-Id: " + id + "\r\n")
                .orElse("");
    }
}
