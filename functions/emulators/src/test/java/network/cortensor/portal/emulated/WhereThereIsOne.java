package network.cortensor.portal.emulated;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Looks for the emulator and the service once per run, before anything of a class is made. */
final class WhereThereIsOne implements ExecutionCondition {
    /** LocalStack starts a service, and fetches what it needs, with the first call. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Map<Service, Optional<String>> WHY_NOT = new ConcurrentHashMap<>();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Service service = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), OnEmulator.class)
                .map(OnEmulator::value)
                .orElse(Service.DYNAMODB);
        return WHY_NOT.computeIfAbsent(service, WhereThereIsOne::whyNot)
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("it is there"));
    }

    private static Optional<String> whyNot(Service service) {
        return switch (Emulators.emulator()) {
            case Emulator.NotThere(String why) -> Optional.of(why);
            case Emulator.There(String name, URI url) ->
                service == Service.DYNAMODB ? whyNoDynamo(name, url) : Optional.empty();
        };
    }

    private static Optional<String> whyNoDynamo(String name, URI url) {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(url)
                .region(Region.US_EAST_1)
                .credentialsProvider(Emulators.credentials())
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(PATIENCE))
                .overrideConfiguration(settings -> settings.retryStrategy(
                        StandardRetryStrategy.builder().maxAttempts(1).build()))
                .build()) {
            client.listTables();
            return Optional.empty();
        } catch (SdkException e) {
            return Optional.of(name + ": its DynamoDB does not start here: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
