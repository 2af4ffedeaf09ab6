package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.http.Reached;
import network.cortensor.portal.api.page.PageDocument;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.model.ModelAlias;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as bytes; how it looks and behaves is seen in a browser. */
class CatalogPageTest {
    private final ApiRig rig = new ApiRig();

    @BeforeEach
    void openTheList() {
        rig.modelsAccess = ModelsAccess.ANYBODY;
    }

    private CustomerAnswer page() {
        return rig.call(Call.get("/").withoutKey());
    }

    @Test
    void showsWhatTheListHoldsAndNothingOfWhatIsBehind() {
        CustomerAnswer answer = page();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.body())
                .contains("Shown as gpt-oss-20b", "gemma-4-26b", "4,000", "1,000", "family-of-it", "A model.")
                .doesNotContain("old-model", "secret");
        assertThat(rig.keyLookups).hasValue(0);
    }

    /** A clock has nanoseconds, of which HTML's times have no place. */
    @Test
    void itsTimeIsAWholeSecond() {
        PageDocument page = new PageDocument(Reached.UNKNOWN, "", Fixtures.NOW.plusNanos(123_456_789));

        assertThat(page.unavailable()).containsPattern("Status as of <time datetime=\"[0-9-]{10}T[0-9:]{8}Z\">");
    }

    @Test
    void aModelThatEndsSaysWhenAndWhatToMoveTo() {
        assertThat(page().body())
                .contains("Shuts down on <time datetime=\"2027-01-31\">31 January 2027</time>.")
                .contains("Move to <a href=\"#model:gpt-oss-20b\">gpt-oss-20b</a>.")
                .containsOnlyOnce(">Deprecated<");
    }

    @Test
    void aModelForMessagesOnlyIsShownWithAnthropicsClients() {
        String card =
                page().body().replaceAll("(?s).*id=\"model:messages-only\"", "").replaceAll("(?s)</li>.*", "");

        assertThat(card).contains("/v1/messages", "anthropic-version").doesNotContain("chat/completions");
    }

    @Test
    void headIsThePageWithoutIt() {
        CustomerAnswer head = rig.call(Call.get("/").withoutKey().method("HEAD"));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void noModelsIsNoError() {
        rig.aliases = List.of();

        assertThat(page().status()).isEqualTo(200);
        assertThat(page().body()).contains("There are no models yet").doesNotContain("class=\"tools\"");
    }

    @Test
    void whereTheListIsForKeyHoldersThePageHoldsNoModel() {
        rig.modelsAccess = ModelsAccess.KEY_HOLDERS;

        CustomerAnswer answer = page();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("The models are shown to key holders", "curl https://localhost/v1/models")
                .doesNotContain("gpt-oss", "gemma", "family-of-it", "<input");
        assertThat(rig.catalogReads).hasValue(0);
    }

    @Test
    void aCatalogThatCannotBeReadIsSaidToPeopleAndLogged() {
        rig.catalogDown = true;

        CustomerAnswer answer = page();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.header("retry-after")).isEqualTo("5");
        assertThat(answer.body())
                .contains("The models cannot be shown at the moment")
                .doesNotContain("Exception", "java.", "catalog is down");
        assertThat(rig.lines.getFirst().keys().toString() + rig.lines.getFirst().dimensions())
                .contains("service_unavailable");
    }

    @Test
    void operatorsWordsAreWordsAndNothingElse() {
        String odd = "<script>alert(1)</script>\"' onload=x & {{base}} $1 \\";
        rig.aliases = new ArrayList<>(
                rig.aliases.stream().map(view -> described(view, odd)).toList());

        String body = page().body();

        assertThat(body).doesNotContain("<script>alert", "\"' onload", " & {{");
        assertThat(body)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=x &amp; {{base}} $1 \\")
                .contains("data-family=\"&lt;script&gt;");
    }

    private static AliasView described(AliasView view, String words) {
        ModelAlias alias = view.alias();
        return new AliasView(
                new ModelAlias(
                        alias.name(),
                        new ModelAlias.Description(words, words, words),
                        alias.contextLength(),
                        alias.maxOutputTokens(),
                        alias.endpoints(),
                        alias.lifecycle(),
                        alias.state(),
                        alias.routes(),
                        alias.fallbackPools(),
                        alias.promptFormat()),
                view.pools(),
                view.readAt());
    }

    @Test
    void nothingButItsOwnStyleAndScriptMayRun() throws Exception {
        CustomerAnswer answer = page();
        String policy = answer.header("content-security-policy");

        assertThat(policy)
                .startsWith("default-src 'none'; ")
                .doesNotContain("unsafe", "*", "http")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                .contains("style-src 'sha256-" + hash(answer.body(), "style") + "'")
                .contains("script-src 'sha256-" + hash(answer.body(), "script") + "'");
        assertThat(answer.body()).doesNotContain(" style=", " onclick=", "javascript:");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(answer.header("cache-control")).isEqualTo("public, max-age=15");
    }

    private static String hash(String page, String element) throws Exception {
        Matcher content =
                Pattern.compile("(?s)<" + element + ">(.*?)</" + element + ">").matcher(page);
        assertThat(content.find()).isTrue();
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(content.group(1).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "stage URL |"
                        + " {`httpMethod`:`GET`,`resource`:`/`,`path`:`/`,`requestContext`:{`path`:`/prod`,`domainName`:`a1.execute-api.eu-central-1.amazonaws.com`}}"
                        + " | https://a1.execute-api.eu-central-1.amazonaws.com/prod",
                "custom domain |"
                        + " {`httpMethod`:`GET`,`resource`:`/`,`path`:`/`,`requestContext`:{`path`:`/`,`domainName`:`api.example.com`}}"
                        + " | https://api.example.com",
                "custom domain with a base path |"
                        + " {`httpMethod`:`GET`,`resource`:`/`,`path`:`/ai`,`requestContext`:{`path`:`/ai`,`domainName`:`api.example.com`}}"
                        + " | https://api.example.com/ai",
                "plain HTTP |"
                        + " {`httpMethod`:`GET`,`resource`:`/`,`path`:`/`,`headers`:{`x-forwarded-proto`:`http`},`requestContext`:{`path`:`/`,`domainName`:`localhost:8080`}}"
                        + " | http://localhost:8080",
                "an odd host |"
                        + " {`httpMethod`:`GET`,`resource`:`/`,`path`:`/`,`requestContext`:{`path`:`/`,`domainName`:`a';rm"
                        + " -rf ~;'`}} | https://localhost",
                "an odd base path |"
                        + " {`httpMethod`:`GET`,`resource`:`/`,`path`:`/`,`requestContext`:{`path`:`/$(id)`,`domainName`:`api.example.com`}}"
                        + " | https://api.example.com",
                "doubled slashes |"
                        + " {`httpMethod`:`GET`,`resource`:`/`,`path`:`/`,`requestContext`:{`path`:`//evil.example/`,`domainName`:`api.example.com`}}"
                        + " | https://api.example.com/evil.example"
            })
    void linksAndExamplesLeadToWhereTheCustomerIs(String name, String event, String base) {
        CustomerAnswer answer = rig.send(event.replace('`', '"').getBytes(StandardCharsets.UTF_8));

        String prefix = base.replaceFirst("https?://[^/]+", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("<code id=\"base\">" + base + "/v1</code>", "curl " + base + "/v1/chat/completions")
                .contains("href=\"" + prefix + "/openapi.json\"");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/openapi.json, ''", "/prod/openapi.json, /prod", "//prod//openapi.json/, /prod"})
    void theDescriptionNamesTheServerThatWasAsked(String path, String prefix) {
        CustomerAnswer answer = rig.send("""
            {"httpMethod":"GET","resource":"/{proxy+}","path":"%1$s","pathParameters":{"proxy":"openapi.json"},\
            "requestContext":{"domainName":"api.example.com","path":"%1$s"}}\
            """.formatted(path).getBytes(StandardCharsets.UTF_8));

        assertThat(answer.json().at("/servers/0/url").asText()).isEqualTo("https://api.example.com" + prefix);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/favicon.ico", "/index.html", "/models", "/page.css"})
    void otherPathsKeepTheirError(String path) {
        CustomerAnswer answer = rig.call(Call.get(path).withoutKey());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("not_found");
    }
}
