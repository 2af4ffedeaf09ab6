package network.cortensor.portal.emulated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of the deployment's chapter, word for word: its blocks that are marked as shell. */
record DeploymentText(String chapter) {
    private static final Pattern BLOCK = Pattern.compile("(?m)^ *```sh\\n(.*?)^ *```$", Pattern.DOTALL);

    static DeploymentText of(Path document) throws IOException {
        String text = Files.readString(document);
        int from = text.indexOf("\n## Deployment\n");
        int to = text.indexOf("\n## ", from + 1);
        if (from < 0 || to < 0) {
            throw new IllegalStateException(document + ": no chapter on deployment");
        }
        return new DeploymentText(text.substring(from, to));
    }

    /** @param words of one of its commands, which no other block has */
    String block(String words) {
        List<String> found = BLOCK.matcher(chapter)
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(words))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(words + ": in " + found.size() + " blocks (expected: 1)");
        }
        return found.getFirst();
    }
}
