package network.cortensor.portal.infra.front;

import java.util.List;
import java.util.Map;
import network.cortensor.portal.infra.environment.CustomerAccess;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CustomHTTPHeaderProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CustomResponseBodyProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CustomResponseProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.StatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.VisibilityConfigProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/**
 * AWS WAF before the REST API: addresses of bad repute are blocked, an address that asks too much gets 429. There are no rules on
 * bodies: prompts hold code, SQL and HTML, and all of them would be taken for attacks.
 */
public final class AddressFirewall extends Construct {
    private static final String TOO_MANY = "too-many";

    public AddressFirewall(Construct scope, String id, CustomerAccess.Firewall firewall, RestApi api) {
        super(scope, id);
        CfnWebACL acl = CfnWebACL.Builder.create(this, "Acl")
                .scope("REGIONAL")
                .defaultAction(CfnWebACL.DefaultActionProperty.builder()
                        .allow(CfnWebACL.AllowActionProperty.builder().build())
                        .build())
                .visibilityConfig(seenAs("Portal"))
                .customResponseBodies(Map.of(
                        TOO_MANY,
                        CustomResponseBodyProperty.builder()
                                .contentType("APPLICATION_JSON")
                                .content(ErrorBody.of(
                                                "rate_limit_error",
                                                "rate_limit_exceeded",
                                                "Too many requests from this address. Try again in a minute.")
                                        .json())
                                .build()))
                .rules(List.of(reputation(), rate(firewall)))
                .build();
        CfnWebACLAssociation.Builder.create(this, "Association")
                .resourceArn(api.getDeploymentStage().getStageArn())
                .webAclArn(acl.getAttrArn())
                .build();
    }

    private static RuleProperty reputation() {
        return RuleProperty.builder()
                .name("AddressReputation")
                .priority(0)
                .overrideAction(CfnWebACL.OverrideActionProperty.builder()
                        .none(Map.of())
                        .build())
                .statement(StatementProperty.builder()
                        .managedRuleGroupStatement(CfnWebACL.ManagedRuleGroupStatementProperty.builder()
                                .vendorName("AWS")
                                .name("AWSManagedRulesAmazonIpReputationList")
                                .build())
                        .build())
                .visibilityConfig(seenAs("AddressReputation"))
                .build();
    }

    private static RuleProperty rate(CustomerAccess.Firewall firewall) {
        return RuleProperty.builder()
                .name("AddressRate")
                .priority(1)
                .action(CfnWebACL.RuleActionProperty.builder()
                        .block(CfnWebACL.BlockActionProperty.builder()
                                .customResponse(tooMany())
                                .build())
                        .build())
                .statement(StatementProperty.builder()
                        .rateBasedStatement(CfnWebACL.RateBasedStatementProperty.builder()
                                .aggregateKeyType("IP")
                                .evaluationWindowSec(300)
                                .limit(firewall.requestsPerFiveMinutes())
                                .build())
                        .build())
                .visibilityConfig(seenAs("AddressRate"))
                .build();
    }

    private static CustomResponseProperty tooMany() {
        return CustomResponseProperty.builder()
                .responseCode(429)
                .customResponseBodyKey(TOO_MANY)
                .responseHeaders(List.of(header("retry-after", "60"), header("access-control-allow-origin", "*")))
                .build();
    }

    private static CustomHTTPHeaderProperty header(String name, String value) {
        return CustomHTTPHeaderProperty.builder().name(name).value(value).build();
    }

    /** Without samples: they would keep customers' addresses and headers, keys among them. */
    private static VisibilityConfigProperty seenAs(String metric) {
        return VisibilityConfigProperty.builder()
                .metricName(metric)
                .cloudWatchMetricsEnabled(true)
                .sampledRequestsEnabled(false)
                .build();
    }
}
