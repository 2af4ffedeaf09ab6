package network.cortensor.portal.benchmarks.overload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import network.cortensor.portal.benchmarks.machine.Machine;
import network.cortensor.portal.benchmarks.machine.Machine.Moment;
import network.cortensor.portal.benchmarks.overload.Fairness.Got;
import network.cortensor.portal.benchmarks.overload.WaitingCallers.Party;

/**
 * Measures, and writes {@code overload.md} into the folder that is its argument; about eight minutes. {@code -Dportal.seconds=20} makes
 * each of its windows shorter, for a rehearsal.
 *
 * <p>A busy machine spoils little here: answers take three seconds, and what is counted is answers. So it is measured anyway, and the
 * report says what others used.
 */
public final class OverloadMain {
    private static final List<Integer> TIMES = List.of(2, 10);
    private static final int WINDOW_SECONDS = 120;
    private static final Duration WARM_UP = Duration.ofSeconds(8);

    /** The load goes on after a window, so that the last requests of the window meet the same crowd as the first. */
    private static final Duration AFTER = Duration.ofSeconds(15);

    private static final int MEMORY_PARTS = 4;
    private static final int MANY = 10;

    private final OverloadEnvironment ground;
    private final Duration window;
    private final Party few;
    private final Party many;

    private OverloadMain(OverloadEnvironment ground, Duration window) {
        this.ground = ground;
        this.window = window;
        this.few = new Party("few", ground.keyOf("few"), OverloadEnvironment.SESSIONS);
        this.many = new Party("many", ground.keyOf("many"), MANY * OverloadEnvironment.SESSIONS);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Duration window = Duration.ofSeconds(Integer.getInteger("portal.seconds", WINDOW_SECONDS));
        try (OverloadEnvironment ground = OverloadEnvironment.start()) {
            Moment start = Machine.moment(ground.processes());
            OverloadMain main = new OverloadMain(ground, window);
            List<Overload> overloads = main.overloads();
            Fairness fairness = main.fairness();
            String machine = Machine.name() + ", "
                    + start.until(Machine.moment(ground.processes())).words();
            OverloadReport report = new OverloadReport(machine, LocalDate.now(ZoneOffset.UTC), overloads, fairness);
            Files.createDirectories(Path.of(args[0]));
            Files.writeString(Path.of(args[0]).resolve("overload.md"), report.markdown());
            System.out.println(report.markdown());
        }
    }

    /** Each caller is a customer of its own. */
    private List<Overload> overloads() throws IOException, InterruptedException {
        List<Overload> overloads = new ArrayList<>();
        System.out.println("Warming up");
        new WaitingCallers(ground.api(), List.of(few)).ask(WARM_UP);
        for (int times : TIMES) {
            System.out.println("Customers for each session: " + times);
            List<Party> customers = new ArrayList<>();
            for (int number = 0; number < times * OverloadEnvironment.SESSIONS; number++) {
                String name = "customer-" + times + "-" + number;
                customers.add(new Party(name, ground.keyOf(name), 1));
            }
            try (Memory memory = Memory.of(ground.product())) {
                overloads.add(new Overload(times, window, begunInTime(customers), memory.parts(MEMORY_PARTS)));
            }
        }
        return overloads;
    }

    private List<Visit> begunInTime(List<Party> parties) throws IOException, InterruptedException {
        return new WaitingCallers(ground.api(), parties)
                .ask(window.plus(AFTER)).stream()
                        .filter(visit -> visit.began().compareTo(window) < 0)
                        .toList();
    }

    /** Half a window for each. */
    private Fairness fairness() throws IOException, InterruptedException {
        System.out.println("Two customers, alone and together");
        double fewAlone = perMinute(few, List.of(few));
        double manyAlone = perMinute(many, List.of(many));
        List<Visit> together = answers(List.of(few, many));
        return new Fairness(
                new Got(few.callers(), fewAlone, perMinute(few, together, half())),
                new Got(many.callers(), manyAlone, perMinute(many, together, half())));
    }

    private double perMinute(Party party, List<Party> parties) throws IOException, InterruptedException {
        return perMinute(party, answers(parties), half());
    }

    /** Answers that ended while all were asking. */
    private List<Visit> answers(List<Party> parties) throws IOException, InterruptedException {
        return new WaitingCallers(ground.api(), parties)
                .ask(half()).stream()
                        .filter(visit -> visit.served() && visit.ended().compareTo(half()) <= 0)
                        .toList();
    }

    private static double perMinute(Party party, List<Visit> answers, Duration time) {
        long count = answers.stream()
                .filter(visit -> visit.customer().equals(party.customer()))
                .count();
        return count * 60.0 / time.toSeconds();
    }

    private Duration half() {
        return window.dividedBy(2);
    }
}
