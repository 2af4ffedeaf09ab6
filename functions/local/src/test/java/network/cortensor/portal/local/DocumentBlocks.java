package network.cortensor.portal.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of code of a document. */
final class DocumentBlocks {
    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("portal.root"), "portal.root"));

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\\n(.*?)^```$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /** How a line begins that a reader types although no {@code $} stands before it. */
    private static final Set<String> PROGRAMS = Set.of("mvn", "npm", "npx", "cd", "catalog-seed/portalctl");

    /** The languages of blocks that may hold commands. */
    private static final Set<String> COMMANDS = Set.of("", "sh");

    private DocumentBlocks() {}

    /**
     * A command with what it shows.
     *
     * @param command on one line, without comment
     * @param output empty if the document shows none
     */
    record Shown(String command, String output) {}

    /** Every command that a document tells its reader to type, in its order. */
    static List<Shown> commands(Path document) {
        List<Shown> commands = new ArrayList<>();
        Matcher block = BLOCK.matcher(text(document));
        while (block.find()) {
            if (COMMANDS.contains(block.group(1))) {
                addCommands(block.group(2).replaceAll("\\\\\\n\\s*", ""), commands);
            }
        }
        return commands;
    }

    /** The languages of the blocks that hold no commands. */
    static Set<String> languages(Path document) {
        Set<String> languages = new TreeSet<>();
        Matcher block = BLOCK.matcher(text(document));
        while (block.find()) {
            languages.add(block.group(1));
        }
        languages.removeAll(COMMANDS);
        return languages;
    }

    private static void addCommands(String block, List<Shown> commands) {
        boolean any = false;
        for (String line : block.lines().toList()) {
            boolean prompted = line.startsWith("$ ");
            if (prompted || PROGRAMS.contains(line.split(" ", 2)[0])) {
                commands.add(new Shown(
                        line.substring(prompted ? 2 : 0)
                                .replaceFirst("\\s+#.*", "")
                                .strip(),
                        ""));
                any = true;
            } else if (any) {
                Shown last = commands.removeLast();
                commands.add(new Shown(last.command(), last.output() + line + "\n"));
            }
        }
    }

    /** As a shell splits a line, as far as the documents need it. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }

    static String text(Path file) {
        try {
            return Files.readString(ROOT.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
