package network.cortensor.portal.emulated;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * DynamoDB for LocalStack, which is a front before Amazon's DynamoDB Local and would download that and a Java. Instead it finds those of this build
 * where it keeps what it has downloaded before.
 */
public final class LocalStackDynamo {
    private LocalStackDynamo() {}

    /** LocalStack starts DynamoDB Local with an agent of its own, which lets tables have more indexes. This one does nothing. */
    public static void premain(String arguments) {}

    /** @param root what LocalStack takes for the root of the file system */
    static void lay(Path root) throws IOException {
        Path libraries = root.resolve("var/lib/localstack/lib");
        Path dynamo = Files.createDirectories(libraries.resolve("dynamodb-local/2"));
        jar(
                dynamo.resolve("DynamoDBLocal.jar"),
                Map.of(
                        Name.MAIN_CLASS,
                        "software.amazon.dynamodb.services.local.main.ServerRunner",
                        Name.CLASS_PATH,
                        classPath()));
        jar(
                dynamo.resolve("ddb-local-loader-0.1.jar"),
                Map.of(new Name("Premain-Class"), LocalStackDynamo.class.getName()));
        Path java = Files.createDirectories(libraries.resolve("java/21/bin"));
        Files.createSymbolicLink(java.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    private static void jar(Path file, Map<Name, String> lines) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Name.MANIFEST_VERSION, "1.0");
        lines.forEach(attributes::put);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }
}
