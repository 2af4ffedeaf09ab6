package network.cortensor.portal.benchmarks.cost;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.benchmarks.cost.Units.Standing;

/** Prints the table of the section on costs in infra-cdk/README.md. */
public final class CostMain {
    private static final List<Double> REQUESTS = List.of(1e4, 1e6, 1e8);

    private CostMain() {}

    public static void main(String[] args) {
        Compute onDemand = new Compute.OnDemand();
        Compute fleet = Compute.ManagedInstances.FLEET;
        System.out.println("| requests a month | on demand: " + head() + " | Managed Instances: " + head() + " |");
        System.out.println("|---" + "|---:".repeat(2 * REQUESTS.size()) + "|");
        List<Month> months = Stream.concat(months(onDemand, Units.REQUEST), months(fleet, Units.REQUEST))
                .toList();
        for (String item : months.getLast().items().keySet()) {
            print(item, months, month -> month.items().getOrDefault(item, 0.0));
        }
        print("**together**", months, Month::total);
        print("a thousand requests", months, month -> month.total() / month.requests() * 1000);
        print("a million tokens of answers", months, Month::millionTokens);
        List<Month> fast = Stream.concat(months(onDemand, Units.FAST_REQUEST), months(fleet, Units.FAST_REQUEST))
                .toList();
        print("together, with routers that answer in 5 s", fast, Month::total);
        System.out.printf(
                Locale.ROOT,
                "%nManaged Instances are cheaper from %,.0f requests a month on, with routers that answer in 5 s from"
                        + " %,.0f on.%n",
                Compute.breakEven(onDemand, fleet, Units.REQUEST),
                Compute.breakEven(onDemand, fleet, Units.FAST_REQUEST));
    }

    private static String head() {
        return REQUESTS.stream()
                .map(count -> String.format(Locale.ROOT, "%,.0f", count))
                .collect(Collectors.joining(" | "));
    }

    private static Stream<Month> months(Compute compute, Units units) {
        return REQUESTS.stream().map(count -> new Month(count, compute, units, Standing.MONTH));
    }

    private static void print(String item, List<Month> months, ToDoubleFunction<Month> dollars) {
        System.out.println(
                row(item, months.stream().mapToDouble(dollars).boxed().toList()));
    }

    private static String row(String item, List<Double> dollars) {
        return "| " + item + " | " + dollars.stream().map(CostMain::dollars).collect(Collectors.joining(" | ")) + " |";
    }

    private static String dollars(double value) {
        return String.format(Locale.ROOT, value < 100 ? "$%,.2f" : "$%,.0f", value);
    }
}
