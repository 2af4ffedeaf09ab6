package network.cortensor.portal.infra.functions;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import network.cortensor.portal.infra.environment.Environment;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * The network of Managed Instances: private subnets that nothing can call into, and a way out to routers and to AWS.
 *
 * <p>Routers are anywhere on the internet and most of them have IPv4 only, so that an egress-only gateway, which is free, does not reach
 * them; machines in public subnets would have addresses that anybody can call. What remains is a NAT gateway, and one for all zones: 33
 * dollars a month and 4.5 cents a gigabyte (an answer is 66 KB). Should its zone fail, the function on demand, which needs no network of
 * ours, takes over. DynamoDB, most of what we say to AWS, goes by a gateway endpoint, which is free; interface endpoints for SSM and logs
 * would cost 7 dollars a month and zone each, more than their traffic through the NAT gateway.
 */
final class WayOut extends Construct {
    private static final int ZONES = 2;

    private final Vpc network;
    private final SecurityGroup group;

    WayOut(Construct scope, String id) {
        super(scope, id);
        this.network = Vpc.Builder.create(this, "Vpc")
                .maxAzs(ZONES)
                .natGateways(1)
                .restrictDefaultSecurityGroup(false)
                .subnetConfiguration(
                        List.of(subnets("Out", SubnetType.PUBLIC), subnets("Machines", SubnetType.PRIVATE_WITH_EGRESS)))
                .gatewayEndpoints(Map.of(
                        "Tables",
                        GatewayVpcEndpointOptions.builder()
                                .service(GatewayVpcEndpointAwsService.DYNAMODB)
                                .build()))
                .build();
        this.group = SecurityGroup.Builder.create(this, "Group")
                .vpc(network)
                .description("Out to routers and AWS; nothing comes in")
                .allowAllOutbound(true)
                .build();
    }

    private static SubnetConfiguration subnets(String name, SubnetType type) {
        return SubnetConfiguration.builder()
                .name(name)
                .subnetType(type)
                .mapPublicIpOnLaunch(type == SubnetType.PUBLIC ? Boolean.FALSE : null)
                .build();
    }

    List<ISubnet> subnets() {
        return network.getPrivateSubnets();
    }

    SecurityGroup group() {
        return group;
    }

    /** For the machines, which CloudFormation's own tags do not reach. */
    Map<String, String> tags(Environment environment) {
        return new TreeMap<>(Map.of("product", "cortensor-portal", "environment", environment.name()));
    }
}
