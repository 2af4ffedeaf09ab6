package network.cortensor.portal.prober;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.telemetry.Line;

/** Runs ticks. They may overlap, in one process or in several: none undoes what another wrote. Safe for use by many threads. */
public final class Prober {
    private final Supplier<ProberParts> connect;
    private Optional<ProberParts> connected = Optional.empty();

    /** @param connect makes the parts when the first tick begins, and not before */
    public Prober(Supplier<ProberParts> connect) {
        this.connect = connect;
    }

    /** How a tick ended. */
    public enum Outcome {
        FINISHED,
        /** Most of the fleet turned bad at once, and nothing bad was believed. */
        FROZEN,
        /** The tables could not be read: nothing was done. */
        TABLES_UNAVAILABLE,
        /** Its thread was interrupted. */
        INTERRUPTED;

        /** The word in log lines and answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Runs one tick; blocks until everything that it began is over.
     *
     * @param left until the function is ended from outside
     */
    public Outcome tick(Duration left) {
        ProberParts parts = parts();
        Instant end =
                parts.clock().instant().plus(left).minus(parts.limits().spans().margin());
        try {
            return new Tick(parts, end).run();
        } catch (CatalogUnavailable | HealthUnavailable e) {
            return broken(parts, Outcome.TABLES_UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return broken(parts, Outcome.INTERRUPTED);
        }
    }

    /**
     * Probes one target deeply, because an operator asks; blocks until it is over.
     *
     * @param left until the function is ended from outside
     * @return {@code outcome} and what belongs to it, as in {@link OperatorProbe#of}
     */
    Map<String, Object> probe(TargetId target, Duration left) {
        ProberParts parts = parts();
        Instant end =
                parts.clock().instant().plus(left).minus(parts.limits().spans().margin());
        try {
            return new OperatorProbe(parts, end).of(target);
        } catch (CatalogUnavailable | HealthUnavailable e) {
            return OperatorProbe.answer(Outcome.TABLES_UNAVAILABLE.word());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OperatorProbe.answer(Outcome.INTERRUPTED.word());
        }
    }

    private static Outcome broken(ProberParts parts, Outcome outcome) {
        parts.journal().write(Line.of("tick").with("outcome", outcome.word()));
        return outcome;
    }

    private synchronized ProberParts parts() {
        ProberParts parts = connected.orElseGet(connect);
        connected = Optional.of(parts);
        return parts;
    }
}
