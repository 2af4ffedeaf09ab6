package network.cortensor.portal.emulated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Faults of one version of an emulator, by the tests that meet them: {@code known-faults/moto-5.2.5.txt} has a line
 * {@code Class#method: what it does otherwise} for each, with {@code Class#method[case]} for one case of a table. Such a test runs all the
 * same; its failure is reported as skipped, and if it passes, the line is wrong and fails, unless {@code ?} before it says that it names a
 * race.
 */
final class KnownFaults implements InvocationInterceptor {
    private final Map<String, String> faults;
    private final String emulator;

    KnownFaults() {
        this.emulator = switch (Emulators.emulator()) {
            case Emulator.There(String name, URI _) -> name;
            case Emulator.NotThere(String _) -> "none";
        };
        this.faults = read("/known-faults/" + emulator + ".txt");
    }

    private static Map<String, String> read(String name) {
        Map<String, String> faults = new TreeMap<>();
        try (InputStream file = KnownFaults.class.getResourceAsStream(name)) {
            if (file != null) {
                new String(file.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.split(": ", 2))
                        .forEach(parts -> faults.put(parts[0], parts[1]));
            }
            return faults;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(test, key(context));
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        String ofAll = key(context);
        String ofCase = ofAll + "[" + context.getDisplayName() + "]";
        run(test, faults.containsKey(ofCase) ? ofCase : ofAll);
    }

    private void run(Invocation<Void> test, String key) throws Throwable {
        Optional<String> race = Optional.ofNullable(faults.get("?" + key));
        Optional<String> known = race.or(() -> Optional.ofNullable(faults.get(key)));
        try {
            test.proceed();
        } catch (Throwable failure) {
            if (known.isPresent()) {
                throw new TestAbortedException("known fault of " + emulator + ": " + known.get());
            }
            throw failure;
        }
        if (known.isPresent() && race.isEmpty()) {
            throw new AssertionError(key + " passes on " + emulator + " (expected: known-faults without it)");
        }
    }

    private static String key(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName() + "#"
                + context.getRequiredTestMethod().getName();
    }
}
