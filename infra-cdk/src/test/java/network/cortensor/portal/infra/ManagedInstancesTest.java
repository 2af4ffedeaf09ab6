package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import network.cortensor.portal.infra.environment.Environments;
import org.junit.jupiter.api.Test;

class ManagedInstancesTest {
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String ALIAS = "AWS::Lambda::Alias";

    private final SynthesizedTemplate managed =
            Synthesized.of(Synthesized.managed()).portal();
    private final SynthesizedTemplate prepared =
            Synthesized.of(Synthesized.prepared()).portal();
    private final SynthesizedTemplate onDemand =
            Synthesized.of(Environments.prod()).portal();

    @Test
    void theFunctionStandsOnceMoreOnMachinesWithSixtyFourRequestsForEachEnvironment() {
        JsonNode function = managed.one(FUNCTION, "InferenceManaged").path("Properties");
        JsonNode provider = function.at("/CapacityProviderConfig/LambdaManagedInstancesCapacityProviderConfig");
        JsonNode version =
                managed.one("AWS::Lambda::Version", "InferenceManaged").path("Properties");

        assertThat(provider.at("/CapacityProviderArn/Fn::GetAtt/0").asText()).startsWith("InferenceManagedMachines");
        assertThat(provider.path("PerExecutionEnvironmentMaxConcurrency").asInt())
                .isEqualTo(64);
        assertThat(provider.path("ExecutionEnvironmentMemoryGiBPerVCpu").asInt())
                .isEqualTo(2);
        assertThat(function.path("MemorySize").asInt()).isEqualTo(2_048);
        assertThat(function.has("SnapStart")).isFalse();
        assertThat(function.has("ReservedConcurrentExecutions")).isFalse();
        assertThat(version.at("/FunctionScalingConfig/MinExecutionEnvironments").asInt())
                .isEqualTo(3);
        assertThat(version.at("/FunctionScalingConfig/MaxExecutionEnvironments").asInt())
                .isEqualTo(12);
    }

    @Test
    void itIsThePackageAndTheSettingsOfTheOneOnDemand() {
        JsonNode onMachines = managed.one(FUNCTION, "InferenceManaged").path("Properties");
        JsonNode onDemandToo = managed.one(FUNCTION, "InferenceFunction").path("Properties");

        for (String same : List.of("Code", "Handler", "Runtime", "Architectures", "Environment", "Timeout")) {
            assertThat(onMachines.path(same)).as(same).isEqualTo(onDemandToo.path(same));
        }
    }

    @Test
    void theMachinesAreBoundedAndOutOfReach() {
        JsonNode provider =
                managed.one("AWS::Lambda::CapacityProvider", "InferenceManaged").path("Properties");
        JsonNode group =
                managed.one("AWS::EC2::SecurityGroup", "InferenceManaged").path("Properties");

        assertThat(provider.at("/CapacityProviderScalingConfig/MaxVCpuCount").asInt())
                .isEqualTo(12);
        assertThat(provider.at("/InstanceRequirements/Architectures/0").asText())
                .isEqualTo("arm64");
        assertThat(provider.at("/VpcConfig/SubnetIds"))
                .hasSize(2)
                .allSatisfy(subnet -> assertThat(subnet.path("Ref").asText()).contains("MachinesSubnet"));
        assertThat(group.has("SecurityGroupIngress")).isFalse();
        assertThat(managed.properties("AWS::EC2::NatGateway")).hasSize(1);
        assertThat(managed.properties("AWS::EC2::Subnet"))
                .noneMatch(subnet -> subnet.path("MapPublicIpOnLaunch").asBoolean());
        assertThat(managed.one("AWS::EC2::VPCEndpoint", "InferenceManaged")
                        .at("/Properties/ServiceName")
                        .toString())
                .contains("dynamodb");
    }

    @Test
    void bothFrontsLeadToTheAliasThatServes() {
        assertThat(behindTheApi(managed)).isEqualTo(aliasOf(managed, "InferenceManaged"));
        assertThat(behindTheApi(prepared)).isEqualTo(aliasOf(prepared, "InferenceLive"));
        assertThat(behindTheApi(onDemand)).isEqualTo(aliasOf(onDemand, "InferenceLive"));
        assertThat(managed.json().at("/Outputs/StreamingUrl").toString()).contains("InferenceManagedLiveFunctionUrl");
        assertThat(prepared.json().at("/Outputs/StreamingUrl").toString()).contains("\"InferenceLiveFunctionUrl");
    }

    /** The address of a function's URL is its own for ever: customers who have the other one must be served, too. */
    @Test
    void whoeverHasTheOtherFunctionsUrlIsServed() {
        for (SynthesizedTemplate both : List.of(managed, prepared)) {
            assertThat(both.properties("AWS::Lambda::Url")).hasSize(2);
            assertThat(both.json().at("/Outputs/OnDemandUrl").toString()).contains("\"InferenceLiveFunctionUrl");
            assertThat(both.json().at("/Outputs/ManagedFunction/Value/Ref").asText())
                    .isEqualTo(aliasOf(both, "InferenceManaged"));
            assertThat(both.json().at("/Outputs/ManagedUrl").toString()).contains("\"InferenceManagedLiveFunctionUrl");
        }
    }

    /** Nobody would see otherwise that clients with the other address fail, or that some are left. */
    @Test
    void bothUrlsAreWatched() {
        for (SynthesizedTemplate both : List.of(managed, prepared)) {
            Set<String> alarmed = both.properties("AWS::CloudWatch::Alarm").stream()
                    .flatMap(alarm -> StreamSupport.stream(alarm.path("Metrics").spliterator(), false))
                    .map(part -> Series.of(part.at("/MetricStat/Metric")))
                    .filter(series -> series.name().equals("Url5xxCount"))
                    .map(series -> String.valueOf(series.dimensions().get("Resource")))
                    .collect(Collectors.toSet());

            assertThat(alarmed).hasSize(2);
            assertThat(both.one("AWS::CloudWatch::Dashboard", "Dashboard").toString())
                    .containsSubsequence("UrlRequestCount", "UrlRequestCount");
        }
        assertThat(onDemand.one("AWS::CloudWatch::Dashboard", "Dashboard").toString())
                .containsOnlyOnce("UrlRequestCount");
    }

    @Test
    void noStepOfTheSwitchTakesAwayWhatRequestsInFlightRunOn() {
        Set<String> before = onDemand.resources().keySet();

        assertThat(changedOrGone(onDemand, prepared, Set.of(FUNCTION, ALIAS, "AWS::Lambda::Url")))
                .isEmpty();
        assertThat(changedOrGone(
                        prepared,
                        managed,
                        Set.of(FUNCTION, ALIAS, "AWS::Lambda::Url", "AWS::Lambda::CapacityProvider")))
                .isEmpty();
        assertThat(new HashSet<>(managed.resources().keySet())).isNotEqualTo(before);
    }

    /** A permission that waits for the stage comes when the stage leads to the new alias already: until then, requests fail. */
    @Test
    void theApiMayCallBothAliasesBeforeASwitchAndAfterIt() {
        for (SynthesizedTemplate both : List.of(managed, prepared)) {
            String stage =
                    both.resources("AWS::ApiGateway::Stage").keySet().iterator().next();

            assertThat(both.properties("AWS::Lambda::Permission").stream()
                            .filter(grant -> grant.path("Principal").asText().equals("apigateway.amazonaws.com"))
                            .filter(grant -> !grant.toString().contains(stage))
                            .map(grant -> Resolved.text(grant.path("FunctionName"))))
                    .containsExactlyInAnyOrder(aliasOf(both, "InferenceLive"), aliasOf(both, "InferenceManaged"));
        }
        assertThat(apiPermissions(prepared)).isNotEmpty().isEqualTo(apiPermissions(managed));
    }

    private static List<String> apiPermissions(SynthesizedTemplate template) {
        return template.resources("AWS::Lambda::Permission").entrySet().stream()
                .filter(entry -> entry.getKey().matches(".*LiveApi[0-9A-F]{8}"))
                .map(entry -> entry.getKey() + text(entry.getValue()))
                .toList();
    }

    /** What a method leads to comes into force with a new deployment of the API, and in no other way. */
    @Test
    void aSwitchIsANewDeploymentOfTheApi() {
        assertThat(managed.resources("AWS::ApiGateway::Deployment").keySet())
                .doesNotContainAnyElementsOf(
                        prepared.resources("AWS::ApiGateway::Deployment").keySet());
    }

    @Test
    void aReleaseOfEitherFunctionIsJudgedByItsOwnVersion() {
        for (String group : List.of("ReleaseGroup", "ReleaseManaged")) {
            JsonNode release =
                    managed.one("AWS::CodeDeploy::DeploymentGroup", group).path("Properties");
            List<String> alarms = release.at("/AlarmConfiguration/Alarms").findValuesAsText("Ref");

            assertThat(alarms)
                    .hasSize(2)
                    .allSatisfy(
                            id -> assertThat(String.valueOf(managed.resources().get(id)))
                                    .contains(
                                            group.equals("ReleaseGroup")
                                                    ? "\"InferenceFunctionCurrentVersion"
                                                    : "\"InferenceManagedFunctionCurrentVersion"));
            assertThat(release.path("DeploymentConfigName").asText()).contains("Canary");
        }
    }

    @Test
    void alarmsAndDashboardSeeTheFleet() {
        assertThat(managed.resources("AWS::CloudWatch::Alarm").keySet())
                .anyMatch(id -> id.startsWith("AlarmsFleetBusyCores"))
                .anyMatch(id -> id.startsWith("AlarmsFleetBusyMemory"));
        assertThat(managed.one("AWS::CloudWatch::Alarm", "AlarmsThrottled").toString())
                .contains("what its fleet can take")
                .contains("InferenceManagedFunction");
        assertThat(managed.one("AWS::CloudWatch::Dashboard", "Dashboard").toString())
                .contains("vCPUAllocated");
    }

    private static String behindTheApi(SynthesizedTemplate template) {
        return template
                .one("AWS::ApiGateway::Method", "RestApiANY")
                .at("/Properties/Integration/Uri")
                .findValuesAsText("Ref")
                .stream()
                .filter(id -> template.resources(ALIAS).containsKey(id))
                .findFirst()
                .orElseThrow();
    }

    private static String aliasOf(SynthesizedTemplate template, String prefix) {
        return template.resources(ALIAS).keySet().stream()
                .filter(id -> id.startsWith(prefix) && id.contains("Live"))
                .findFirst()
                .orElseThrow();
    }

    /** Versions' hashes and the environment's name aside. */
    private static List<String> changedOrGone(
            SynthesizedTemplate before, SynthesizedTemplate after, Set<String> types) {
        return before.resources().entrySet().stream()
                .filter(entry -> types.contains(entry.getValue().path("Type").asText()))
                .filter(entry -> !text(entry.getValue())
                        .equals(text(after.resources()
                                .getOrDefault(entry.getKey(), entry.getValue().path("absent")))))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    private static String text(JsonNode resource) {
        return resource.toString()
                .replaceAll("CurrentVersion[0-9A-Fa-f]+", "CurrentVersion")
                .replaceAll("Portal(Data)?-(prod|managed)", "Portal$1")
                .replaceAll("portal/(prod|managed)", "portal/x")
                .replaceAll("\"(prod|managed)\"", "\"x\"")
                .replaceAll("Portal (prod|managed)", "Portal x");
    }
}
