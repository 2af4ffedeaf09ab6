package network.cortensor.portal.operator.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.operator.Portalctl;
import network.cortensor.portal.operator.console.SystemTerminal;
import network.cortensor.portal.operator.frame.Workplace;

/**
 * A shell for sessions: runs commands from a file one after the other in one process, on this process's own terminal, and shows each as it would stand at a
 * prompt. Its clock stands still, but for waits, which are over at once, and a minute after each command.
 */
public final class SessionShell {
    static final String PROMPT = "$ portalctl ";
    static final String EXIT = "[exit code ";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private static Instant now = Instant.EPOCH;

    private SessionShell() {}

    public static void main(String[] args) throws IOException {
        now = Instant.parse(args[1]);
        SystemTerminal terminal = new SystemTerminal(System.in, SystemTerminal.Ends.ALL, "xterm");
        Workplace workplace =
                new Workplace(System.getenv(), "alice", () -> now, terminal, pause -> now = now.plus(pause));
        for (String command : Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8)) {
            terminal.out().println(PROMPT + command);
            int code = Portalctl.commandLine(workplace).execute(words(command).toArray(String[]::new));
            terminal.out().flush();
            if (code != 0) {
                terminal.out().println(EXIT + code + "]");
            }
            terminal.out().println();
            now = now.plus(Duration.ofMinutes(1));
        }
        System.exit(0);
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }
}
