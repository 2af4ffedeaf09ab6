package network.cortensor.portal.operator.keys;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.CommonOptions;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.operator.frame.Workplace;
import network.cortensor.portal.operator.keys.KeyRow.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portalctl keys list}. */
@Command(
        name = "list",
        description = "Lists keys, by customer. None of them can be read from the table: it has their hashes.",
        footerHeading = "%nExamples:%n",
        footer = {"  portalctl keys list -e prod --customer acme", "  portalctl keys list -e prod --all --json"})
final class ListKeys implements Callable<Integer> {
    private final Workplace workplace;

    @Mixin
    private final CommonOptions options;

    @Option(names = "--customer", paramLabel = "NAME", description = "Of this customer only.")
    private Optional<String> customer = Optional.empty();

    @Option(names = "--plan", paramLabel = "NAME", description = "On this plan only.")
    private Optional<String> plan = Optional.empty();

    @Option(names = "--all", description = "Show revoked and expired keys too.")
    private boolean all;

    ListKeys(Workplace workplace) {
        this.workplace = workplace;
        this.options = new CommonOptions(workplace);
    }

    @Override
    public Integer call() throws CommandStopped {
        try (Access access = options.open()) {
            ApiKeysTable.Contents contents = KeyCommands.register(access).contents();
            KeyList list = new KeyList(
                    chosen(contents).toList(), contents, workplace.clock().instant());
            options.console().report(list);
            return list.problems().isEmpty() ? ExitCode.DONE.number() : ExitCode.FOUND.number();
        }
    }

    private Stream<KeyRow> chosen(ApiKeysTable.Contents contents) {
        return contents.keys().stream()
                .filter(row -> is(row, KeyItems.CUSTOMER, customer) && is(row, KeyItems.PLAN, plan))
                .filter(row -> all || isOpen(row, contents))
                .sorted(Comparator.comparing((KeyRow row) -> row.text(KeyItems.CUSTOMER))
                        .thenComparing(row -> row.text(KeyItems.CREATED_AT))
                        .thenComparing(row -> row.text(KeyItems.KEY_ID)));
    }

    private static boolean is(KeyRow row, String field, Optional<String> wanted) {
        return wanted.isEmpty() || row.text(field).equals(wanted.get());
    }

    private boolean isOpen(KeyRow row, ApiKeysTable.Contents contents) {
        Standing standing = row.standing(
                contents.plan(row.text(KeyItems.PLAN)), workplace.clock().instant());
        return switch (standing) {
            case ACTIVE, BROKEN -> true;
            case EXPIRED, REVOKED -> false;
        };
    }
}
