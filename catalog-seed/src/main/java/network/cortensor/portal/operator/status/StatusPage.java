package network.cortensor.portal.operator.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.operator.console.Bar;
import network.cortensor.portal.operator.console.Console;
import network.cortensor.portal.operator.console.Moments;
import network.cortensor.portal.operator.console.Span;
import network.cortensor.portal.operator.console.Style;
import network.cortensor.portal.operator.console.Table;
import network.cortensor.portal.operator.console.Table.Column;
import network.cortensor.portal.routing.Availability;

/** Lays a status out for people. */
record StatusPage(Console console, Instant now) {
    private static final int INDENT = 4;

    /** Of slots and of first-token times, in columns. */
    private static final int BAR = 8;

    void alias(AliasStatus status) {
        console.line(
                new Span(status.alias().name(), Style.STRONG),
                Span.plain("  "),
                new Span(status.availability().word(), style(status.availability())),
                new Span(stage(status.alias().lifecycle().stage()), Style.FAINT),
                new Span(own(status.alias().state()), Style.WARNING));
        status.pools().forEach(this::pool);
    }

    void pool(PoolStatus status) {
        console.line(
                Span.plain("  pool " + status.name() + "  "),
                status.effective()
                        .map(state -> new Span(state.word(), style(state)))
                        .orElse(new Span("does not exist", Style.BAD)),
                new Span(details(status), Style.FAINT));
        if (!status.targets().isEmpty()) {
            console.table(targets(status));
        } else if (status.state().isPresent()) {
            console.line(new Span("    no target", Style.BAD));
        }
        console.line("");
    }

    private static String details(PoolStatus status) {
        String role = status.role().words();
        String slots =
                status.slots() == 0 ? "" : "  " + status.slotsTaken() + " of " + status.slots() + " slots in use";
        String model = status.servesModel().map(name -> "  serves " + name).orElse("");
        return (role.isEmpty() ? "" : "  " + role) + model + slots;
    }

    private Table targets(PoolStatus status) {
        Table table = new Table(
                        Column.of("TARGET"),
                        Column.of("STATE"),
                        Column.of("HEALTH"),
                        Column.of("SLOTS").right(),
                        Column.of("").ifRoom(9),
                        Column.of("FIRST TOKEN").right().ifRoom(2),
                        Column.of("").ifRoom(8),
                        Column.of("LAST SUCCESS").right().ifRoom(1),
                        Column.of("SESSION ENDS").ifRoom(3),
                        Column.of("ROUTER").ifRoom(5),
                        Column.of("SESSION").ifRoom(4),
                        Column.of("WHY").wrapped().ifRoom(0))
                .indented(INDENT);
        Optional<Duration> slowest = status.targets().stream()
                .flatMap(target -> target.health().firstToken().stream())
                .max(Comparator.naturalOrder());
        status.targets().forEach(target -> row(target, slowest.orElse(Duration.ofSeconds(1)), table));
        return table;
    }

    /** @param slowest first token in this pool: what a whole bar stands for */
    private void row(TargetStatus status, Duration slowest, Table table) {
        table.row(
                Span.plain(status.target().id().name()),
                new Span(status.effective().word(), style(status.effective())),
                new Span(
                        status.judged().view().standing().word(),
                        style(status.judged().view().standing())),
                Span.plain(status.slots()),
                new Span(
                        drawn(
                                status.capacity() == 0
                                        ? ""
                                        : Bar.places(status.taken().size(), status.capacity(), BAR)),
                        Style.CHANGED),
                Span.plain(status.health().firstToken().map(Moments::precise).orElse("–")),
                new Span(
                        drawn(status.health()
                                .firstToken()
                                .map(time -> bar(time, slowest))
                                .orElse("")),
                        Style.CHANGED),
                Span.plain(ago(status.health().latest().success())),
                Span.plain(status.target()
                        .sessionExpiresAt()
                        .map(end -> Moments.from(now, end))
                        .orElse("")),
                new Span(status.target().session().router(), Style.FAINT),
                new Span(status.target().session().id(), Style.FAINT),
                new Span(status.why(), status.eligible() ? Style.WARNING : Style.BAD));
    }

    private static String bar(Duration time, Duration slowest) {
        return Bar.of((double) time.toMillis() / Math.max(1, slowest.toMillis()), BAR);
    }

    private String drawn(String bar) {
        return console.drawn() ? bar : "";
    }

    private String ago(Optional<Instant> moment) {
        return moment.map(at -> Moments.from(now, at)).orElse("–");
    }

    void problem(Problem problem) {
        console.line(
                switch (problem.severity()) {
                    case ERROR -> new Span("bad item: ", Style.BAD);
                    case ADVICE -> new Span("advice: ", Style.WARNING);
                },
                Span.plain(problem.toString()));
    }

    /** What goes without saying is not said. */
    private static String stage(Stage stage) {
        return stage == Stage.AVAILABLE ? "" : "  (" + stage.word() + ")";
    }

    private static String own(State state) {
        return state == State.LIVE ? "" : "  " + state.word();
    }

    private static Style style(Availability availability) {
        return switch (availability) {
            case AVAILABLE -> Style.GOOD;
            case DEGRADED -> Style.WARNING;
            case UNAVAILABLE -> Style.BAD;
        };
    }

    private static Style style(State state) {
        return switch (state) {
            case LIVE -> Style.GOOD;
            case DEGRADED, DRAINING -> Style.WARNING;
            case PAUSED -> Style.BAD;
        };
    }

    private static Style style(Standing standing) {
        return switch (standing) {
            case GOOD -> Style.GOOD;
            case UNKNOWN -> Style.PLAIN;
            case EJECTED -> Style.BAD;
        };
    }
}
