package network.cortensor.portal.operator;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.operator.frame.Workplace;
import network.cortensor.portal.time.Pause;

/** Somebody who runs commands of the tool within the test's process. */
public final class Operator {
    private final List<String> always;
    private ScriptedTerminal terminal = ScriptedTerminal.piped("");
    private InstantSource clock = InstantSource.system();
    private Pause pause = Thread::sleep;

    private Operator(List<String> always) {
        this.always = always;
    }

    /** Without any environment. */
    public static Operator anywhere() {
        return new Operator(List.of());
    }

    /** At an environment whose tables have the design's names after {@code prefix}. */
    public static Operator at(URI dynamo, String prefix) {
        return at("local", dynamo, prefix);
    }

    /** The same, and it is production, where credentials are wanted; the SDK finds these where every tool of AWS's would. */
    public static Operator atProduction(URI dynamo, String prefix) {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        System.setProperty("aws.region", "us-east-1");
        return at("prod", dynamo, prefix);
    }

    private static Operator at(String environment, URI dynamo, String prefix) {
        return new Operator(
                List.of("--environment", environment, "--endpoint-url", dynamo.toString(), "--table-prefix", prefix));
    }

    /** The next command's input and output. */
    public Operator with(ScriptedTerminal next) {
        terminal = next;
        return this;
    }

    /** Whoever waits here waits as {@code how} says. */
    public Operator waiting(InstantSource by, Pause how) {
        clock = by;
        pause = how;
        return this;
    }

    /** What came of a command. */
    public record Outcome(int exitCode, String out, String err) {}

    /** @param args the command, then its arguments; the environment's options are put behind */
    public Outcome run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(always);
        Workplace workplace = new Workplace(Map.of(), "alice", clock, terminal, pause);
        int exitCode = Portalctl.commandLine(workplace).execute(all.toArray(String[]::new));
        return new Outcome(exitCode, terminal.written(), terminal.complained());
    }
}
