package network.cortensor.portal.emulated;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes out of a deployment what ministack 1.5.33 lacks, and nothing else:
 *
 * <ol>
 *   <li>CodeDeploy: an alias changes at once. Its service role goes with it.
 *   <li>The association of a firewall with the API.
 *   <li>Alarms on formulas; alarms on single metrics stay. The dashboard, which shows all of them, shows none.
 *   <li>The machines of Lambda Managed Instances, and the way out of their network: the function beside stays and runs on demand.
 *   <li>The managed Java runtime, for which it wants Docker: functions become {@code provided.al2023}, whose program it starts itself, and get
 *       one that starts what the managed runtime would start. Snapshots go with it.
 * </ol>
 *
 * <p>It is run after the CDK app, over what that has written.
 */
final class Reduction {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> LACKED = Set.of(
            "AWS::CodeDeploy::Application",
            "AWS::CodeDeploy::DeploymentGroup",
            "AWS::WAFv2::WebACLAssociation",
            "AWS::Lambda::CapacityProvider",
            "AWS::EC2::EIP",
            "AWS::EC2::NatGateway");

    private static final JsonPointer MACHINES =
            JsonPointer.compile("/CapacityProviderConfig/LambdaManagedInstancesCapacityProviderConfig");

    /** Ministack does not look there; a version of the function may have a scaling configuration only where it is said. */
    private static final String NO_MACHINES = "arn:aws:lambda:us-east-1:000000000000:capacity-provider:none";

    /** What makes no sense without what it refers to. */
    private static final Set<String> DEPENDENT = Set.of("AWS::EC2::Route", "AWS::CloudWatch::Alarm");

    private static final String OWN_LOOP = "#!/bin/sh\nexec \"${0%/*}/bin/portal\"\n";

    /** The managed runtime's own loop, which the build's class path has for tests of packages. */
    private static final String MANAGED_LOOP = "#!/bin/sh\n"
            + "exec java -cp \"${0%/*}/lib/*:$PORTAL_RUNTIME_CLIENT\""
            + " com.amazonaws.services.lambda.runtime.api.client.AWSLambda \"$_HANDLER\"\n";

    private Reduction() {}

    /** Reduces what is in the folder that the CDK command line has named. */
    public static void main(String[] args) throws IOException {
        Path out = Path.of(System.getenv().getOrDefault("CDK_OUTDIR", "cdk.out"));
        try (DirectoryStream<Path> templates = Files.newDirectoryStream(out, "*.template.json")) {
            for (Path template : templates) {
                ObjectNode json = (ObjectNode) JSON.readTree(template.toFile());
                reduce(json);
                JSON.writeValue(template.toFile(), json);
            }
        }
        try (DirectoryStream<Path> packages = Files.newDirectoryStream(out, "asset.*.zip")) {
            for (Path zip : packages) {
                addProgram(zip);
            }
        }
    }

    static void reduce(ObjectNode template) {
        ObjectNode resources = (ObjectNode) template.path("Resources");
        Set<String> gone = new HashSet<>();
        resources.properties().forEach(entry -> {
            if (isLacked(entry.getKey(), entry.getValue())) {
                gone.add(entry.getKey());
            }
        });
        resources.properties().forEach(entry -> {
            if (DEPENDENT.contains(entry.getValue().path("Type").asText()) && refers(entry.getValue(), gone)) {
                gone.add(entry.getKey());
            }
        });
        resources.remove(gone);
        for (Map.Entry<String, JsonNode> entry : resources.properties()) {
            ObjectNode resource = (ObjectNode) entry.getValue();
            resource.remove("UpdatePolicy");
            forget(resource, gone);
            switch (resource.path("Type").asText()) {
                case "AWS::Lambda::Function" -> {
                    ObjectNode properties = (ObjectNode) resource.path("Properties");
                    properties.put("Runtime", "provided.al2023").remove("SnapStart");
                    if (properties.at(MACHINES) instanceof ObjectNode machines) {
                        machines.put("CapacityProviderArn", NO_MACHINES);
                    }
                }
                case "AWS::CloudWatch::Dashboard" ->
                    ((ObjectNode) resource.path("Properties")).put("DashboardBody", "{\"widgets\":[]}");
                default -> {}
            }
        }
    }

    private static boolean isLacked(String id, JsonNode resource) {
        boolean formula = resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")
                && !resource.at("/Properties/Metrics").findValues("Expression").isEmpty();
        return formula || LACKED.contains(resource.path("Type").asText()) || id.startsWith("ReleaseGroupServiceRole");
    }

    private static boolean refers(JsonNode resource, Set<String> gone) {
        return Stream.concat(
                        resource.findValuesAsText("Ref").stream(),
                        resource.findValues("Fn::GetAtt").stream()
                                .map(of -> of.path(0).asText()))
                .anyMatch(gone::contains);
    }

    private static void forget(ObjectNode resource, Set<String> gone) {
        if (resource.path("DependsOn") instanceof ArrayNode before) {
            List<JsonNode> kept = Stream.of(JSON.convertValue(before, JsonNode[].class))
                    .filter(id -> !gone.contains(id.asText()))
                    .toList();
            resource.putArray("DependsOn").addAll(kept);
        }
    }

    private static void addProgram(Path zip) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
            Path program = files.getPath("/bootstrap");
            Files.writeString(program, Files.exists(files.getPath("/bin/portal")) ? OWN_LOOP : MANAGED_LOOP);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
