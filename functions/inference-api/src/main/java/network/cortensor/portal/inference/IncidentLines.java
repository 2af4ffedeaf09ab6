package network.cortensor.portal.inference;

import java.util.Locale;
import network.cortensor.portal.runtime.Incident;
import network.cortensor.portal.runtime.Incidents;
import network.cortensor.portal.settings.BadSettings;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.Line;

/** Logs what goes wrong outside of any request by the class of its cause; the one message that is ours to show names bad settings. */
public record IncidentLines(Journal journal) implements Incidents {
    @Override
    public void happened(Incident incident) {
        Line line = Line.of("incident")
                .with("step", incident.step().name().toLowerCase(Locale.ROOT))
                .with("exception", incident.cause().getClass().getName());
        incident.requestId().ifPresent(id -> line.with("invocation", id));
        if (incident.cause() instanceof BadSettings bad) {
            line.with("settings", String.valueOf(bad.getMessage()));
        }
        journal.write(line);
    }
}
