package network.cortensor.portal.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A function of one class, started in a process of its own. The variable {@code FAILS_AT} names the step that it fails at. */
final class ChildMain {
    /** An event whose answer begins and does not end. */
    static final String ENDLESS = "endless";

    private ChildMain() {}

    /** Starts it. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildMain.class.getName());
    }

    public static void main(String[] args) {
        RuntimeLoop loop = new RuntimeLoop(
                RuntimeConfig.of(System.getenv()),
                InstantSource.system(),
                incident -> System.out.println("incident " + incident.step()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(loop)));
        System.exit(loop.run(ChildMain::wire).exitStatus());
    }

    private static void shutDown(RuntimeLoop loop) {
        try {
            loop.shutDown(Duration.ofMillis(500));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Handler wire(Hooks hooks) throws IOException {
        step("init");
        hooks.beforeCheckpoint(() -> step("checkpoint"));
        hooks.afterRestore(() -> step("restore"));
        CountDownLatch end = new CountDownLatch(1);
        hooks.atEnd(() -> {
            step("end");
            end.countDown();
        });
        return (invocation, response) -> {
            step("handle");
            if (new String(invocation.event().bytes(), StandardCharsets.UTF_8).equals(ENDLESS)) {
                response.begin(Answers.OK).write(Answers.bytes("first"));
                end.await();
                throw new IOException("the end");
            }
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
