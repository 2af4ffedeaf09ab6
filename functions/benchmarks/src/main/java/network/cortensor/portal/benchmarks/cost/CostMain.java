package network.cortensor.portal.benchmarks.cost;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import network.cortensor.portal.benchmarks.cost.Units.Standing;

/** Prints the table of the section on costs in infra-cdk/README.md. */
public final class CostMain {
    private static final List<Double> REQUESTS = List.of(1e4, 1e6, 1e8);

    private CostMain() {}

    public static void main(String[] args) {
        List<Month> months = months(Units.REQUEST);
        System.out.println("| requests a month | "
                + REQUESTS.stream()
                        .map(count -> String.format(Locale.ROOT, "%,.0f", count))
                        .collect(Collectors.joining(" | "))
                + " |");
        System.out.println("|---" + "|---:".repeat(REQUESTS.size()) + "|");
        for (String item : months.getFirst().items().keySet()) {
            System.out.println(row(
                    item,
                    months.stream()
                            .map(month -> month.items().getOrDefault(item, 0.0))
                            .toList()));
        }
        System.out.println(row("**together**", months.stream().map(Month::total).toList()));
        System.out.println(row(
                "a thousand requests",
                months.stream()
                        .map(month -> month.total() / month.requests() * 1000)
                        .toList()));
        System.out.println(row(
                "together, with routers that answer in 5 s",
                months(Units.FAST_REQUEST).stream().map(Month::total).toList()));
    }

    private static List<Month> months(Units units) {
        return REQUESTS.stream()
                .map(count -> new Month(count, units, Standing.MONTH))
                .toList();
    }

    private static String row(String item, List<Double> dollars) {
        return "| " + item + " | " + dollars.stream().map(CostMain::dollars).collect(Collectors.joining(" | ")) + " |";
    }

    private static String dollars(double value) {
        return String.format(Locale.ROOT, value < 100 ? "$%,.2f" : "$%,.0f", value);
    }
}
