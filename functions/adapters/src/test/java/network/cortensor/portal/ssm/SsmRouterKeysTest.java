package network.cortensor.portal.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import network.cortensor.portal.router.RouterKeys.RouterKey;
import network.cortensor.portal.wire.ManualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;

class SsmRouterKeysTest {
    private static final URI ROUTER = URI.create("https://router.example");
    private static final String PARAMETER = "/portal/dev/routers/router.example/key";

    private final ManualClock clock = new ManualClock();
    private final Store store = new Store();
    private final SsmRouterKeys keys = new SsmRouterKeys(store, "dev", clock);

    @ParameterizedTest
    @CsvSource({
        "https://router.example, /portal/dev/routers/router.example/key",
        "https://Router.Example:443/base, /portal/dev/routers/router.example/key",
        "http://router.example:80, /portal/dev/routers/router.example/key",
        "https://router.example:5010, /portal/dev/routers/router.example_5010/key",
        "http://router.example:443, /portal/dev/routers/router.example_443/key"
    })
    void aKeyIsBoundToItsHostByItsName(URI router, String parameter) {
        store.answer = name -> "sesame";

        assertThat(keys.keyFor(router)).isEqualTo(new RouterKey.Bearer("sesame"));
        assertThat(store.asked).containsExactly(parameter);
    }

    @Test
    void aKeyIsKeptForFiveMinutes() {
        store.answer = name -> "one";
        keys.keyFor(ROUTER);
        store.answer = name -> "two";

        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("one"));
        clock.advance(Duration.ofMillis(1));
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("two"));
        assertThat(store.asked).hasSize(2);
    }

    @Test
    void aRefusedKeyIsReadAgainAtOnce() {
        store.answer = name -> "one";
        keys.keyFor(ROUTER);
        store.answer = name -> "two";

        keys.refused(ROUTER);

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("two"));
    }

    /** Otherwise a router with a wrong key would cost each request a read, until the store refuses all. */
    @Test
    void aKeyThatGoesOnBeingRefusedIsReadOnceInFiveSeconds() {
        store.answer = name -> "wrong";
        for (int request = 0; request < 50; request++) {
            keys.keyFor(ROUTER);
            keys.refused(ROUTER);
            clock.advance(Duration.ofMillis(100));
        }
        assertThat(store.asked).hasSize(2);

        store.answer = name -> "right";
        keys.refused(ROUTER);
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("right"));
    }

    @Test
    void manyRequestsAtOnceShareOneRead() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.answer = name -> {
            reading.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            clock.advance(Duration.ofMillis(1));
            return failing(name);
        };
        List<Thread> requests = new ArrayList<>();
        Queue<RouterKey> got = new ConcurrentLinkedQueue<>();
        for (int number = 0; number < 64; number++) {
            requests.add(Thread.ofPlatform().start(() -> got.add(keys.keyFor(ROUTER))));
        }
        reading.await();
        while (requests.stream()
                        .filter(request -> request.getState() == Thread.State.BLOCKED)
                        .count()
                < 63) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        for (Thread request : requests) {
            request.join();
        }

        assertThat(store.asked).hasSize(1);
        assertThat(got).hasSize(64).containsOnly(new RouterKey.Unavailable());
    }

    @Test
    void aRefusalOfAnUnknownKeyChangesNothing() {
        keys.refused(ROUTER);

        assertThat(store.asked).isEmpty();
    }

    @Test
    void whileSsmFailsTheLastKeyIsUsedForAnHour() {
        store.answer = name -> "one";
        keys.keyFor(ROUTER);
        store.answer = SsmRouterKeysTest::failing;

        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("one"));
        clock.advance(Duration.ofMillis(1));
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
    }

    @Test
    void aKeyThatWasDeletedIsNotUsedAnyMore() {
        store.answer = name -> "one";
        keys.keyFor(ROUTER);
        store.answer = SsmRouterKeysTest::missing;
        clock.advance(Duration.ofMinutes(5));

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
        store.answer = SsmRouterKeysTest::failing;
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
    }

    @Test
    void anOutageIsFeltOnceInAWhileWhateverTheRouter() {
        store.answer = name -> "one";
        keys.keyFor(URI.create("https://known.example"));
        store.asked.clear();
        store.answer = SsmRouterKeysTest::failing;

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
        assertThat(keys.keyFor(URI.create("https://other.example"))).isEqualTo(new RouterKey.Unavailable());
        assertThat(keys.keyFor(URI.create("https://known.example"))).isEqualTo(new RouterKey.Bearer("one"));
        assertThat(store.asked).hasSize(1);

        store.answer = name -> "two";
        clock.advance(Duration.ofSeconds(5));
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("two"));
    }

    @Test
    void aRouterWithoutAParameterGetsNoRequestAndAKeyThatComesLaterIsFoundAtOnce() {
        store.answer = SsmRouterKeysTest::missing;
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());

        store.answer = name -> "one";
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("one"));
    }

    /** As where a policy names another path, or where the key that a parameter was encrypted with is disabled. */
    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "InvalidKeyId", "ParameterVersionNotFound"})
    void aParameterThatIsRefusedIsNoOutageForTheOthers(String code) {
        URI other = URI.create("https://other.example");
        store.answer = name -> name.equals(PARAMETER) ? refused(code) : "one";

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
        assertThat(keys.keyFor(other)).isEqualTo(new RouterKey.Bearer("one"));
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
        assertThat(store.asked).as("read once in a while").hasSize(2);

        store.answer = name -> "two";
        clock.advance(Duration.ofSeconds(5));
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("two"));
    }

    @Test
    void aKeyThatIsKnownIsUsedWhileItsParameterIsRefusedAndReadOnceInAWhile() {
        store.answer = name -> "one";
        keys.keyFor(ROUTER);
        clock.advance(Duration.ofMinutes(5));
        store.asked.clear();
        store.answer = name -> refused("AccessDeniedException");

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("one"));
        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("one"));
        assertThat(store.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "TooManyRequestsException"})
    void throttlingIsAnOutageForAll(String code) {
        store.answer = name -> refused(code);

        keys.keyFor(ROUTER);
        keys.keyFor(URI.create("https://other.example"));

        assertThat(store.asked).hasSize(1);
    }

    @Test
    void aParameterWithoutAValueIsNoKey() {
        store.answer = name -> null;

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
    }

    @Test
    void aFailureWithNothingRememberedIsNoKey() {
        store.answer = SsmRouterKeysTest::failing;

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
    }

    @Test
    void aRouterMayBeSaidToWantNoKey() {
        store.answer = name -> "none\n";

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.NotNeeded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two words", "a\r\nX-Evil: b", "schlüssel"})
    void aValueThatCannotStandInAHeaderIsNoKey(String value) {
        store.answer = name -> value;

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Unavailable());
    }

    @Test
    void blanksAroundAKeyAreNotPartOfIt() {
        store.answer = name -> " sesame\n";

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("sesame"));
    }

    @Test
    void oneRoutersKeyIsNotAnothers() {
        store.answer = name -> name.equals(PARAMETER) ? "sesame" : missing(name);

        assertThat(keys.keyFor(ROUTER)).isEqualTo(new RouterKey.Bearer("sesame"));
        assertThat(keys.keyFor(URI.create("https://router.example:5010"))).isEqualTo(new RouterKey.Unavailable());
    }

    @Test
    void aKeyStaysOutOfLogs() {
        assertThat(new RouterKey.Bearer("sesame").toString()).doesNotContain("sesame");
    }

    private static String failing(String name) {
        throw SdkClientException.create("no route to SSM");
    }

    private static String refused(String code) {
        throw SsmException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    private static String missing(String name) {
        throw ParameterNotFoundException.builder().message(name).build();
    }

    /** Parameters as the SDK sees them. */
    private static final class Store implements SsmClient {
        private final List<String> asked = new ArrayList<>();
        private Function<String, @Nullable String> answer = SsmRouterKeysTest::missing;

        @Override
        public GetParameterResponse getParameter(GetParameterRequest request) {
            assertThat(request.withDecryption()).isTrue();
            asked.add(request.name());
            @Nullable String value = answer.apply(request.name());
            return GetParameterResponse.builder()
                    .parameter(parameter -> parameter.value(value))
                    .build();
        }

        @Override
        public String serviceName() {
            return "ssm";
        }

        @Override
        public void close() {}
    }
}
