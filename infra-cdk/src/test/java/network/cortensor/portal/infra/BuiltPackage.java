package network.cortensor.portal.infra;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import network.cortensor.portal.infra.functions.FunctionPackage;

/** What really lies in a function's package: its classes, those in jars too, and what they name. */
final class BuiltPackage {
    private static final String OURS = "network/cortensor/portal/";
    private static final int CENTRAL_ENTRY = 0x02014b50;

    private final Map<String, ClassModel> classes = new TreeMap<>();
    private final Path file;

    private BuiltPackage(Path file) throws IOException {
        this.file = file;
        read(Files.readAllBytes(file));
    }

    /** Skips the test, and says why, unless every package lies where a deployment takes it from. */
    static void assumeAll() {
        for (FunctionPackage name : FunctionPackage.values()) {
            assumeTrue(
                    Files.exists(Project.ROOT.resolve(name.path())),
                    () -> name.path() + " is not built (mvn verify in the project's folder builds it first)");
        }
    }

    static BuiltPackage of(FunctionPackage name) {
        try {
            return new BuiltPackage(Project.ROOT.resolve(name.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(byte[] zip) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith(".jar")) {
                    read(entries.readAllBytes());
                } else if (entry.getName().startsWith(OURS) && entry.getName().endsWith(".class")) {
                    String name = entry.getName().substring(0, entry.getName().length() - ".class".length());
                    classes.put(name.replace('/', '.'), ClassFile.of().parse(entries.readAllBytes()));
                }
            }
        }
    }

    boolean hasMethod(String className, String method) {
        ClassModel model = classes.get(className);
        return model != null
                && model.methods().stream().anyMatch(found -> found.methodName().equalsString(method));
    }

    /** Constants of an enum that our classes of some packages name, the enum itself aside. */
    Set<String> constantsNamed(Class<?> of, String packagePrefix) {
        String owner = of.getName().replace('.', '/');
        return classes.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(packagePrefix))
                .filter(entry -> !entry.getKey().equals(of.getName()))
                .flatMap(entry ->
                        StreamSupport.stream(entry.getValue().constantPool().spliterator(), false))
                .filter(FieldRefEntry.class::isInstance)
                .map(FieldRefEntry.class::cast)
                .filter(field -> field.owner().asInternalName().equals(owner))
                .filter(field -> field.type().equalsString("L" + owner + ";"))
                .map(field -> field.name().stringValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the owner may run a file of the package. Java's own readers do not tell, so this looks into the central directory. */
    boolean mayRun(String entry) throws IOException {
        ByteBuffer zip = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = centralDirectory(zip); zip.getInt(at) == CENTRAL_ENTRY; at = next(zip, at)) {
            byte[] name = new byte[zip.getShort(at + 28)];
            zip.get(at + 46, name);
            if (new String(name, StandardCharsets.UTF_8).equals(entry)) {
                return ((zip.getInt(at + 38) >>> 16) & 0111) == 0111;
            }
        }
        return false;
    }

    private static int centralDirectory(ByteBuffer zip) {
        int end = zip.limit() - 22;
        while (zip.getInt(end) != 0x06054b50) {
            end--;
        }
        return zip.getInt(end + 16);
    }

    private static int next(ByteBuffer zip, int at) {
        return at + 46 + zip.getShort(at + 28) + zip.getShort(at + 30) + zip.getShort(at + 32);
    }
}
