package network.cortensor.portal.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.CompletionEvent;

/** What a customer got, and when. */
final class RecordedDelivery implements Delivery {
    private final VirtualTime time;
    private final List<CompletionEvent> events = new ArrayList<>();
    private final List<Duration> keepAlives = new ArrayList<>();
    private final List<Optional<String>> models = new ArrayList<>();
    private int breaksAfter = Integer.MAX_VALUE;

    RecordedDelivery(VirtualTime time) {
        this.time = time;
    }

    /** The connection is lost after so many events. */
    void breakAfter(int delivered) {
        breaksAfter = delivered;
    }

    @Override
    public void from(ServedModel model) {
        models.add(model.otherName());
    }

    @Override
    public void keepAlive() throws IOException {
        requireConnection();
        keepAlives.add(time.sinceStart());
    }

    @Override
    public void deliver(CompletionEvent event) throws IOException {
        requireConnection();
        events.add(event);
    }

    private void requireConnection() throws IOException {
        if (events.size() >= breaksAfter) {
            throw new IOException("connection lost");
        }
    }

    List<CompletionEvent> events() {
        return List.copyOf(events);
    }

    /** The text so far. */
    String text() {
        return events.stream()
                .filter(CompletionEvent.Text.class::isInstance)
                .map(event -> ((CompletionEvent.Text) event).text())
                .collect(Collectors.joining());
    }

    /** What each attempt's model was said to be. */
    List<Optional<String>> models() {
        return List.copyOf(models);
    }

    List<Duration> keepAlives() {
        return List.copyOf(keepAlives);
    }
}
