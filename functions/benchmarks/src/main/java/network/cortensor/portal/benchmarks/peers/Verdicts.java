package network.cortensor.portal.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is wanted of the product beside the others, and whether it is reached: a bound of what it adds to the first token; ahead of LiteLLM in all that a cell
 * tells; the first token sooner than behind Portkey where answers are paced as people read.
 *
 * @param cells of each gateway, one for each of {@link Load#ALL}
 */
record Verdicts(Map<Peer, List<Cell>> cells) {
    /** One line for each wish, as a list. */
    String markdown() {
        List<String> lines = new ArrayList<>();
        cells.keySet().stream().filter(Ours.class::isInstance).forEach(ours -> {
            for (int load = 0; load < Load.ALL.size(); load++) {
                lines.addAll(lines(ours, load));
            }
        });
        return String.join("\n", lines);
    }

    private List<String> lines(Peer ours, int number) {
        Load load = Load.ALL.get(number);
        String where = "- " + ours.name() + ", " + load.title() + ": ";
        return switch (cell(ours, number)) {
            case Cell.Missing _ -> List.of(where + "not measured");
            case Cell.Measured(Row row) -> {
                String bound =
                        String.format(Locale.ROOT, "≤ %.0f / %.0f ms wanted, ", load.wantedP50(), load.wantedP99());
                boolean within = row.addedP50() <= load.wantedP50() && row.addedP99() <= load.wantedP99();
                String verdicts =
                        bound + word(within) + "; ahead of LiteLLM wanted, " + beside(row, LiteLlm.class, number);
                yield List.of(where
                        + (load.gap().equals(Load.SLOW)
                                ? verdicts + "; first token sooner than Portkey's wanted, "
                                        + beside(row, Portkey.class, number)
                                : verdicts));
            }
        };
    }

    private String beside(Row ours, Class<? extends Peer> other, int number) {
        return cells.keySet().stream()
                .filter(other::isInstance)
                .map(peer -> switch (cell(peer, number)) {
                    case Cell.Missing _ -> "not measured";
                    case Cell.Measured(Row row) ->
                        word(other == LiteLlm.class ? ours.aheadOf(row) : ours.soonerThan(row));
                })
                .findFirst()
                .orElse("not measured");
    }

    private Cell cell(Peer peer, int number) {
        return cells.getOrDefault(peer, List.of()).get(number);
    }

    private static String word(boolean reached) {
        return reached ? "reached" : "**not reached**";
    }
}
