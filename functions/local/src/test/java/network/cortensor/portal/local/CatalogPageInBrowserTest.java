package network.cortensor.portal.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.local.Chromium.Looks;
import network.cortensor.portal.local.Chromium.Visit;
import network.cortensor.portal.operator.file.BadCatalogFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalog page of the running product, seen and used in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogPageInBrowserTest {
    private static final int MODELS = 9;

    private Chromium chromium;
    private FastPortal fast;

    @BeforeAll
    void open() throws BadCatalogFile, IOException {
        chromium = Chromium.start();
        fast = new FastPortal(2);
        ShownModels.add(fast);
    }

    @AfterAll
    void close() {
        if (fast != null) {
            fast.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    private String url() {
        return fast.portal().apiUrl().resolve("/").toString();
    }

    private Visit visit(Looks looks) {
        Visit visit = chromium.visit(looks);
        visit.page().navigate(url());
        return visit;
    }

    private static Locator model(Page page, String alias) {
        return page.locator("[id='model:" + alias + "']");
    }

    private static Locator shown(Page page) {
        return page.locator(".model:visible");
    }

    static Stream<Looks> looks() {
        return IntStream.of(390, 1280, 1920)
                .boxed()
                .flatMap(width -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                        .map(scheme -> new Looks(width, width == 390 ? 844 : 1080, scheme, true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("looks")
    void isSoundAtEveryWidthInLightAndDark(Looks looks) {
        try (Visit visit = visit(looks)) {
            assertThat(shown(visit.page())).hasCount(MODELS);
            visit.screenshot("models");
            visit.assertFitsItsWidth();
            visit.assertAccessible();

            model(visit.page(), "gpt-oss-20b").locator("summary").click();
            visit.screenshot("example");
            visit.assertFitsItsWidth();
            visit.assertAccessible();

            visit.page().getByLabel("Search models").fill("nothing like this");
            visit.screenshot("nothing");
            visit.assertAccessible();

            assertThat(visit.complaints()).isEmpty();
            assertThat(visit.requests()).allMatch(request -> request.startsWith("data:") || request.equals(url()));
        }
    }

    @Test
    void howAModelWasServedIsDrawnAndSaidAsTheListOfModelsSaysIt() throws IOException {
        try (Visit visit = visit(new Looks(390, 844, ColorScheme.LIGHT, true))) {
            Page page = visit.page();
            Locator card = model(page, ShownModels.DEPRECATED);
            String listed = page.request()
                    .get(fast.portal().apiUrl() + "/models/" + ShownModels.OLD_NAME)
                    .text();
            JsonNode activity = new ObjectMapper().readTree(listed).path("activity");

            assertThat(card.locator("svg.strip")).hasCount(2);
            assertThat(card.locator("svg.strip").first()).isVisible();
            assertThat(card.locator("svg.strip").first().locator("rect"))
                    .hasCount(known(activity.at("/last_24_hours/hourly/answered")));
            assertThat(card.locator("svg.strip").last().locator("rect"))
                    .hasCount(known(activity.at("/last_30_days/daily/answered")));
            assertThat(card.locator(".figures").first()).hasText(words(activity.path("last_24_hours")));
            assertThat(card.locator(".figures").last()).hasText(words(activity.path("last_30_days")));
            assertThat(known(activity.at("/last_30_days/daily/answered"))).isBetween(20, 29);
            assertThat(model(page, ShownModels.DEGRADED).getByText("No data yet"))
                    .hasCount(2);
        }
    }

    private static int known(JsonNode figures) {
        return (int) figures.valueStream().filter(JsonNode::isNumber).count();
    }

    private static String words(JsonNode figures) {
        return String.format(
                Locale.ENGLISH,
                "%.1f %% answered, first token after %.1f s",
                figures.path("answered").decimalValue().movePointRight(2),
                figures.path("first_token_seconds").decimalValue());
    }

    @Test
    void searchFindsWordsOfNameFamilyAndDescription() {
        try (Visit visit = visit(Looks.DESKTOP)) {
            Page page = visit.page();
            Locator search = page.getByLabel("Search models");

            search.fill("reasoning 120b");
            assertThat(shown(page)).hasCount(1);
            assertThat(model(page, "gpt-oss-120b")).isVisible();
            assertThat(page.locator(".count")).hasText("1 of " + MODELS + " models");

            search.fill("zebra");
            assertThat(shown(page)).hasCount(0);
            assertThat(page.getByText("No model matches")).isVisible();

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show all models"))
                    .click();
            assertThat(shown(page)).hasCount(MODELS);
            assertThat(search).isFocused();
        }
    }

    @Test
    void aFamilyIsChosenByKeyboardAndNarrowsTheSearch() {
        try (Visit visit = visit(Looks.DESKTOP)) {
            Page page = visit.page();

            page.keyboard().press("/");
            assertThat(page.getByLabel("Search models")).isFocused();
            page.keyboard().press("Tab");
            page.keyboard().press("ArrowRight");
            assertThat(shown(page)).hasCount(3);
            assertThat(page.locator(".model:visible .family").first()).hasText("GPT-OSS");

            page.getByLabel("Search models").fill("small");
            assertThat(shown(page)).hasCount(2);

            page.keyboard().press("Escape");
            assertThat(shown(page)).hasCount(MODELS);
        }
    }

    @Test
    void theModelsNameTheBaseUrlAndTheExamplesAreCopied() {
        try (Visit visit = chromium.visit(Looks.DESKTOP)) {
            Page page = visit.page();
            page.clock().install(new Clock.InstallOptions().setTime(0));
            page.navigate(url());
            page.clock().pauseAt(3_600_000);
            Locator card = model(page, "qwen-3.5-9b");

            assertCopies(page, card.locator(".name .copy"), "qwen-3.5-9b");
            assertCopies(
                    page, page.locator(".connect .copy"), fast.portal().apiUrl().toString());
            card.locator("summary").click();
            for (String language : List.of("Python", "JavaScript", "Java", "curl")) {
                card.getByRole(
                                AriaRole.TAB,
                                new Locator.GetByRoleOptions().setName(language).setExact(true))
                        .click();
                Locator panel = card.locator("[data-language='" + language + "']");
                assertThat(panel).isVisible();
                assertCopies(page, panel.locator(".copy"), panel.locator("code").textContent());
                assertThat(panel.locator("code"))
                        .containsText(fast.portal().apiUrl().toString());
                assertThat(panel.locator("code")).containsText("qwen-3.5-9b");
            }
            assertThat(visit.complaints()).isEmpty();
        }
    }

    /** The page's clock stands still, so that its words stay until they are read. */
    private static void assertCopies(Page page, Locator button, String text) {
        button.click();
        assertThat(button).containsText("Copied");
        assertThat(page.locator("#announcer")).hasText("Copied");
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(text);
        page.clock().runFor(2_000);
        assertThat(button.locator(".label")).hasText("Copy");
    }

    @Test
    void everythingIsReachedByKeyboard() {
        try (Visit visit = visit(Looks.DESKTOP)) {
            Page page = visit.page();

            page.keyboard().press("Tab");
            assertThat(page.getByText("Skip to the models")).isFocused();
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(page.getByLabel("Search models")).isFocused();

            Locator card = model(page, "gpt-oss-20b");
            card.locator("summary").focus();
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(tab(card, "curl")).isFocused();
            page.keyboard().press("ArrowRight");
            assertThat(tab(card, "Python")).isFocused();
            assertThat(card.locator("[data-language=Python]")).isVisible();
            page.keyboard().press("End");
            assertThat(card.locator("[data-language=Java]")).isVisible();
            page.keyboard().press("ArrowRight");
            assertThat(card.locator("[data-language=curl]")).isVisible();
        }
    }

    private static Locator tab(Locator card, String language) {
        return card.getByRole(
                AriaRole.TAB, new Locator.GetByRoleOptions().setName(language).setExact(true));
    }

    @Test
    void statesAndStagesAreSaidInWords() {
        try (Visit visit = visit(Looks.DESKTOP)) {
            Page page = visit.page();

            assertThat(model(page, "gpt-oss-20b").locator(".status")).hasText("Available");
            assertThat(model(page, ShownModels.DEGRADED).locator(".status")).hasText("Degraded");
            assertThat(model(page, ShownModels.UNAVAILABLE).locator(".status")).hasText("Unavailable");
            assertThat(model(page, ShownModels.UNAVAILABLE).locator(".description"))
                    .hasText("Down for maintenance; <b>this is no markup</b> & \"no\" attribute either.");
            assertThat(model(page, "qwen-3.5-9b").locator(".stage")).hasText("Preview");
            assertThat(model(page, ShownModels.DEPRECATED).locator(".retirement"))
                    .hasText("Shuts down on 31 January 2027. Move to gpt-oss-20b.");
        }
    }

    @Test
    void aLinkToASuccessorShowsItWhateverTheFilterSays() {
        try (Visit visit = visit(Looks.DESKTOP)) {
            Page page = visit.page();
            page.getByLabel("Search models").fill("7b");
            assertThat(model(page, "gpt-oss-20b")).isHidden();

            model(page, ShownModels.DEPRECATED).locator(".retirement a").click();

            assertThat(model(page, "gpt-oss-20b")).isInViewport();
            assertThat(model(page, "gpt-oss-20b").locator("summary")).isFocused();
        }
    }

    @Test
    void withoutScriptsEverythingCanStillBeRead() {
        try (Visit visit = visit(new Looks(1280, 800, ColorScheme.LIGHT, false))) {
            Page page = visit.page();

            assertThat(shown(page)).hasCount(MODELS);
            assertThat(page.locator(".tools")).isHidden();
            assertThat(page.locator("button.copy:visible")).hasCount(0);
            model(page, "gpt-oss-20b").locator("summary").click();
            assertThat(model(page, "gpt-oss-20b").locator("pre:visible")).hasCount(4);
        }
    }

    @Test
    void whenTheCatalogCannotBeReadThePageSaysSo() throws BadCatalogFile, IOException {
        try (FastPortal broken = new FastPortal(1);
                Visit visit = chromium.visit(Looks.DESKTOP)) {
            broken.portal().dynamo().close();

            assertThat(visit.page()
                            .navigate(broken.portal().apiUrl().resolve("/").toString())
                            .status())
                    .isEqualTo(503);

            assertThat(visit.page().getByText("The models cannot be shown at the moment"))
                    .isVisible();
            visit.screenshot("unavailable");
            visit.assertAccessible();
            visit.assertFitsItsWidth();
        }
    }
}
