package network.cortensor.portal.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import network.cortensor.portal.router.RouterKeys.RouterKey;
import network.cortensor.portal.testkit.ssm.SsmEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Routers' keys in a real Parameter Store's protocol: written as operators write them, read as the product reads them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredRouterKeysTest {
    private static final URI ROUTER = URI.create("http://router.example:5010");
    private static final String PARAMETER = "/portal/test/routers/router.example_5010/key";
    private static final String OTHER = "/portal/test/routers/other.example/key";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SsmEmulator emulator = SsmEmulator.start(0);
    private final SsmClient store = client();
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private SsmRouterKeys keys = new SsmRouterKeys(store, "test", () -> now);

    /** Of the store to test against. */
    SsmClient client() {
        return client(emulator.url(), StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    static SsmClient client(URI url, AwsCredentialsProvider credentials) {
        return SsmClient.builder()
                .endpointOverride(url)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(PATIENCE))
                .build();
    }

    @BeforeEach
    void noKeysYet() {
        forget(PARAMETER);
        forget(OTHER);
        keys = new SsmRouterKeys(store, "test", () -> now);
    }

    @AfterAll
    void stop() {
        store.close();
        emulator.close();
    }

    @Test
    void aSecureStringIsReadInClear() {
        put(PARAMETER, "sesame");

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("sesame"));
    }

    @Test
    void aRouterWithoutAParameterHasNoKey() {
        put(OTHER, "sesame");

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
        assertThat(keys.keyFor(URI.create("https://other.example"))).isEqualTo(new RouterKey.Bearer("sesame"));
    }

    @Test
    void aNewKeyIsReadAfterFiveMinutesOrAtOnceWhenTheOldOneIsRefused() {
        put(PARAMETER, "one");
        keys.keyFor(ROUTER);
        put(PARAMETER, "two");
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("one"));

        keys.refused(ROUTER);
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("two"));

        put(PARAMETER, "three");
        now = now.plus(Duration.ofMinutes(5));
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("three"));
    }

    @Test
    void aDeletedKeyIsGone() {
        put(PARAMETER, "one");
        keys.keyFor(ROUTER);
        store.deleteParameter(delete -> delete.name(PARAMETER));
        now = now.plus(Duration.ofMinutes(5));

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
    }

    @Test
    void aRouterThatWantsNoKeyIsToldNone() {
        put(PARAMETER, "none");

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.NotNeeded());
    }

    private void put(String name, String value) {
        store.putParameter(put ->
                put.name(name).type(ParameterType.SECURE_STRING).value(value).overwrite(true));
    }

    private void forget(String name) {
        try {
            store.deleteParameter(delete -> delete.name(name));
        } catch (ParameterNotFoundException e) {
            // It was not there, which is as good.
            return;
        }
    }
}
