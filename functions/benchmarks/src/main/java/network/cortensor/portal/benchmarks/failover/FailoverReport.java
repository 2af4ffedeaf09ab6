package network.cortensor.portal.benchmarks.failover;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.benchmarks.failover.Measured.Verdict;

/** The verdicts as a table, with what keeps a scenario from passing. */
final class FailoverReport {
    private FailoverReport() {}

    static String of(Map<String, List<Measured>> results) {
        return """
                # Failover, as a public benchmark judges it

                The sixteen scenarios of Failover Bench (github.com/failoverbench/failoverbench, methodology v0.1), written anew after its methodology and its runner, over the running local product
                with production's times and its prober. Each scenario's pool has one OpenAI-compatible target; behind it stands a fallback pool of another model with a longer context
                (`servesModel`). `defaults` are a pool's defaults; `quick` has `firstTokenSeconds` 10; `buffered` has `streaming: buffered`; `buffered-quick` has `attemptSeconds` 15 besides, so that a
                whole answer has 12 s. A cell is the verdict, the attempts of callers at the primary + those at the fallback, and the seconds of the (longest) call. As in the benchmark itself,
                a primary that was down is back (S15) when it answers anything, a probe included; customers follow when its ejection is over.

                """
                + "| scenario | " + String.join(" | ", results.keySet()) + " |\n|---|" + "---|".repeat(results.size())
                + "\n"
                + Stream.of(BenchScenario.values())
                        .map(scenario -> row(scenario, results))
                        .collect(Collectors.joining())
                + "| **pass / partial / safe / fail** | "
                + results.values().stream().map(FailoverReport::counts).collect(Collectors.joining(" | ")) + " |\n\n"
                + why(results)
                + """

                Published for others on 2026-09-07 by the benchmark itself: Portkey 11/2/0/3, Bifrost 9/3/3/1, LiteLLM 9/3/4/0.

                ```
                mvn -q -Pmeasure -DskipTests package -pl functions/benchmarks -am -Dmeasure=failover
                ```
                """;
    }

    private static String row(BenchScenario scenario, Map<String, List<Measured>> results) {
        return "| " + scenario + " " + scenario.title() + " | "
                + results.values().stream()
                        .map(measured -> cell(of(measured, scenario)))
                        .collect(Collectors.joining(" | "))
                + " |\n";
    }

    private static Measured of(List<Measured> measured, BenchScenario scenario) {
        return measured.stream()
                .filter(each -> each.scenario() == scenario)
                .findFirst()
                .orElseThrow();
    }

    private static String cell(Measured measured) {
        String verdict = word(measured.verdict());
        return String.format(
                Locale.ROOT,
                "%s (%d + %d, %.1f s)",
                measured.verdict() == Verdict.PASS ? verdict : "**" + verdict + "**",
                measured.primary(),
                measured.fallback(),
                measured.seconds());
    }

    private static String counts(List<Measured> measured) {
        return Stream.of(Verdict.values())
                .map(verdict -> Long.toString(measured.stream()
                        .filter(each -> each.verdict() == verdict)
                        .count()))
                .collect(Collectors.joining("/", "**", "**"));
    }

    /** Of each cell that is no pass. */
    private static String why(Map<String, List<Measured>> results) {
        StringBuilder lines = new StringBuilder();
        results.forEach((system, measured) -> measured.stream()
                .filter(each -> each.verdict() != Verdict.PASS)
                .forEach(each -> lines.append("- ")
                        .append(system)
                        .append(", ")
                        .append(each.scenario())
                        .append(": ")
                        .append(word(each.verdict()))
                        .append(", ")
                        .append(Stream.concat(
                                        each.scenario().broken(each).stream(), each.scenario().unadvised(each).stream())
                                .map(missed -> "not \"" + missed + "\"")
                                .collect(Collectors.joining(", ")))
                        .append(
                                each.call().error().isEmpty()
                                        ? ""
                                        : " " + each.call().error())
                        .append(". ")
                        .append(rule(each.scenario()))
                        .append("\n")));
        return lines.toString();
    }

    /** The product's rule that a pass would break. */
    private static String rule(BenchScenario scenario) {
        return switch (scenario) {
            case S06 ->
                "A whole answer has 120 s by default, for long answers take as long; it is not known to be silent before.";
            case S07 ->
                "By default 60 s are waited for a first token, for routers need tens of seconds until they find a miner; a pool of quicker servers says `firstTokenSeconds`, and one that has answered often is waited for as long as it usually needs.";
            case S08, S09, S14 ->
                "No second target after the first token: a replayed answer is worse than a broken one. The stream ends with one error event.";
            case S10 ->
                "An event that cannot be read may have been a part of the answer, and an answer that lacks one must not look whole.";
            case S15 ->
                "An ejected target is probed every quarter of a minute, and no customer's request is spent on finding out.";
            case S01, S02, S03, S04, S05, S11, S12, S13, S16 -> "";
        };
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
