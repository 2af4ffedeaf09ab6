package network.cortensor.portal.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import network.cortensor.portal.time.Pause;

/**
 * Calls a deployment as a customer would: the models, a request without a key, a chat, a stream for each front and version of HTTP, and a
 * volley of streams for each front. It costs as many short answers and changes nothing. One at a time; not thread-safe.
 */
public final class SmokeTest {
    private final Subject subject;
    private final SmokeCustomer customer;
    private final SmokeCustomer stranger;
    private final Pause pause;
    private final Consumer<Finding> out;
    private final List<Finding> findings = new ArrayList<>();

    /** Those that may be asked; first the one that is known to stream. */
    private Deque<String> models = new ArrayDeque<>();

    /** The fronts at which the first of the models has come word by word. */
    private final Set<URI> streamsAt = new HashSet<>();

    /**
     * What is tested.
     *
     * @param key a customer's
     * @param model the only one to ask; if absent, streams are tried with all that are available, until one comes word by word
     */
    public record Subject(DeploymentUrls endpoints, String key, Optional<String> model, Volley volley) {
        @Override
        public String toString() {
            return "Subject[" + endpoints + ", " + model + ", " + volley + "]";
        }
    }

    /** Time and network, which tests bring along. */
    public record Means(HttpClient client, InstantSource clock, Pause pause) {}

    /** @param out gets each finding as soon as it is there */
    public SmokeTest(Subject subject, Means means, Consumer<Finding> out) {
        this.subject = subject;
        this.customer =
                new SmokeCustomer(means.client(), Optional.of(subject.key()), means.clock(), SmokeCustomer.PATIENCE);
        this.stranger = new SmokeCustomer(means.client(), Optional.empty(), means.clock(), SmokeCustomer.PATIENCE);
        this.pause = means.pause();
        this.out = out;
    }

    /** @return every finding, in the order in which they came */
    public List<Finding> run() throws InterruptedException {
        check("models", this::models);
        check("no key", this::noKey);
        subject.model().ifPresent(model -> models = new ArrayDeque<>(List.of(model)));
        if (models.isEmpty()) {
            tell(new Finding.Bad("chat", "no model to ask"));
            return List.copyOf(findings);
        }
        check("chat", name -> chat(name, models.getFirst()));
        streams("API Gateway", subject.endpoints().api());
        Optional<URI> url = subject.endpoints().streaming();
        if (url.isPresent()) {
            streams("streaming URL", url.get());
        }
        return List.copyOf(findings);
    }

    private Finding models(String name) throws IOException, InterruptedException {
        SmokeCustomer.Answer answer = customer.models(subject.endpoints().api());
        JsonNode listed = answer.body().path("data");
        if (answer.status() != 200 || listed.isEmpty()) {
            return new Finding.Bad(name, answer.status() == 200 ? "none" : answer.inWords());
        }
        List<String> open = StreamSupport.stream(listed.spliterator(), false)
                .filter(model -> model.path("status").asText().equals("available"))
                .map(model -> model.path("id").asText())
                .toList();
        models = new ArrayDeque<>(open);
        String detail = open.size() + " of " + listed.size() + " available: " + String.join(", ", open);
        return open.isEmpty() ? new Finding.Bad(name, detail) : new Finding.Good(name, detail);
    }

    private Finding noKey(String name) throws IOException, InterruptedException {
        SmokeCustomer.Answer answer = stranger.chat(subject.endpoints().api(), "any");
        return answer.status() == 401
                ? new Finding.Good(name, answer.inWords())
                : new Finding.Bad(name, answer.inWords() + " (expected: 401)");
    }

    private Finding chat(String name, String model) throws IOException, InterruptedException {
        SmokeCustomer.Answer answer = customer.chat(subject.endpoints().api(), model);
        String text = answer.body().at("/choices/0/message/content").asText("");
        int tokens = answer.body().at("/usage/completion_tokens").asInt();
        if (answer.status() != 200) {
            return new Finding.Bad(name, model + ": " + answer.inWords());
        }
        if (text.isBlank() || tokens == 0 || answer.requestId().isEmpty()) {
            return new Finding.Bad(name, model + ": no text, no usage or no x-request-id");
        }
        return new Finding.Good(name, model + ": " + tokens + " tokens");
    }

    private void streams(String front, URI base) throws InterruptedException {
        check("stream, " + front + ", HTTP/1.1", name -> stream(name, base, Version.HTTP_1_1));
        String two = "stream, " + front + ", HTTP/2";
        if (base.getScheme().equals("https")) {
            check(two, name -> stream(name, base, Version.HTTP_2));
        } else {
            tell(new Finding.NotOffered(two, "not without TLS"));
        }
        volley(front, base);
    }

    /** Of a model that was just seen to stream here: whatever holds its answers now is on the way. */
    private void volley(String front, URI base) throws InterruptedException {
        if (subject.volley().streams() == 0) {
            return;
        }
        String name = subject.volley().streams() + " streams, " + front;
        if (!streamsAt.contains(base)) {
            tell(new Finding.NotOffered(name, "no model streams here"));
            return;
        }
        String model = models.getFirst();
        check(name, _ -> subject.volley().fire(name, () -> customer.stream(base, model, Version.HTTP_1_1), pause));
    }

    /** Operators may let a pool stream from whole answers, so one model that comes at once says nothing yet of the way. */
    private Finding stream(String name, URI base, Version version) throws IOException, InterruptedException {
        List<String> atOnce = new ArrayList<>();
        for (String model : List.copyOf(models)) {
            StreamedAnswer answer = customer.stream(base, model, version);
            if (answer.head().version() != version) {
                return new Finding.NotOffered(
                        name, "answered in " + answer.head().version());
            }
            Optional<String> broken = broken(answer);
            if (broken.isPresent()) {
                return new Finding.Bad(name, model + ": " + broken.get());
            }
            if (answer.pace().verdict() == Pace.Verdict.ONE_BY_ONE) {
                models.remove(model);
                models.addFirst(model);
                streamsAt.add(base);
                return new Finding.Good(name, model + ": " + paced(answer));
            }
            atOnce.add(model + ": " + paced(answer));
        }
        return new Finding.Bad(name, "something on the way buffers (" + String.join("; ", atOnce) + ")");
    }

    private static Optional<String> broken(StreamedAnswer answer) {
        if (answer.status() != 200) {
            return Optional.of("status " + answer.status());
        }
        return switch (answer.end()) {
            case StreamedAnswer.End.Cut() -> Optional.of("cut, without an end marker");
            case StreamedAnswer.End.Failed(String code) -> Optional.of("failed in the middle, " + code);
            case StreamedAnswer.End.Done()
            when answer.pace().verdict() == Pace.Verdict.TOO_SHORT -> Optional.of(paced(answer) + ", too few to tell");
            case StreamedAnswer.End.Done() -> Optional.empty();
        };
    }

    private static String paced(StreamedAnswer answer) {
        Pace pace = answer.pace();
        String moments = pace.moments() == 1 ? "at one moment" : "in " + pace.moments() + " moments";
        return pace.pieces() + " pieces " + moments + " over " + seconds(pace.spread());
    }

    private static String seconds(Duration time) {
        return "%d.%02d s".formatted(time.toSeconds(), time.toMillisPart() / 10);
    }

    /** One check. The network's failures are findings. */
    private interface Check {
        Finding of(String name) throws IOException, InterruptedException;
    }

    private void check(String name, Check check) throws InterruptedException {
        try {
            tell(check.of(name));
        } catch (IOException e) {
            String said =
                    Optional.ofNullable(e.getMessage()).map(text -> ": " + text).orElse("");
            tell(new Finding.Bad(name, e.getClass().getSimpleName() + said));
        }
    }

    private void tell(Finding finding) {
        findings.add(finding);
        out.accept(finding);
    }
}
