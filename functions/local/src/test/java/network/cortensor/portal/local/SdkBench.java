package network.cortensor.portal.local;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.testkit.router.SessionSettings;
import network.cortensor.portal.testkit.router.SimulatedSession;

/** A local product with official SDKs pointed at it, and models of one session each that tests may do anything to. */
final class SdkBench implements AutoCloseable {
    private final AtomicLong nextSession = new AtomicLong(50_000);
    private final FastPortal fast;

    SdkBench() throws Exception {
        fast = new FastPortal(8);
        fast.warmUp();
    }

    FastPortal fast() {
        return fast;
    }

    /** With the SDK's usual two retries. */
    OpenAIClient openAi(Front front, RecordedSleep sleep) {
        return openAi(front).sleeper(sleep).build();
    }

    OpenAIOkHttpClient.Builder openAi(Front front) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(fast.base(front).resolve("/v1").toString())
                .apiKey(FastPortal.KEY);
    }

    /** With the SDK's usual two retries. */
    AnthropicClient anthropic(Front front, RecordedSleep sleep) {
        return anthropic(front).sleeper(sleep).build();
    }

    AnthropicOkHttpClient.Builder anthropic(Front front) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(fast.base(front).toString())
                .apiKey(FastPortal.KEY);
    }

    /**
     * A model with one session of its own.
     *
     * @param alias its name
     * @param session what its only target speaks to
     */
    record Model(String alias, SimulatedSession session) {}

    Model model(SessionSettings settings) {
        return model(settings, "live", Map.of());
    }

    /** @param times the pool's fields that are not as usual */
    Model model(SessionSettings settings, String state, Map<String, Object> times) {
        long number = nextSession.getAndIncrement();
        SimulatedSession session = fast.portal().routers().router("router-a").session(number);
        session.set(settings);
        String alias = "sdk-" + number;
        fast.alias(alias, times, Map.of("a", fast.onRouterA(number, state)));
        return new Model(alias, session);
    }

    @Override
    public void close() {
        fast.close();
    }
}
