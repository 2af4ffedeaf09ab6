package network.cortensor.portal.operator.frame;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What AWS's SDK complains about, in one line that tells an operator what to do. */
public final class AwsWords {
    /** How the SDK says that none of the places where credentials may be has any. */
    private static final String NO_CREDENTIALS = "Unable to load credentials";

    private AwsWords() {}

    /** Whether no credentials are there at all; others may have expired. */
    public static boolean saysNoCredentials(SdkException exception) {
        return firstLine(exception.getMessage()).contains(NO_CREDENTIALS);
    }

    public static String of(SdkException exception) {
        return switch (exception) {
            case AwsServiceException answer
            when answer.awsErrorDetails() != null ->
                "AWS: " + answer.awsErrorDetails().serviceName() + " answered "
                        + answer.awsErrorDetails().errorCode() + ": "
                        + firstLine(answer.awsErrorDetails().errorMessage());
            default -> "AWS: " + explained(firstLine(exception.getMessage()));
        };
    }

    /** Whether AWS said no, so that it has not done what it was asked. Without an answer, or with one of its own errors, it may have. */
    public static boolean refused(SdkException exception) {
        return exception instanceof AwsServiceException answer && answer.statusCode() < 500;
    }

    private static String explained(String message) {
        return message.contains(NO_CREDENTIALS)
                ? "no credentials (expected: AWS_PROFILE, --profile or AWS_ACCESS_KEY_ID, as for every AWS tool)"
                : message;
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "no reason given" : text.lines().findFirst().orElse("no reason given");
    }
}
