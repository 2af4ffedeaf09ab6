package network.cortensor.portal.usage;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.model.UsualTime;

/**
 * How long requests take from receipt to settlement, as far as this worker has seen: of the customer's own requests, or of all customers' if it has seen none of the customer. An estimate for {@code
 * retry-after} that no rule depends on. Safe for use by many threads.
 */
final class RequestTimes {
    /** Where nothing was seen yet: answers take 8 to 80 s, and a customer who is refused has several of them under way. */
    static final Duration UNSEEN = Duration.ofSeconds(5);

    /** Those who have not been seen for longest are forgotten first. */
    private static final int MOST_CUSTOMERS = 1_000;

    private final Map<String, UsualTime> byCustomer = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UsualTime> eldest) {
            return size() > MOST_CUSTOMERS;
        }
    };
    private Optional<UsualTime> everybodys = Optional.empty();

    synchronized void saw(String customer, Duration total) {
        byCustomer.merge(customer, UsualTime.first(total), (usual, first) -> usual.and(total));
        everybodys = Optional.of(everybodys.map(usual -> usual.and(total)).orElseGet(() -> UsualTime.first(total)));
    }

    /** How long most of a customer's requests take. */
    synchronized Duration of(String customer) {
        return Optional.ofNullable(byCustomer.get(customer))
                .or(() -> everybodys)
                .map(UsualTime::most)
                .orElse(UNSEEN);
    }
}
