package network.cortensor.portal.usage;

/** What counts against the limits of a key, or of all keys of a customer together. */
public record Use(Meter minute, Meter week, Meter tokens, long inFlight) {
    static final Use ZERO = new Use(Meter.ZERO, Meter.ZERO, Meter.ZERO, 0);

    Use plus(Use other) {
        return new Use(
                minute.plus(other.minute), week.plus(other.week), tokens.plus(other.tokens), inFlight + other.inFlight);
    }
}
