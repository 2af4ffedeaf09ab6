package network.cortensor.portal.runtime;

import java.io.IOException;
import java.io.OutputStream;

/** The answer to one invocation, from nothing to its end. */
final class InvocationAnswer implements ResponseStream {
    private sealed interface State {
        /** Nothing has been sent: the whole answer can still become an error. */
        record Unbegun() implements State {}

        /** Status and headers stand. */
        record Begun(StreamedResponse response) implements State {}

        /** Nothing more can be said. */
        record Over() implements State {}
    }

    private final RuntimeApi api;
    private final Invocation invocation;
    private State state = new State.Unbegun();

    InvocationAnswer(RuntimeApi api, Invocation invocation) {
        this.api = api;
        this.invocation = invocation;
    }

    @Override
    public OutputStream begin(Prelude prelude) throws IOException {
        return switch (state) {
            case State.Unbegun() -> {
                StreamedResponse response = api.respond(invocation, prelude);
                state = new State.Begun(response);
                yield response.body();
            }
            case State.Begun _ -> throw new IllegalStateException("the answer has begun already");
            case State.Over() -> throw new IllegalStateException("the invocation is over");
        };
    }

    @Override
    public void end() throws IOException {
        switch (state) {
            case State.Begun(StreamedResponse response) -> response.end();
            case State.Unbegun() -> throw new IllegalStateException("the answer has not begun");
            case State.Over() -> throw new IllegalStateException("the invocation is over");
        }
    }

    /** Whether the handler has said anything. */
    boolean begun() {
        return state instanceof State.Begun;
    }

    /** Ends the answer as a good one, which must have begun. */
    void finish() throws IOException {
        switch (leave()) {
            case State.Begun(StreamedResponse response) -> response.finish();
            case State.Unbegun() -> throw new IllegalStateException("the answer has not begun");
            case State.Over() -> throw new IllegalStateException("the invocation is over");
        }
    }

    /** Ends the answer as a failed one. */
    void fail(FunctionError error) throws IOException {
        switch (leave()) {
            case State.Begun(StreamedResponse response) -> response.breakOff(error);
            case State.Unbegun() -> api.call(new ApiCall.InvocationError(invocation, error));
            case State.Over() -> throw new IllegalStateException("the invocation is over");
        }
    }

    private State leave() {
        State last = state;
        state = new State.Over();
        return last;
    }
}
