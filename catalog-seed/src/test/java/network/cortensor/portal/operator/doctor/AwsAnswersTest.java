package network.cortensor.portal.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.operator.doctor.CheckResult.Grade;
import network.cortensor.portal.operator.frame.Account;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What doctor makes of the answers of AWS's services that no emulator here has: who somebody is, and what is deployed. */
class AwsAnswersTest {
    private static final String ALIAS = "arn:aws:lambda:us-east-1:123456789012:function:inference-api:live";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:inference-api";

    private record Said(int status, String body) {}

    private static final Map<String, Said> ANSWERS = new ConcurrentHashMap<>();
    private static HttpServer server;

    private final Account account =
            new Account("us-east-1", StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            Said said = ANSWERS.getOrDefault(exchange.getRequestURI().getPath(), new Said(404, "{}"));
            byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @BeforeEach
    void forget() {
        ANSWERS.clear();
    }

    private static URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private CredentialsCheck caller(Duration clockIsAhead) {
        return new CredentialsCheck(account, url(), () -> Instant.now().plus(clockIsAhead));
    }

    private static void functions(String served, String newest) {
        ANSWERS.put("/2015-03-31/functions/" + ALIAS + "/configuration", new Said(200, served));
        ANSWERS.put("/2015-03-31/functions/" + FUNCTION + "/configuration", new Said(200, newest));
    }

    private static String version(String number, String state, String code) {
        return """
            {"Version":"%s","LastModified":"2026-11-29T12:00:00.000+0000","Runtime":"java25","State":"%s","StateReason":"because","CodeSha256":"%s"}
            """.formatted(number, state, code);
    }

    private CheckResult function(String arn) {
        return new DeployedFunction(account, url(), "function inference-api", arn).check();
    }

    @Test
    void whoseCredentialsTheseAreIsSaid() throws Exception {
        ANSWERS.put("/", new Said(200, "<Arn>arn:aws:iam::123456789012:user/alice</Arn>"));

        assertThat(caller(Duration.ZERO).check())
                .isEqualTo(CheckResult.ok("credentials", "arn:aws:iam::123456789012:user/alice"));
    }

    @ParameterizedTest
    @CsvSource({
        "ExpiredToken, they have expired: sign in again",
        "InvalidClientTokenId, AWS does not know the key",
        "SignatureDoesNotMatch, the secret is not that of the key",
        "SomethingNew, renew them"
    })
    void whyAwsDoesNotTakeCredentialsIsSaidWithWhatToDo(String code, String todo) {
        ANSWERS.put("/", new Said(403, "<Error><Code>" + code + "</Code></Error>"));

        CheckResult finding = catchThrowableOfType(
                        ChecksEnded.class, () -> caller(Duration.ZERO).check())
                .finding();

        assertThat(finding.grade()).isEqualTo(Grade.BAD);
        assertThat(finding.said()).isEqualTo("AWS does not take them: " + code);
        assertThat(finding.todo()).startsWith(todo);
    }

    /** AWS says only that the signature is not right. */
    @ParameterizedTest
    @CsvSource({"PT10M, 10 min ahead of AWS's", "PT-2H-1S, 2 h behind AWS's"})
    void aSignatureThatIsRefusedBecauseOfTheClockIsNoMatterOfCredentials(Duration off, String said) {
        ANSWERS.put("/", new Said(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>"));

        CheckResult finding = catchThrowableOfType(
                        ChecksEnded.class, () -> caller(off).check())
                .finding();

        assertThat(finding.what()).isEqualTo("clock");
        assertThat(finding.said()).isEqualTo(said);
    }

    @Test
    void aRegionThatDoesNotExistHasNoAddress() throws Exception {
        CredentialsCheck nowhere = new CredentialsCheck(
                new Account("us-east-9", account.credentials()),
                URI.create("http://sts.us-east-9.invalid"),
                Instant::now);

        CheckResult finding = nowhere.check();

        assertThat(finding.said()).isEqualTo("no address is known of sts.us-east-9.invalid");
        assertThat(finding.todo()).startsWith("check the region \"us-east-9\"");
    }

    @Test
    void aFunctionThatServesItsNewestCodeIsWell() {
        functions(version("7", "Active", "abc"), version("$LATEST", "Active", "abc"));

        assertThat(function(ALIAS))
                .isEqualTo(
                        CheckResult.ok("function inference-api", "version 7 of 2026-11-29T12:00:00.000+0000, java25"));
        assertThat(function(FUNCTION).grade()).isEqualTo(Grade.OK);
    }

    @Test
    void anOldVersionThatServesWhileNewerCodeIsThereIsSaid() {
        functions(version("6", "Active", "old"), version("$LATEST", "Active", "new"));

        CheckResult finding = function(ALIAS);

        assertThat(finding.grade()).isEqualTo(Grade.WARNING);
        assertThat(finding.said()).startsWith("version 6").endsWith("newer code is there and serves nobody");
        assertThat(finding.todo()).contains("the runbook's chapter new version");
    }

    @ParameterizedTest
    @CsvSource({
        "Failed, BAD, deploy again",
        "Pending, BAD, 'wait, and look again'",
        "Inactive, WARNING, call it once: it wakes"
    })
    void aFunctionThatCannotServeIsSaidWithWhatToDo(String state, Grade grade, String todo) {
        functions(version("7", state, "abc"), version("$LATEST", state, "abc"));

        assertThat(function(ALIAS))
                .extracting(CheckResult::grade, CheckResult::todo)
                .containsExactly(grade, todo);
    }

    @ParameterizedTest
    @CsvSource({
        "404, BAD, deploy the environment again",
        "403, WARNING, check that this role may",
        "500, WARNING, try again"
    })
    void aFunctionThatIsNotToBeSeenIsSaidWithWhatToDo(int status, Grade grade, String todo) {
        ANSWERS.put("/2015-03-31/functions/" + ALIAS + "/configuration", new Said(status, "{}"));

        CheckResult finding = function(ALIAS);

        assertThat(finding.grade()).isEqualTo(grade);
        assertThat(finding.todo()).startsWith(todo);
    }
}
