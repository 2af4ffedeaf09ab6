package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium on the path, headless, driven by Playwright through the Node on the path: nothing is downloaded. Where either is missing
 * the tests are skipped and say so; in CI that is a failure.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage");

    /** In milliseconds; no test is meant to wait, yet machines may be busy. */
    private static final double PATIENCE = 120_000;

    private static final String AXE = resource("/axe.min.js");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path program, Path node) {
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", node.toString())));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setTimeout(PATIENCE)
                        .setArgs(ARGUMENTS));
    }

    static Chromium start() {
        return new Chromium(
                need("a Chromium (apt-get install chromium)", NAMES), need("Node, which drives it", List.of("node")));
    }

    static Path need(String what, List<String> names) {
        Optional<Path> found =
                names.stream().flatMap(name -> onPath(name).stream()).findFirst();
        if (found.isEmpty() && !"true".equals(System.getenv("CI"))) {
            Assumptions.abort("skipped: not on the path: " + what);
        }
        return found.orElseThrow(() -> new AssertionError("not on the path: " + what + "; in CI this is not skipped"));
    }

    static Optional<Path> onPath(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(Pattern.quote(File.pathSeparator)))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A new profile with one page. */
    Visit visit(Looks looks) {
        return new Visit(browser.newContext(looks.options()), looks);
    }

    /** How a visitor looks at a page. */
    record Looks(int width, int height, ColorScheme scheme, boolean scripts) {
        static final Looks DESKTOP = new Looks(1280, 800, ColorScheme.LIGHT, true);

        private Browser.NewContextOptions options() {
            return new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme)
                    .setJavaScriptEnabled(scripts)
                    .setPermissions(List.of("clipboard-read", "clipboard-write"));
        }

        @Override
        public String toString() {
            return width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** One visitor. What the browser complains of and whatever it asks for is kept. */
    static final class Visit implements AutoCloseable {
        private final BrowserContext context;
        private final Looks looks;
        private final Page page;
        private final List<String> complaints = new CopyOnWriteArrayList<>();
        private final List<String> requests = new CopyOnWriteArrayList<>();

        private Visit(BrowserContext context, Looks looks) {
            this.context = context;
            this.looks = looks;
            context.setDefaultTimeout(PATIENCE);
            context.setDefaultNavigationTimeout(PATIENCE);
            this.page = context.newPage();
            page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
            page.onPageError(complaints::add);
            page.onRequest(request -> requests.add(request.url()));
        }

        Page page() {
            return page;
        }

        List<String> complaints() {
            return complaints;
        }

        List<String> requests() {
            return requests;
        }

        /** Kept beside the test's other output. */
        void screenshot(String name) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(
                            System.getProperty("portal.root"),
                            "functions/local/target/screenshots",
                            name + "-" + looks + ".png")));
        }

        /** What axe-core finds wrong: labels, contrast, landmarks, focus and more. */
        void assertAccessible() {
            page.evaluate(AXE);
            assertThat((List<?>) page.evaluate("""
                            async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(violation =>
                              violation.id + " at " + violation.nodes.map(node => node.target.join(" ") + " " + node.failureSummary).join("; "))
                            """)).isEmpty();
        }

        void assertFitsItsWidth() {
            assertThat(page.evaluate(
                            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .as("pixels beyond the window's width")
                    .isEqualTo(0);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static String resource(String name) {
        try (InputStream file = Chromium.class.getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
