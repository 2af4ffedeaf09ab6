package network.cortensor.portal.operator.doctor;

import java.util.List;
import java.util.Optional;

/** What this process runs on. */
final class ThisMachine {
    private ThisMachine() {}

    static List<CheckResult> findings() {
        return List.of(
                CheckResult.ok("portalctl", version()),
                CheckResult.ok("Java", Runtime.version().toString()));
    }

    /** A build that was not packaged has no version. */
    private static String version() {
        return Optional.ofNullable(ThisMachine.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }
}
