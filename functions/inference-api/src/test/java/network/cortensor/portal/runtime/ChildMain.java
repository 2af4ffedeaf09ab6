package network.cortensor.portal.runtime;

import java.io.IOException;
import java.time.InstantSource;

/** A function of one class, started in a process of its own. The variable {@code FAILS_AT} names the step that it fails at. */
final class ChildMain {
    private ChildMain() {}

    public static void main(String[] args) {
        RuntimeLoop loop = new RuntimeLoop(
                RuntimeConfig.of(System.getenv()),
                InstantSource.system(),
                incident -> System.out.println("incident " + incident.step()));
        System.exit(loop.run(ChildMain::wire).exitStatus());
    }

    private static Handler wire(Hooks hooks) throws IOException {
        step("init");
        hooks.beforeCheckpoint(() -> step("checkpoint"));
        hooks.afterRestore(() -> step("restore"));
        return (invocation, response) -> {
            step("handle");
            Answers.echo(invocation, response);
        };
    }

    private static void step(String name) throws IOException {
        System.out.println(name);
        if (name.equals(System.getenv("FAILS_AT"))) {
            throw new IOException("secret");
        }
    }
}
