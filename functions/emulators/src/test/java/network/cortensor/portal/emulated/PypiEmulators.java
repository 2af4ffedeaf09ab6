package network.cortensor.portal.emulated;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Emulators of AWS that PyPI has. Each is pinned, and so is what its newest companions would break (see {@code findings/} in the project's
 * folder); faults that it is known for stand in {@code known-faults/<name>-<version>.txt}.
 */
enum PypiEmulators {
    MINISTACK("ministack", "1.5.33", 10, "ministack==1.5.33", "-m ministack"),
    MOTO("moto", "5.2.5", 10, "moto[server]==5.2.5", "-m moto.server -H 127.0.0.1 -p PORT"),
    /** Its source is written for Python 3.12, whatever its metadata say. */
    LOCALSTACK(
            "localstack",
            "4.14.0",
            12,
            "localstack-core[runtime]==4.14.0 cbor2<6 pyopenssl==25.3.0 cryptography<47 service-identity<26",
            "-m localstack.runtime.main");

    private final String packageName;
    private final String version;
    private final int leastPython;
    private final String requirements;
    private final String command;

    PypiEmulators(String packageName, String version, int leastPython, String requirements, String command) {
        this.packageName = packageName;
        this.version = version;
        this.leastPython = leastPython;
        this.requirements = requirements;
        this.command = command;
    }

    /** As in {@code moto-5.2.5}. */
    String title() {
        return packageName + "-" + version;
    }

    /** The minor version of Python 3 that it needs at least. */
    int leastPython() {
        return leastPython;
    }

    /** As pip takes them. */
    List<String> requirements() {
        return List.of(requirements.split(" "));
    }

    /** What Python is started with. */
    List<String> command(int port) {
        return Stream.concat(Stream.of("-u"), Stream.of(command.split(" ")))
                .map(word -> word.equals("PORT") ? Integer.toString(port) : word)
                .toList();
    }

    /** @param root what it takes for the root of the file system */
    void prepare(Path root) throws IOException {
        switch (this) {
            case MINISTACK, MOTO -> {}
            case LOCALSTACK -> LocalStackDynamo.lay(root);
        }
    }

    /** On loopback alone, and without asking anybody for anything. */
    Map<String, String> environment(int port) {
        return switch (this) {
            case MINISTACK ->
                Map.of("GATEWAY_PORT", Integer.toString(port), "BIND_HOST", "127.0.0.1", "LOG_LEVEL", "WARNING");
            case MOTO -> Map.of();
            case LOCALSTACK ->
                Map.of(
                        "GATEWAY_LISTEN", "127.0.0.1:" + port,
                        "DISABLE_EVENTS", "1",
                        "SKIP_SSL_CERT_DOWNLOAD", "1",
                        // In a container it would take itself for its own image, and write into the machine's /var/lib.
                        "OVERRIDE_IN_DOCKER", "0",
                        "DNS_ADDRESS", "0");
        };
    }
}
