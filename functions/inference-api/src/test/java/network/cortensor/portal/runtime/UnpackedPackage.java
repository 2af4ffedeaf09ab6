package network.cortensor.portal.runtime;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import network.cortensor.portal.inference.InferenceSettings;
import network.cortensor.portal.settings.Variable;

/** Unpacks a function's zip as Lambda does, run bits included. */
public final class UnpackedPackage {
    private UnpackedPackage() {}

    public static void unpack(Path zip, Path directory) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> walk = Files.walk(files.getPath("/"))) {
            List<Path> all = walk.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                Path copy = directory.resolve(file.toString().substring(1));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
            }
        }
    }

    /** Good values for every variable that the function reads; no table, parameter or router is behind them. */
    static Map<String, String> settings() {
        Map<String, String> environment = new HashMap<>();
        InferenceSettings.VARIABLES.forEach(variable -> environment.put(variable.key(), value(variable)));
        return environment;
    }

    private static String value(Variable variable) {
        return switch (variable) {
            case REGION -> "us-east-1";
            case FUNCTION -> "inference";
            case VERSION -> "1";
            case MODELS_OPEN -> "false";
            case DEEP_PROBES_PER_TICK -> "1";
            case ROUTER_HOSTS -> "router.example";
            case PLAIN_HTTP_HOSTS -> "none";
            case ENVIRONMENT,
                    TABLE_MODELS,
                    TABLE_POOLS,
                    TABLE_TARGETS,
                    TABLE_TARGET_HEALTH,
                    TABLE_SESSION_SLOTS,
                    TABLE_CATALOG_HISTORY,
                    TABLE_API_KEYS,
                    TABLE_USAGE -> "test";
        };
    }
}
