package network.cortensor.portal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.operator.frame.Workplace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What commands say of themselves. */
class HelpTest {
    private static CommandLine tool() {
        return Portalctl.commandLine(
                new Workplace(Map.of(), "alice", InstantSource.system(), ScriptedTerminal.piped("")));
    }

    static Stream<String> commands() {
        return commands(tool()).map(command -> command.getCommandSpec().qualifiedName());
    }

    /** Every command below this one, those included that only hold others. */
    private static Stream<CommandLine> commands(CommandLine command) {
        return command.getSubcommands().values().stream()
                .flatMap(each -> Stream.concat(Stream.of(each), commands(each)));
    }

    /** An example that the tool does not understand teaches the wrong thing. */
    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasExamplesThatItUnderstands(String name) {
        CommandLine command = commands(tool())
                .filter(each -> each.getCommandSpec().qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(command.getCommandSpec().usageMessage().footerHeading()).contains("Examples");
        List<String> examples = Stream.of(
                        command.getCommandSpec().usageMessage().footer())
                .map(String::strip)
                .toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            String line = example.replaceFirst("^source <\\((.*)\\)$", "$1")
                    .replaceFirst("^.*\\| ", "")
                    .replaceFirst(" > .*$", "");
            assertThat(line).startsWith(name);
            String[] args = Stream.of(line.substring("portalctl ".length()).split(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
                    .map(word -> word.replace("\"", ""))
                    .toArray(String[]::new);
            tool().parseArgs(args);
        }
    }

    @Test
    void someKeysOfAResultCanBeChosen() throws Exception {
        String file = "src/test/resources/sessions/catalog.yaml";

        Operator.Outcome outcome = Operator.anywhere().run("validate", file, "--json", "--fields", "models,errors");
        assertThat(outcome.out().replaceAll("\\s", "")).isEqualTo("{\"models\":1,\"errors\":[]}");

        Operator.Outcome unknown = Operator.anywhere().run("validate", file, "--json", "--fields", "model");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("--fields: model: unknown (expected: some of file, errors, advice, models");
    }
}
