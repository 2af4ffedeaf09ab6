package network.cortensor.portal.testkit.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.InternalServerErrorException;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** The emulator as the real client sees it. */
class SsmEmulatorTest {
    private final SsmEmulator emulator = SsmEmulator.start(0);
    private final SsmClient client = SsmClient.builder()
            .endpointOverride(emulator.url())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .httpClientBuilder(Apache5HttpClient.builder())
            .build();

    @AfterEach
    void stop() {
        client.close();
        emulator.close();
    }

    @Test
    void aSecureStringIsPlainOnlyToThoseWhoAskForDecryption() {
        client.putParameter(put -> put.name("/portal/dev/routers/host/key")
                .type(ParameterType.SECURE_STRING)
                .value("hush"));

        Parameter plain = client.getParameter(
                        get -> get.name("/portal/dev/routers/host/key").withDecryption(true))
                .parameter();
        Parameter sealed = client.getParameter(get -> get.name("/portal/dev/routers/host/key"))
                .parameter();

        assertThat(plain.value()).isEqualTo("hush");
        assertThat(plain.type()).isEqualTo(ParameterType.SECURE_STRING);
        assertThat(plain.version()).isEqualTo(1);
        assertThat(plain.arn()).endsWith(":parameter/portal/dev/routers/host/key");
        assertThat(plain.lastModifiedDate()).isNotNull();
        assertThat(sealed.value()).doesNotContain("hush");
    }

    @Test
    void aMissingParameterIsNotFound() {
        assertThatExceptionOfType(ParameterNotFoundException.class)
                .isThrownBy(() -> client.getParameter(get -> get.name("/nothing")));
    }

    @Test
    void anExistingParameterIsKeptUnlessItMayBeOverwritten() {
        emulator.put("/a", "one");

        assertThatExceptionOfType(ParameterAlreadyExistsException.class)
                .isThrownBy(() -> client.putParameter(
                        put -> put.name("/a").type(ParameterType.STRING).value("two")));
        assertThat(client.putParameter(put -> put.name("/a").value("two").overwrite(true))
                        .version())
                .isEqualTo(2);
    }

    @Test
    void severalParametersComeTogetherAndMissingOnesAreNamed() {
        emulator.put("/a", "one");

        GetParametersResponse found =
                client.getParameters(get -> get.names("/a", "/b").withDecryption(true));

        assertThat(found.parameters()).extracting(Parameter::value).containsExactly("one");
        assertThat(found.invalidParameters()).containsExactly("/b");
    }

    @Test
    void aPathListsItsChildrenOrAllBelowIt() {
        emulator.put("/p/a", "one");
        emulator.put("/p/b/c", "two");
        emulator.put("/px", "three");

        GetParametersByPathResponse children = client.getParametersByPath(get -> get.path("/p"));
        GetParametersByPathResponse all =
                client.getParametersByPath(get -> get.path("/p").recursive(true));

        assertThat(children.parameters()).extracting(Parameter::name).containsExactly("/p/a");
        assertThat(all.parameters()).extracting(Parameter::name).containsExactly("/p/a", "/p/b/c");
    }

    @Test
    void aPathComesInPages() {
        for (int i = 0; i < 12; i++) {
            emulator.put("/p/" + (char) ('a' + i), "value");
        }

        assertThat(client.getParametersByPathPaginator(get -> get.path("/p")).stream()
                        .flatMap(page -> page.parameters().stream()))
                .hasSize(12);
        assertThat(emulator.calls("GetParametersByPath")).isEqualTo(2);
    }

    @Test
    void aDeletedParameterIsGone() {
        emulator.put("/a", "one");

        client.deleteParameter(delete -> delete.name("/a"));

        assertThatExceptionOfType(ParameterNotFoundException.class)
                .isThrownBy(() -> client.deleteParameter(delete -> delete.name("/a")));
    }

    @Test
    void aThrottledClientRetriesAndGivesUp() {
        emulator.fail(SsmFault.THROTTLED, "Rate exceeded");

        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> client.getParameter(get -> get.name("/a")))
                .matches(SsmException::isThrottlingException)
                .withMessageContaining("Rate exceeded");
        assertThat(emulator.calls("GetParameter")).isGreaterThan(1);
    }

    @Test
    void anErrorOfTheServersOwnIsOne() {
        emulator.fail(SsmFault.SERVER_ERROR, "canary");

        assertThatExceptionOfType(InternalServerErrorException.class)
                .isThrownBy(() -> client.getParameter(get -> get.name("/a")))
                .matches(e -> e.statusCode() == 500);
    }

    @Test
    void whoMayNotReadIsToldOnce() {
        emulator.fail(SsmFault.ACCESS_DENIED, "not authorized");

        assertThatExceptionOfType(SsmException.class)
                .isThrownBy(() -> client.getParameter(get -> get.name("/a")))
                .matches(e -> e.awsErrorDetails().errorCode().equals("AccessDeniedException"));
        assertThat(emulator.calls("GetParameter")).isEqualTo(1);
    }

    @Test
    void aStoreThatHasRecoveredAnswersAgain() {
        emulator.put("/a", "one");
        emulator.fail(SsmFault.ACCESS_DENIED, "not authorized");

        emulator.recover();

        assertThat(client.getParameter(get -> get.name("/a").withDecryption(true))
                        .parameter()
                        .value())
                .isEqualTo("one");
    }
}
