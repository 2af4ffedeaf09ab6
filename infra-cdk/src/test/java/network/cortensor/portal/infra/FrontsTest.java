package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.infra.environment.Environments;
import org.junit.jupiter.api.Test;

class FrontsTest {
    private final SynthesizedTemplate prod = Synthesized.of(Environments.prod()).portal();
    private final SynthesizedTemplate everything =
            Synthesized.of(Synthesized.everything()).portal();

    @Test
    void everyPathAndMethodStreamsFromTheAlias() {
        List<JsonNode> methods = prod.properties("AWS::ApiGateway::Method");

        assertThat(methods).hasSize(2).allSatisfy(method -> {
            JsonNode integration = method.path("Integration");
            assertThat(method.path("HttpMethod").asText()).isEqualTo("ANY");
            assertThat(integration.path("Type").asText()).isEqualTo("AWS_PROXY");
            assertThat(integration.path("ResponseTransferMode").asText()).isEqualTo("STREAM");
            JsonNode uri = integration.path("Uri").path("Fn::Join").path(1);
            assertThat(uri.path(4).asText()).isEqualTo(":lambda:path/2021-11-15/functions/");
            assertThat(uri.path(5).path("Ref").asText()).startsWith("InferenceLive");
            assertThat(uri.path(6).asText()).isEqualTo("/response-streaming-invocations");
        });
    }

    @Test
    void theFunctionEndsBeforeTheGatewayGivesUp() {
        int function = prod.one("AWS::Lambda::Function", "InferenceFunction")
                .at("/Properties/Timeout")
                .asInt();

        assertThat(function).isEqualTo(300);
        assertThat(prod.properties("AWS::ApiGateway::Method"))
                .allMatch(method -> method.at("/Integration/TimeoutInMillis").asInt() == 305_000);
    }

    @Test
    void theApiIsRegionalForOnlyThenAStreamMayPauseForMinutes() {
        assertThat(prod.one("AWS::ApiGateway::RestApi", "Rest").at("/Properties/EndpointConfiguration/Types/0"))
                .hasToString("\"REGIONAL\"");
    }

    @Test
    void theStageThrottlesAndLogsHowItStreamedButNoHeaderOrAddress() {
        JsonNode stage = prod.one("AWS::ApiGateway::Stage", "Rest").path("Properties");
        JsonNode settings = stage.at("/MethodSettings/0");

        assertThat(settings.path("ThrottlingRateLimit").asInt()).isEqualTo(100);
        assertThat(settings.path("ThrottlingBurstLimit").asInt()).isEqualTo(200);
        assertThat(settings.path("DataTraceEnabled").asBoolean()).isFalse();
        assertThat(stage.at("/AccessLogSetting/Format").asText())
                .contains("$context.integration.timeToFirstContent")
                .contains("$context.integration.timeToAllHeaders")
                .contains("$context.integration.responseTransferMode")
                .doesNotContain("identity", "header");
    }

    @Test
    void theStreamingUrlStreamsFromTheSameAliasAndLeavesCorsToTheFunction() {
        JsonNode url = prod.one("AWS::Lambda::Url", "InferenceLive").path("Properties");

        assertThat(url.path("InvokeMode").asText()).isEqualTo("RESPONSE_STREAM");
        assertThat(url.path("Qualifier").asText()).isEqualTo("live");
        assertThat(url.path("AuthType").asText()).isEqualTo("NONE");
        assertThat(url.has("Cors")).isFalse();
        assertThat(everything.one("AWS::Lambda::Url", "InferenceLive").at("/Properties/AuthType"))
                .hasToString("\"AWS_IAM\"");
    }

    @Test
    void whatTheGatewaySaysItselfIsAnErrorThatClientsKnow() throws JsonProcessingException {
        List<JsonNode> responses = prod.properties("AWS::ApiGateway::GatewayResponse");

        assertThat(responses).hasSize(9);
        for (JsonNode response : responses) {
            JsonNode body = Project.JSON.readTree(
                    response.path("ResponseTemplates").path("application/json").asText());
            assertThat(body.path("error").properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("message", "type", "param", "code");
            assertThat(body.at("/error/type").asText())
                    .isIn("invalid_request_error", "rate_limit_error", "server_error");
            JsonNode headers = response.path("ResponseParameters");
            assertThat(headers.path("gatewayresponse.header.x-request-id").asText())
                    .isEqualTo("context.requestId");
            assertThat(headers.path("gatewayresponse.header.access-control-allow-origin")
                            .asText())
                    .isEqualTo("'*'");
            assertThat(headers.has("gatewayresponse.header.retry-after"))
                    .isNotEqualTo(headers.has("gatewayresponse.header.x-should-retry"));
        }
    }

    @Test
    void theFirewallLooksAtAddressesAndNeverAtBodies() {
        JsonNode rules = prod.one("AWS::WAFv2::WebACL", "Firewall").at("/Properties/Rules");

        assertThat(rules).hasSize(2);
        assertThat(rules.path(0).at("/Statement/ManagedRuleGroupStatement/Name").asText())
                .isEqualTo("AWSManagedRulesAmazonIpReputationList");
        assertThat(rules.path(1)
                        .at("/Statement/RateBasedStatement/AggregateKeyType")
                        .asText())
                .isEqualTo("IP");
        assertThat(rules.path(1).at("/Action/Block/CustomResponse/ResponseCode").asInt())
                .isEqualTo(429);
        assertThat(prod.resources("AWS::WAFv2::WebACLAssociation")).hasSize(1);
        assertThat(Synthesized.of(Environments.dev()).portal().resources("AWS::WAFv2::WebACL"))
                .isEmpty();
    }

    @Test
    void aDomainIsServedAndItsTargetPrinted() {
        JsonNode domain = everything.one("AWS::ApiGateway::DomainName", "Rest").path("Properties");

        assertThat(domain.path("DomainName").asText()).isEqualTo("api.example.net");
        assertThat(domain.path("SecurityPolicy").asText()).isEqualTo("TLS_1_2");
        assertThat(everything.resources("AWS::ApiGateway::BasePathMapping")).hasSize(1);
        assertThat(everything.json().path("Outputs").properties())
                .anyMatch(output -> output.getKey().contains("DomainTarget"));
    }

    @Test
    void theModelListIsOpenOrNotAsTheEnvironmentSays() {
        String open = "/Properties/Environment/Variables/PORTAL_MODELS_OPEN";

        assertThat(prod.one("AWS::Lambda::Function", "InferenceFunction").at(open))
                .hasToString("\"true\"");
        assertThat(everything.one("AWS::Lambda::Function", "InferenceFunction").at(open))
                .hasToString("\"false\"");
    }
}
