package network.cortensor.portal.api.limits;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.usage.Allowance;
import network.cortensor.portal.usage.Quota;
import network.cortensor.portal.usage.Totals;

/** The answer of {@code GET /v1/usage}: how far the key's limits, and those of its customer as a whole, are used up, and the key's own totals. */
public final class UsageReport {
    private UsageReport() {}

    public static ObjectNode of(Customer customer, Allowance allowance) {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("object", "usage")
                .put("key_id", customer.keyId())
                .put("plan", customer.plan().name());
        ArrayNode limits = report.putArray("limits");
        allowance.quotas().forEach(quota -> limits.add(limit(quota)));
        LocalDate today = allowance.today();
        Totals day = allowance.key().today();
        Totals month = allowance.key().month().plus(day);
        report.set("today", totals(day).put("date", today.toString()));
        report.set("month", totals(month).put("month", YearMonth.from(today).toString()));
        report.put("requests_in_flight", allowance.key().open().size());
        return report;
    }

    private static ObjectNode limit(Quota quota) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("limit", quota.limit().measure().word())
                .put("scope", quota.limit().scope().word())
                .put("most", quota.most())
                .put("used", quota.used())
                .put("remaining", quota.remaining())
                .put("resets_at", wholeSecond(quota.resetsAt()).toString());
    }

    /** The first whole second that is not before the instant: all limits speak of seconds, and none of room that is not there yet. */
    private static Instant wholeSecond(Instant instant) {
        return instant.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    }

    private static ObjectNode totals(Totals totals) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("requests", totals.requests())
                .put("prompt_tokens", totals.promptTokens())
                .put("completion_tokens", totals.completionTokens())
                .put("total_tokens", totals.tokens());
    }
}
