package network.cortensor.portal.history;

import java.util.Locale;
import network.cortensor.portal.catalog.ProblemReports;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;

/**
 * One line per recorded change, and one per bad item and field, with the metrics that alarms watch. Who changed an item and why is in
 * history alone: people's words stay out of the log.
 */
public record ChangeLog(Journal journal, ProblemReports badItems) {

    void recorded(HistoryEntry entry) {
        journal.write(Line.of("catalog_change")
                .with("item", entry.id().item().stored())
                .with("sequence", entry.id().sequence().toString())
                .with("kind", entry.images().kind().name().toLowerCase(Locale.ROOT))
                .with("verdict", entry.verdict().bad() ? "bad" : "good")
                .with("problems", entry.verdict().problems().size())
                .metric(Metric.CATALOG_CHANGES, 1));
        badItems.report(entry.verdict().errors());
    }

    /** @param why fixed words, no text of the record */
    void unrecorded(String sequence, String why) {
        journal.write(Line.of("catalog_change")
                .with("sequence", sequence)
                .with("outcome", "unrecorded")
                .with("why", why));
    }
}
