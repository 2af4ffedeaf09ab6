package network.cortensor.portal.router;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.prompt.Prompt;
import network.cortensor.portal.wire.Exchange;
import network.cortensor.portal.wire.WireSettings;

/** Speaks to each target in its protocol, over a connection of its own. */
public final class Routers implements Router {
    private final WireSettings wire;
    private final RouterKeys keys;
    private final RandomGenerator random;

    /** @param random safe for use by many threads; makes requests' references unique */
    public Routers(WireSettings wire, RouterKeys keys, RandomGenerator random) {
        this.wire = wire;
        this.keys = keys;
        this.random = random;
    }

    /** @throws IllegalArgumentException if a prompt-only router is to serve what it {@linkplain CompletionRequest#features cannot} */
    @Override
    public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
        InstantSource clock = wire.clock();
        AttemptRequest ask = new AttemptRequest(target, request, times);
        Dialect dialect = switch (target.protocol()) {
            case Protocol.Cortensor cortensor ->
                new CortensorDialect(cortensor, ask, Prompt.of(request, cortensor.rawText(), today()), reference());
            case Protocol.OpenAi openAi -> new OpenAiDialect(openAi, ask);
        };
        Exchange exchange = wire.exchange();
        CallWorker attempt = new CallWorker(keys, exchange, dialect, new Relay(clock), clock);
        return new LiveCall(attempt, dialect.reader(), new Deadlines(times, clock.instant()), clock);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(wire.clock().instant(), ZoneOffset.UTC);
    }

    /** 128 random bits: routers know no idempotency, but tell two requests apart by this. */
    private String reference() {
        HexFormat hex = HexFormat.of();
        return "portal-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
