package network.cortensor.portal.benchmarks.overload;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.cortensor.portal.benchmarks.overload.Visit.End;

/**
 * Callers who ask one request after the other. A caller that is refused really waits as long as {@code retry-after} says, and asks again.
 *
 * @param parties who ask together
 */
record WaitingCallers(URI api, List<Party> parties) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** With the router's 20 tokens a second, an answer of about three seconds. */
    private static final int WORDS = 60;

    /**
     * One customer.
     *
     * @param callers how many requests it has under way at once
     */
    record Party(String customer, String key, int callers) {}

    /** All visits that began within this time; it ends when the last of them has ended. */
    List<Visit> ask(Duration howLong) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            List<Callable<List<Visit>>> callers = parties.stream()
                    .flatMap(party -> IntStream.range(0, party.callers()).mapToObj(_ ->
                            (Callable<List<Visit>>) new Caller(client, request(party), party, start, howLong)::ask))
                    .toList();
            List<Visit> visits = new ArrayList<>();
            for (Future<List<Visit>> each : threads.invokeAll(callers)) {
                visits.addAll(each.get());
            }
            return visits;
        } catch (ExecutionException e) {
            throw new IOException("a request of the measurement was cut off", e);
        }
    }

    private HttpRequest request(Party party) {
        String text =
                IntStream.range(0, WORDS).mapToObj(number -> "word" + number).collect(Collectors.joining(" "));
        return HttpRequest.newBuilder(URI.create(api + "/chat/completions"))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + party.key())
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + OverloadEnvironment.MODEL
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}"))
                .build();
    }

    private record Caller(HttpClient client, HttpRequest request, Party party, long start, Duration howLong) {
        List<Visit> ask() throws IOException, InterruptedException {
            List<Visit> visits = new ArrayList<>();
            boolean asTold = false;
            while (passed().compareTo(howLong) < 0) {
                Visit visit = visit(asTold);
                visits.add(visit);
                asTold = visit.end() instanceof End.Refused;
                if (visit.end() instanceof End.Refused(Duration retryAfter)) {
                    Thread.sleep(retryAfter);
                }
            }
            return visits;
        }

        private Visit visit(boolean asTold) throws IOException, InterruptedException {
            Duration began = passed();
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            return new Visit(party.customer(), began, passed().minus(began), end(response), asTold);
        }

        private static End end(HttpResponse<Void> response) {
            if (response.statusCode() == 200) {
                return new End.Served();
            }
            return response.headers()
                    .firstValue("retry-after")
                    .<End>map(seconds -> new End.Refused(Duration.ofSeconds(Long.parseLong(seconds))))
                    .orElseGet(() -> new End.Otherwise(response.statusCode()));
        }

        private Duration passed() {
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
