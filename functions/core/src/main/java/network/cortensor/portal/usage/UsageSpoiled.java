package network.cortensor.portal.usage;

/**
 * One customer's counters cannot be read, because they were edited by hand. The table has reported which field is wrong. No request of that customer is
 * let in until the item is mended or deleted; other customers' counters are as good as ever.
 */
public final class UsageSpoiled extends UsageUnavailable {
    public UsageSpoiled(Throwable cause) {
        super(cause);
    }
}
