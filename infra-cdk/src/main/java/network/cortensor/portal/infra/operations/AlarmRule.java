package network.cortensor.portal.infra.operations;

import java.util.Locale;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/**
 * One reason to wake somebody.
 *
 * @param id never changes: the alarm's identity, and in small letters the name of its chapter in the runbook; where a chapter has several
 *     alarms, a hyphen and a word tell them apart
 * @param says what is wrong, for somebody who is half asleep
 */
record AlarmRule(String id, String says, IMetric metric, Bound bound) {
    /** With the place where it is written what to do. */
    String description(String environment) {
        return "Portal " + environment + ": " + says + " What to do: infra-cdk/RUNBOOK.md#" + anchor();
    }

    private String anchor() {
        return id.replaceFirst("-.*", "").replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
