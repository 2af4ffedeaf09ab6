package network.cortensor.portal.operator.doctor;

import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.AwsWords;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Nobody answers, or not these credentials. Every further check would find the same once more, so none is made. */
final class ChecksEnded extends Exception {
    private final transient CheckResult finding;

    ChecksEnded(CheckResult finding) {
        super(finding.said());
        this.finding = finding;
    }

    /** That a service cannot be reached, as the SDK has it. */
    static ChecksEnded at(String what, Access access, SdkClientException unreached) {
        return new ChecksEnded(CheckResult.bad(
                what,
                AwsWords.of(unreached),
                access.isLocal()
                        ? "start the local product (mvn -Plocal), and give --endpoint-url the address that it prints as"
                                + " DynamoDB:"
                        : "check the region, and this machine's network and proxy"));
    }

    CheckResult finding() {
        return finding;
    }
}
