package network.cortensor.portal.ssm;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.router.RouterKeys;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * Keys from SecureStrings named {@code /portal/<environment>/routers/<host>[_<port>]/key}, with a port where it is not the scheme's own. The
 * value {@value #NOT_NEEDED} says that a router wants no key; a router without a parameter gets no request.
 *
 * <p>A key is read when it is first wanted, kept for 5 min, and read again after a 401. While SSM cannot be read, the last one is used
 * for up to an hour. What SSM says of its troubles goes nowhere.
 */
public final class SsmRouterKeys implements RouterKeys {
    /** How long a key is not read again. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** How old a key may be while SSM fails. */
    static final Duration USABLE = Duration.ofHours(1);

    private static final String NOT_NEEDED = "none";

    private final SsmClient ssm;
    private final String environment;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param environment as in the names of parameters: {@code dev}, {@code prod} */
    public SsmRouterKeys(SsmClient ssm, String environment, InstantSource clock) {
        this.ssm = ssm;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public RouterKey keyFor(URI routerUrl) {
        String parameter = parameter(routerUrl);
        Optional<Known> last = Optional.ofNullable(known.get(parameter));
        if (last.isPresent() && last.get().fresh(clock.instant())) {
            return last.get().key();
        }
        return switch (read(parameter)) {
            case Read.Found found -> {
                known.put(parameter, new Known(found.key(), clock.instant(), Trust.GIVEN));
                yield found.key();
            }
            case Read.Missing ignored -> {
                known.remove(parameter);
                yield new RouterKey.Unavailable();
            }
            case Read.Failed ignored ->
                last.filter(key -> key.usable(clock.instant())).map(Known::key).orElseGet(RouterKey.Unavailable::new);
        };
    }

    @Override
    public void refused(URI routerUrl) {
        known.computeIfPresent(parameter(routerUrl), (parameter, key) -> key.doubted());
    }

    private Read read(String parameter) {
        GetParameterRequest request = GetParameterRequest.builder()
                .name(parameter)
                .withDecryption(true)
                .build();
        try {
            return key(ssm.getParameter(request).parameter().value());
        } catch (ParameterNotFoundException e) {
            return new Read.Missing();
        } catch (SdkException e) {
            return new Read.Failed();
        }
    }

    /** A value that cannot stand in a header is no key. */
    private static Read key(String value) {
        String key = value.strip();
        if (key.equals(NOT_NEEDED)) {
            return new Read.Found(new RouterKey.NotNeeded());
        }
        boolean fit = !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 127);
        return fit ? new Read.Found(new RouterKey.Bearer(key)) : new Read.Missing();
    }

    private String parameter(URI routerUrl) {
        int ownPort = "https".equalsIgnoreCase(routerUrl.getScheme()) ? 443 : 80;
        boolean usual = routerUrl.getPort() < 0 || routerUrl.getPort() == ownPort;
        String host = routerUrl.getHost().toLowerCase(Locale.ROOT);
        String router = usual ? host : host + "_" + routerUrl.getPort();
        return parameter(environment, router);
    }

    /**
     * The name of a router's parameter.
     *
     * @param router its host, with {@code _port} where it is not the scheme's own
     */
    public static String parameter(String environment, String router) {
        return "/portal/" + environment + "/routers/" + router + "/key";
    }

    /** What became of one look into SSM. */
    private sealed interface Read {
        record Found(RouterKey key) implements Read {}

        record Missing() implements Read {}

        record Failed() implements Read {}
    }

    private enum Trust {
        GIVEN,
        /** A router has refused the key since it was read. */
        DOUBTED
    }

    private record Known(RouterKey key, Instant readAt, Trust trust) {
        boolean fresh(Instant now) {
            return trust == Trust.GIVEN && now.isBefore(readAt.plus(FRESH));
        }

        boolean usable(Instant now) {
            return now.isBefore(readAt.plus(USABLE));
        }

        Known doubted() {
            return new Known(key, readAt, Trust.DOUBTED);
        }
    }
}
