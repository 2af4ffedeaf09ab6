package network.cortensor.portal.operator.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A session as it is written down: commands behind {@code $ portalctl}, what is typed when they ask behind {@code <}, and between them what the terminal
 * shows.
 *
 * @param typed for each command, the lines that are typed
 * @param shown everything that is seen, typed answers included where they are echoed
 */
record WrittenSession(List<String> commands, List<List<String>> typed, String shown) {
    private static final String TYPED = "< ";

    /** Keys and ids are drawn at random; they stay as wide as they are. */
    private static final Pattern RANDOM = Pattern.compile("(?<=ctk_local_)[0-9A-Za-z_]+|(?<=key-)[0-9a-f]{16}");

    static WrittenSession read(Path file) throws IOException {
        List<String> commands = new ArrayList<>();
        List<List<String>> typed = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.startsWith(TYPED)) {
                typed.getLast().add(line.substring(TYPED.length()));
            } else {
                if (line.startsWith(SessionShell.PROMPT)) {
                    commands.add(line.substring(SessionShell.PROMPT.length()));
                    typed.add(new ArrayList<>());
                }
                shown.add(line);
            }
        }
        return new WrittenSession(commands, typed, String.join("\n", shown).strip());
    }

    /** What was seen, with what is random made alike, and what was typed put back behind its command. */
    String written(String seen) {
        StringBuilder written = new StringBuilder();
        int command = -1;
        for (String line : alike(seen).split("\n", -1)) {
            written.append(line.stripTrailing()).append('\n');
            if (line.startsWith(SessionShell.PROMPT)) {
                command++;
                typed.get(command)
                        .forEach(answer -> written.append(TYPED).append(answer).append('\n'));
            }
        }
        return written.toString().strip() + "\n";
    }

    static String alike(String seen) {
        return RANDOM.matcher(seen).replaceAll(drawn -> "x".repeat(drawn.group().length()));
    }
}
