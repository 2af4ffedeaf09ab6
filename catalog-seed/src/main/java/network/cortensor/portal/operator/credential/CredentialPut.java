package network.cortensor.portal.operator.credential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Report;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.EditOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Unconfirmed;
import network.cortensor.portal.operator.frame.Workplace;
import network.cortensor.portal.ssm.SsmRouterKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** {@code portalctl credential put}. */
@Command(
        name = "put",
        description = {
            "Puts a router's key into its SecureString. The key is typed unseen or piped in, and is never an argument.",
            "Type none for a router that wants no key. Functions read the new key within 5 minutes, or after a 401."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portalctl credential put router-3.example:5010 -e prod",
            "  echo none | portalctl credential put https://router-3.example -e dev"
        })
public final class CredentialPut implements Callable<Integer> {
    private static final String PARAMETER = "parameter";
    private static final String VERSION = "version";

    /** The most that a header can bear, and far more than any key has. */
    private static final int LONGEST = 4096;

    @Mixin
    private final CommonOptions common;

    @Mixin
    private final EditOptions edit;

    @Parameters(
            paramLabel = "HOST",
            description = "The router's host, with :PORT where it is not the scheme's own; or its whole URL.")
    private String host = "";

    public CredentialPut(Workplace workplace) {
        this.common = new CommonOptions(workplace);
        this.edit = new EditOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        Console console = common.console();
        console.expect(Set.of(PARAMETER, VERSION));
        try (Access access = common.open()) {
            String parameter = SsmRouterKeys.parameter(access.environment(), router(host));
            edit.confirm(access.environment(), console);
            String key = key(console);
            console.report(new Stored(parameter, version(access, parameter, key)));
        }
        return ExitCode.DONE.number();
    }

    private static long version(Access access, String parameter, String key) throws CommandStopped {
        try {
            return access.ssm()
                    .putParameter(put -> put.name(parameter)
                            .value(key)
                            .type(ParameterType.SECURE_STRING)
                            .overwrite(true))
                    .version();
        } catch (SdkException e) {
            throw Unconfirmed.of(e, 0, 1, "repeat the command");
        }
    }

    /** @param text {@code host}, {@code host:port}, or a URL of the router */
    private static String router(String text) throws CommandStopped {
        String router = text.toLowerCase(Locale.ROOT)
                .replaceFirst("^https://([^/:]+)(:443)?(/.*)?$", "$1")
                .replaceFirst("^http://([^/:]+)(:80)?(/.*)?$", "$1")
                .replaceFirst("^https?://([^/]+)(/.*)?$", "$1")
                .replace(':', '_');
        if (!router.matches("[a-z0-9][a-z0-9.-]*(_\\d{1,5})?")) {
            throw new CommandStopped(ExitCode.USAGE, "host: not a host (expected: HOST, HOST:PORT or a router's URL)");
        }
        return router;
    }

    private static String key(Console console) throws CommandStopped {
        String key = console.terminal().interactive()
                ? console.askSecret("The router's key (unseen):").orElse("")
                : piped(console);
        String stripped = key.strip();
        boolean fit = !stripped.isEmpty()
                && stripped.length() <= LONGEST
                && stripped.chars().allMatch(c -> c > ' ' && c < 127);
        if (!fit) {
            throw new CommandStopped(
                    ExitCode.USAGE, "key: nothing was written (expected: one line of printable ASCII without blanks)");
        }
        return stripped;
    }

    private static String piped(Console console) throws CommandStopped {
        try {
            return new String(console.terminal().in().readNBytes(LONGEST + 2), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandStopped(ExitCode.USAGE, "key: standard input cannot be read (expected: the key)");
        }
    }

    private record Stored(String parameter, long version) implements Report {
        @Override
        public void print(Console console) {
            console.line(parameter + ": version " + version + " written");
        }

        @Override
        public Object json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(PARAMETER, parameter);
            json.put(VERSION, version);
            return json;
        }
    }
}
