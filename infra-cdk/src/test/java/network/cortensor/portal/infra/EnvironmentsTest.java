package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.infra.environment.Alerting;
import network.cortensor.portal.infra.environment.AllowedRouters;
import network.cortensor.portal.infra.environment.BadDeployment;
import network.cortensor.portal.infra.environment.CustomerAccess;
import network.cortensor.portal.infra.environment.Environment;
import network.cortensor.portal.infra.environment.Environments;
import network.cortensor.portal.infra.environment.Serving;
import network.cortensor.portal.infra.environment.Serving.Fleet;
import network.cortensor.portal.infra.environment.Sizes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentsTest {
    @Test
    void theRoutersOfEverySeedMayBeSpokenTo() {
        Pattern url = Pattern.compile("routerUrl: \"https://([^\":/]+)");
        for (Environment environment : Environments.all()) {
            Path seed = Project.ROOT.resolve("catalog-seed/catalogs/" + environment.name() + ".yaml");
            Set<String> hosts = url.matcher(Project.text(seed))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());

            assertThat(hosts).isNotEmpty();
            assertThat(environment.routers().hosts()).containsAll(hosts);
        }
    }

    @Test
    void functionsGetHostsInOneOrderAndNoneAsAWord() {
        assertThat(AllowedRouters.words(Set.of("b.example.net", "a.example.net")))
                .isEqualTo("a.example.net,b.example.net");
        assertThat(AllowedRouters.words(Set.of())).isEqualTo("none");
    }

    @ParameterizedTest
    @MethodSource
    void nonsenseIsRefusedWithAClearLine(ThrowingCallable nonsense, String line) {
        assertThatExceptionOfType(BadDeployment.class).isThrownBy(nonsense).withMessage(line);
    }

    static Stream<Arguments> nonsenseIsRefusedWithAClearLine() {
        return Stream.of(
                nonsense("no requests", () -> new Sizes(0, 1, Sizes.Rollout.AT_ONCE), "requests: 0 (expected: >= 1)"),
                nonsense(
                        "fewer probes than none",
                        () -> new Sizes(1, -1, Sizes.Rollout.AT_ONCE),
                        "deepProbesPerTick: -1 (expected: >= 0)"),
                nonsense(
                        "a host with a port",
                        () -> new AllowedRouters(Set.of("router:5010"), Set.of()),
                        "router host: router:5010 (expected: a host name in small letters, no port)"),
                nonsense(
                        "plain HTTP to a host that is none of ours",
                        () -> new AllowedRouters(Set.of("a"), Set.of("b")),
                        "plainHttp: [b] (expected: only hosts of [a])"),
                nonsense(
                        "an address that is no address",
                        () -> new Alerting(Optional.of("ops"), Duration.ofSeconds(1), 1, 1),
                        "address: ops (expected: an e-mail address)"),
                nonsense(
                        "a share over the whole",
                        () -> new Alerting(Optional.empty(), Duration.ofSeconds(1), 100, 1),
                        "failedPercent: 100 (expected: 0 to 99)"),
                nonsense(
                        "an alarm at no money",
                        () -> new Alerting(Optional.empty(), Duration.ofSeconds(1), 1, 0),
                        "dollarsPerHour: 0 (expected: >= 1)"),
                nonsense("a fleet of none", () -> new Fleet(0, 1), "least: 0 environments (expected: >= 1)"),
                nonsense(
                        "a fleet that shrinks under load",
                        () -> new Fleet(3, 2),
                        "most: 2 environments (expected: >= 3, the least)"),
                nonsense(
                        "a fleet without room for a release",
                        () -> new Fleet(10, 15),
                        "most: 15 environments (expected: >= 20, the least of both versions of a release)"),
                nonsense(
                        "a fleet that could cost more than anybody wants to pay",
                        () -> Synthesized.serving(Environments.dev(), new Serving.ManagedInstances(new Fleet(3, 100))),
                        "fleet: 100 cores cost up to 4.69 dollars an hour (expected: at most the 1 of alerting)"),
                nonsense(
                        "a throttle that lets nothing through",
                        () -> new CustomerAccess.Throttle(0, 5),
                        "throttle: 0, 5 (expected: both >= 1)"),
                nonsense(
                        "a firewall below what WAF counts",
                        () -> new CustomerAccess.Firewall(9),
                        "requestsPerFiveMinutes: 9 (expected: >= 10)"),
                nonsense(
                        "a certificate that is no ARN",
                        () -> new CustomerAccess.Domain("api.example.net", "mine"),
                        "certificateArn of api.example.net: mine (expected: an ARN)"),
                nonsense(
                        "an environment that is not there",
                        () -> Environments.named("production"),
                        "environment: production (expected: dev, staging, prod)"));
    }

    private static Arguments nonsense(String name, ThrowingCallable nonsense, String line) {
        return argumentSet(name, nonsense, line);
    }
}
