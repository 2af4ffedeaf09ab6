package network.cortensor.portal.router;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.prompt.Prompt;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.wire.Exchange;
import network.cortensor.portal.wire.WireSettings;

/** Speaks to each target in its protocol, over a connection of its own. */
public final class Routers implements Router {
    private final WireSettings wire;
    private final RouterKeys keys;
    private final RandomGenerator random;
    private final SideBySide beside;

    /** @param random safe for use by many threads; makes requests' references unique */
    public Routers(WireSettings wire, RouterKeys keys, RandomGenerator random) {
        this(wire, keys, random, SideBySide.VIRTUAL_THREADS);
    }

    /** @param beside connects ahead of requests */
    public Routers(WireSettings wire, RouterKeys keys, RandomGenerator random, SideBySide beside) {
        this.wire = wire;
        this.keys = keys;
        this.random = random;
        this.beside = beside;
    }

    /** @throws IllegalArgumentException if a prompt-only router is to serve what it {@linkplain CompletionRequest#features cannot} */
    @Override
    public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
        return open(wire.exchange(), target, request, times);
    }

    @Override
    public Approach approach(Target target, Duration within) {
        Exchange exchange = wire.exchange();
        exchange.connect(target.routerUrl(), wire.clock().instant().plus(within), beside);
        return new ExchangeAhead(exchange, place(target));
    }

    @Override
    public void readCredential(Target target) {
        keys.keyFor(target.routerUrl());
    }

    /** As in {@code https router.example:443}. */
    private static String place(Target target) {
        return target.routerUrl().getScheme() + " " + target.session().router();
    }

    /** A connection to {@code place} with nothing sent on it. */
    private final class ExchangeAhead implements Approach {
        private final Exchange exchange;
        private final String place;
        private boolean used;

        private ExchangeAhead(Exchange exchange, String place) {
            this.exchange = exchange;
            this.place = place;
        }

        @Override
        public boolean leadsTo(Target target) {
            return !used && place(target).equals(place);
        }

        @Override
        public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
            used = true;
            return Routers.this.open(exchange, target, request, times);
        }

        @Override
        public void close() {
            if (!used) {
                used = true;
                exchange.close();
            }
        }
    }

    private RouterCall open(Exchange exchange, Target target, CompletionRequest request, CallTimes times) {
        InstantSource clock = wire.clock();
        AttemptRequest ask = new AttemptRequest(target, request, times);
        Dialect dialect = switch (target.protocol()) {
            case Protocol.Cortensor cortensor ->
                new CortensorDialect(cortensor, ask, Prompt.of(request, cortensor.rawText(), today()), reference());
            case Protocol.OpenAi openAi -> new OpenAiDialect(openAi, ask);
        };
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
