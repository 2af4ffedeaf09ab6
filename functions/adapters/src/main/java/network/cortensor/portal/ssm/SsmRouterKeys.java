package network.cortensor.portal.ssm;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.memory.KeepTimes;
import network.cortensor.portal.memory.Outage;
import network.cortensor.portal.memory.Remembered;
import network.cortensor.portal.memory.Unreadable;
import network.cortensor.portal.router.RouterKeys;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * Keys from SecureStrings named {@code /portal/<environment>/routers/<host>[_<port>]/key}, with a port where it is not the scheme's own. The
 * value {@value #NOT_NEEDED} says that a router wants no key; a router without a parameter gets no request.
 *
 * <p>A key is read when it is first wanted, kept for 5 min, and read again after a 401, at most once in 5 s. While SSM cannot be read, the last one is used
 * for up to an hour from its read; for 5 s after a failure nothing else is tried, whatever the router, so that an outage costs one request its
 * time-out and not every one, and is over 5 s after SSM is back. A parameter that SSM refuses, and answers for others, is no outage: only that parameter is
 * not tried for so long. What SSM says of its troubles goes nowhere.
 */
public final class SsmRouterKeys implements RouterKeys {
    private static final KeepTimes KEEP = new KeepTimes(Duration.ofMinutes(5), Duration.ofHours(1));

    /** Beside the 3 s that a try may take. */
    private static final Duration HOLD_OFF = Duration.ofSeconds(5);

    private static final String NOT_NEEDED = "none";

    private final SsmClient ssm;
    private final String environment;
    private final InstantSource clock;
    private final Remembered<Optional<RouterKey>> known;

    /** When a router's key was doubted last. */
    private final Map<String, Instant> doubted = new ConcurrentHashMap<>();

    /** @param environment as in the names of parameters: {@code dev}, {@code prod} */
    public SsmRouterKeys(SsmClient ssm, String environment, InstantSource clock) {
        this.ssm = ssm;
        this.environment = environment;
        this.clock = clock;
        this.known =
                new Remembered<>(clock, Optional::isEmpty, new Outage(HOLD_OFF, Outage.Unremembered.REFUSED), KEEP);
    }

    @Override
    public RouterKey keyFor(URI routerUrl) {
        String parameter = parameter(routerUrl);
        try {
            Optional<RouterKey> key =
                    known.get(parameter, () -> read(parameter)).value();
            if (key.isEmpty()) {
                // A parameter that is made later is found at once.
                known.forget(parameter);
            }
            return key.orElseGet(RouterKey.Unavailable::new);
        } catch (Unreadable e) {
            return new RouterKey.Unavailable();
        }
    }

    @Override
    public void refused(URI routerUrl) {
        Instant now = clock.instant();
        doubted.compute(parameter(routerUrl), (parameter, last) -> {
            if (last != null && now.isBefore(last.plus(HOLD_OFF))) {
                return last;
            }
            known.doubt(parameter);
            return now;
        });
    }

    private Optional<RouterKey> read(String parameter) throws Unreadable {
        GetParameterRequest request = GetParameterRequest.builder()
                .name(parameter)
                .withDecryption(true)
                .build();
        try {
            return key(ssm.getParameter(request).parameter().value());
        } catch (ParameterNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw refusesThisOne(e) ? Unreadable.alone(e) : new Unreadable(e);
        }
    }

    /** As where a policy names another path, or where the key is disabled that a parameter was encrypted with. */
    private static boolean refusesThisOne(SdkException e) {
        return e instanceof SdkServiceException answer && answer.statusCode() < 500 && !answer.isThrottlingException();
    }

    /** A value that cannot stand in a header is no key; nor is none. */
    private static Optional<RouterKey> key(@Nullable String value) {
        String key = Optional.ofNullable(value).orElse("").strip();
        if (key.equals(NOT_NEEDED)) {
            return Optional.of(new RouterKey.NotNeeded());
        }
        boolean fit = !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 127);
        return fit ? Optional.of(new RouterKey.Bearer(key)) : Optional.empty();
    }

    private String parameter(URI routerUrl) {
        return parameter(environment, router(routerUrl));
    }

    /** A router's name in parameters: its host, with {@code _port} where it is not the scheme's own. */
    public static String router(URI routerUrl) {
        int ownPort = "https".equalsIgnoreCase(routerUrl.getScheme()) ? 443 : 80;
        boolean usual = routerUrl.getPort() < 0 || routerUrl.getPort() == ownPort;
        String host = routerUrl.getHost().toLowerCase(Locale.ROOT);
        return usual ? host : host + "_" + routerUrl.getPort();
    }

    /**
     * The name of a router's parameter.
     *
     * @param router its host, with {@code _port} where it is not the scheme's own
     */
    public static String parameter(String environment, String router) {
        return "/portal/" + environment + "/routers/" + router + "/key";
    }
}
